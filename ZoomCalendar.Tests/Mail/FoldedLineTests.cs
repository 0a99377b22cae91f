using System.Text;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Mail;

/// <summary>Invitations are folded after at most 75 octets, between characters (RFC 5545, 3.1).</summary>
public sealed class FoldedLineTests
{
    private const string Odd = "😀é用👩‍👩‍👧🏳️‍🌈";
    private static readonly DateTimeOffset Now = TestTenant.Monday;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static TheoryData<int> Offsets => [.. Enumerable.Range(0, 80)];

    [Theory]
    [MemberData(nameof(Offsets))]
    public void Folding_never_splits_a_character(int offset)
    {
        var text = new string('x', offset) + string.Concat(Enumerable.Repeat(Odd, 10));

        var invitation = Make(text);

        var lines = Lines(invitation);
        lines.Should().OnlyContain(line => line.Length <= 75);
        // Decoded one by one, as a reader does that unfolds afterwards.
        var decoded = lines.Select(line => Strict.GetString(line)).ToList();
        var unfolded = string.Join('\n', decoded).Replace("\n ", "", StringComparison.Ordinal);
        unfolded.Should().Contain($"CN={text}").And.Contain($"SUMMARY:{text}").And.Contain($"DESCRIPTION:{text}")
            .And.Contain($"LOCATION:{text}");
        unfolded.Should().MatchRegex($"ORGANIZER;CN={new string('x', offset)}😀");
    }

    [Fact]
    public void Every_line_ends_as_the_standard_says()
    {
        var invitation = Make("Jo");

        invitation.Should().EndWith("END:VCALENDAR\r\n");
        invitation.Replace("\r\n", "", StringComparison.Ordinal).Should().NotContainAny("\r", "\n");
    }

    private static List<byte[]> Lines(string invitation) => [.. invitation.Split("\r\n").Select(line => Strict.GetBytes(line))];

    private static string Make(string text)
    {
        var slot = new Slot(CalendarId.New(Now), UserId.New(Now), Now.AddDays(1));
        var appointment = new Appointment(AppointmentId.New(Now), SubAccountId.New(Now), slot, slot.Start.AddMinutes(30), Now)
        {
            Title = "Jo",
            Booker = new Booker { Name = text, Email = "jo@example.test" },
            Location = new MeetingLocation(MeetingLocationKind.InPerson, text),
        };
        var facts = new MessageFacts
        {
            Appointment = appointment,
            Link = LinkFacts.None,
            Business = "Northwind",
            CalendarName = text,
            CalendarDescription = text,
            CalendarTimeZone = "Etc/UTC",
            HostName = text,
            HostEmail = "ben@demo.test",
            Sequence = 1,
        };
        return CalendarInvitation.Of(facts, CalendarInvitation.Request, "book.example.test", "no-reply@book.example.test", Now);
    }
}
