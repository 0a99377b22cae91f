using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Mail;

public sealed class InvitationTests
{
    private static readonly DateTimeOffset Now = TestTenant.Monday;

    [Fact]
    public void S136_The_attendee_has_a_name_a_role_and_is_asked_to_reply()
    {
        var named = Unfolded(Make("Europe/Vienna", Now.AddDays(4)));
        var nameless = Unfolded(Make("Europe/Vienna", Now.AddDays(4), name: ""));

        named.Should().Contain("PRODID:-//Zoom Calendar//Appointments//EN").And.Contain("mailto:jo@example.test")
            .And.MatchRegex("ATTENDEE;[^\n]*CN=Jo Field").And.MatchRegex("ATTENDEE;[^\n]*ROLE=REQ-PARTICIPANT")
            .And.MatchRegex("ATTENDEE;[^\n]*PARTSTAT=NEEDS-ACTION").And.MatchRegex("ATTENDEE;[^\n]*RSVP=TRUE");
        named.Should().Contain("CONFERENCE;VALUE=URI;FEATURE=").And.Contain("LOCATION:https://zoom.example/j/1?pwd=a");
        nameless.Should().MatchRegex("ATTENDEE;[^\n]*CN=jo@example.test");
    }

    [Fact]
    public void The_conference_has_sound_and_picture_as_two_values()
    {
        var text = Unfolded(Make("Europe/Vienna", Now.AddDays(4)));

        text.Should().MatchRegex("CONFERENCE;[^\n]*FEATURE=AUDIO,VIDEO[;:]").And.NotContain("\"AUDIO");
    }

    [Fact]
    public void The_description_says_how_to_join_without_the_link_and_a_cancellation_does_not()
    {
        var booked = Unfolded(Make("Europe/Vienna", Now.AddDays(4)));
        var cancelled = Unfolded(Make("Europe/Vienna", Now.AddDays(4), method: CalendarInvitation.Cancel));

        booked.Should().Contain(
            @"DESCRIPTION:Join Zoom meeting: https://zoom.example/j/1?pwd=a\nMeeting ID: 840 7214 4272\nPasscode: a\;b\,c\n\nOne line");
        cancelled.Should().NotContain("840 7214 4272").And.NotContain("Passcode").And.NotContain("zoom.example");
    }

    [Fact]
    public void What_is_published_names_the_booker_as_a_contact_and_has_no_attendees()
    {
        var published = Unfolded(Make("Europe/Vienna", Now.AddDays(4), method: CalendarInvitation.Publish));
        var asked = Unfolded(Make("Europe/Vienna", Now.AddDays(4)));

        published.Should().NotContain("ATTENDEE").And.Contain(@"CONTACT:Jo Field\, jo@example.test");
        asked.Should().NotContain("CONTACT");
    }

    [Fact]
    public void The_host_is_the_organizer_and_our_address_sends_on_their_behalf() =>
        Unfolded(Make("Europe/Vienna", Now.AddDays(4))).Should().MatchRegex("ORGANIZER;[^\n]*:mailto:ben@demo.test").And
            .MatchRegex("ORGANIZER;[^\n]*SENT-BY=\"mailto:no-reply@book.example.test\"");

    [Fact]
    public void A_link_of_the_business_s_own_is_the_conference_until_it_is_cancelled()
    {
        var own = new MeetingLocation(MeetingLocationKind.Custom, "https://meet.example.test/room");

        var booked = Unfolded(Make("Europe/Vienna", Now.AddDays(4), location: own));
        var cancelled = Unfolded(Make("Europe/Vienna", Now.AddDays(4), method: CalendarInvitation.Cancel, location: own));

        booked.Should().MatchRegex("CONFERENCE;VALUE=URI;[^\n]*:https://meet.example.test/room");
        cancelled.Should().NotContain("CONFERENCE");
    }

    [Fact]
    public void Input_cannot_add_a_line()
    {
        var text = Unfolded(Make("Etc/UTC", Now.AddDays(4), name: "Jo\r\nATTENDEE:mailto:evil@example.test\"x"));

        text.Split('\n').Count(line => line.StartsWith("ATTENDEE", StringComparison.Ordinal)).Should().Be(1);
    }

    /// <summary>Winter, summer, the days of both clock changes, the hour that happens twice, and zones of every sort.</summary>
    private static readonly (string Zone, DateTimeOffset Start)[] Cases =
    [
        ("Europe/Vienna", new(2026, 1, 15, 9, 0, 0, TimeSpan.Zero)),
        ("Europe/Vienna", new(2026, 3, 29, 0, 30, 0, TimeSpan.Zero)),
        ("Europe/Vienna", new(2026, 3, 29, 1, 30, 0, TimeSpan.Zero)),
        ("Europe/Vienna", new(2026, 7, 1, 9, 0, 0, TimeSpan.Zero)),
        ("America/Chicago", new(2026, 11, 1, 5, 30, 0, TimeSpan.Zero)),
        ("America/Chicago", new(2026, 11, 2, 15, 0, 0, TimeSpan.Zero)),
        ("Asia/Kathmandu", new(2026, 5, 5, 5, 15, 0, TimeSpan.Zero)),
        ("Australia/Lord_Howe", new(2026, 4, 10, 1, 0, 0, TimeSpan.Zero)),
        ("Africa/Casablanca", new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero)),
        ("America/Sao_Paulo", new(2027, 2, 1, 9, 0, 0, TimeSpan.Zero)),
        ("Etc/UTC", new(2026, 5, 5, 5, 15, 0, TimeSpan.Zero)),
    ];

    [NodeFact]
    public Task Mozilla_s_parser_reads_the_same_instants_uid_sequence_and_status() => ShouldBeReadAsync(IcalJs.ReadAsync);

    [PythonIcalendarFact]
    public Task Python_s_parser_reads_the_same_instants_uid_sequence_and_status() => ShouldBeReadAsync(PythonIcalendar.ReadAsync);

    private static async Task ShouldBeReadAsync(Func<IReadOnlyList<string>, Task<List<ReadEvent>>> readAsync)
    {
        (string Method, string Status)[] methods = [(CalendarInvitation.Request, "CONFIRMED"), (CalendarInvitation.Publish, "CONFIRMED"),
            (CalendarInvitation.Cancel, "CANCELLED")];
        var made = methods.SelectMany(
            method => Cases.Select(each => (method.Method, method.Status, each.Zone, each.Start, Id: AppointmentId.New(Now)))).ToList();

        var read = await readAsync([.. made.Select(each => Make(each.Zone, each.Start, method: each.Method, id: each.Id))]);

        read.Select(each => each.Start).Should().Equal(made.Select(each => each.Start));
        read.Select(each => each.End).Should().Equal(made.Select(each => each.Start.AddMinutes(30)));
        read.Select(each => (each.Method, each.Status)).Should().Equal(made.Select(each => (each.Method, each.Status)));
        read.Select(each => each.Uid).Should().Equal(made.Select(each => $"{each.Id}@book.example.test"));
        read.Should().OnlyContain(each => each.Sequence == 7);
    }

    private static string Unfolded(string text) => text.ReplaceLineEndings("\n").Replace("\n ", "", StringComparison.Ordinal);

    private static string Make(
        string zone,
        DateTimeOffset start,
        string name = "Jo Field",
        string method = CalendarInvitation.Request,
        AppointmentId? id = null,
        MeetingLocation? location = null)
    {
        var slot = new Slot(CalendarId.New(Now), UserId.New(Now), start);
        var appointment = new Appointment(id ?? AppointmentId.New(Now), SubAccountId.New(Now), slot, start.AddMinutes(30), Now)
        {
            Title = "Jo Field",
            Booker = new Booker { Name = name, Email = "jo@example.test", TimeZone = zone },
            Location = location ?? MeetingLocation.Zoom,
            TimeZone = zone,
        };
        var facts = new MessageFacts
        {
            Appointment = appointment,
            Link = location is not null
                ? LinkFacts.None
                : new LinkFacts(LinkState.Ready, "https://zoom.example/j/1?pwd=a") { MeetingId = 84072144272, Passcode = "a;b,c" },
            Business = "Northwind; Studio, \"Süd\"",
            CalendarName = "Intro",
            CalendarDescription = "One line\nand another; with, signs",
            CalendarTimeZone = zone,
            HostName = "Ben Okafor",
            HostEmail = "ben@demo.test",
            Sequence = 7,
        };
        return CalendarInvitation.Of(facts, method, "book.example.test", "no-reply@book.example.test", Now);
    }
}
