using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Mail;

/// <summary>Staff correct the booker's name or address: what was told depends on to whom.</summary>
public abstract class ChangedBookerTests(DatabaseProvider provider) : IAsyncLifetime
{
    private const string Jo = "jo@example.test";
    private const string New = "jo.field@example.test";
    private const string Link = "https://zoom.example/j/1?pwd=a";
    private static readonly DateTimeOffset Friday = TestTenant.Monday.AddDays(4);

    private TestTenant _studio = null!;
    private MailTestHost _mail = null!;
    private UserId _ben;
    private CalendarId _zoom;

    public async Task InitializeAsync()
    {
        _studio = await TestTenant.CreateAsync(provider);
        _ben = await _studio.UserAsync("ben");
        _zoom = await _studio.CalendarAsync(CalendarType.ClassBooking, [_ben], new BookingRules { Seats = 5 });
        await _studio.ConnectAsync(_ben, "key-of-ben");
        _mail = new MailTestHost(_studio);
        await _mail.StartAsync();
    }

    public Task DisposeAsync() => _studio.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task The_new_address_gets_the_confirmation_and_the_old_one_a_cancellation()
    {
        var id = await ToldAsync();

        await EditAsync(id, booker => booker with { Email = New });
        await _mail.WorkAsync();
        await _mail.WorkAsync();

        var confirmation = _mail.Box.To(New).Should().ContainSingle("the new address knows nothing yet").Subject;
        confirmation.Subject.Should().StartWith("Booked:");
        confirmation.Body.Should().Contain(Link).And.Contain("/book/cancel/");
        Unfolded(confirmation).Should().Contain("METHOD:REQUEST").And.Contain($"mailto:{New}");
        var end = _mail.Box.To(Jo).Skip(1).Should().ContainSingle("the old address is told that it is no longer booked").Subject;
        end.Subject.Should().StartWith("Cancelled");
        Unfolded(end).Should().Contain("METHOD:CANCEL").And.Contain("STATUS:CANCELLED").And.Contain($"mailto:{Jo}").And.NotContain(New).And.NotContain(Link);
        end.Body.Should().NotContain(New).And.NotContain(Link).And.NotContain("/book/");
        UidOf(end).Should().Be(UidOf(confirmation));
    }

    [DatabaseFact]
    public async Task The_cancellation_to_the_old_address_does_not_name_the_new_booker()
    {
        var id = await ToldAsync();

        await EditAsync(id, booker => booker with { Name = "Maxi Other", Email = New, Phone = "+43 99" });
        await _mail.WorkAsync();

        var end = _mail.Box.To(Jo).Last();
        (end.Body + end.Subject + end.Html + end.ToName + Unfolded(end)).Should().NotContain("Maxi").And.NotContain("+43 99");
        end.InvitationMethod.Should().Be(CalendarInvitation.Cancel);
    }

    [DatabaseFact]
    public async Task The_confirmation_to_the_new_address_waits_for_the_link_as_a_first_one_does()
    {
        var id = await _studio.BookedAsync(_zoom, Friday);
        _studio.Now += TimeSpan.FromMinutes(3);
        await _mail.WorkAsync();

        await EditAsync(id, booker => booker with { Email = New });
        await _mail.WorkAsync();
        var before = _mail.Box.To(New).Count();
        await _mail.LinkAsync(id, Link);
        await _mail.WorkAsync();

        before.Should().Be(0);
        _mail.Box.To(New).Should().ContainSingle().Which.Body.Should().Contain(Link);
        _mail.Box.To(Jo).Select(letter => letter.InvitationMethod).Should().Equal(CalendarInvitation.Request, CalendarInvitation.Cancel);
    }

    [DatabaseFact]
    public async Task A_confirmation_that_has_not_left_goes_to_the_new_address_alone()
    {
        var id = await _studio.BookedAsync(_zoom, Friday);
        await _mail.WorkAsync();

        await EditAsync(id, booker => booker with { Email = New });
        await _mail.LinkAsync(id, Link);
        await _mail.WorkAsync();

        _mail.Box.To(Jo).Should().BeEmpty("nothing was ever told to it");
        _mail.Box.To(New).Should().ContainSingle().Which.Subject.Should().StartWith("Booked:");
    }

    [DatabaseFact]
    public async Task What_may_have_reached_the_old_address_is_not_repeated_there_and_is_taken_back()
    {
        var id = await _studio.BookedAsync(_zoom, Friday);
        await _mail.LinkAsync(id, Link);
        _mail.Box.Answers.Enqueue(MailResult.Unknown);
        _mail.Box.Answers.Enqueue(MailResult.Unknown);
        await _mail.WorkAsync();

        await EditAsync(id, booker => booker with { Email = New });
        _studio.Now += TimeSpan.FromMinutes(10);
        await _mail.WorkAsync();

        _mail.Box.To(Jo).Select(letter => letter.InvitationMethod).Should().Equal(CalendarInvitation.Request, CalendarInvitation.Cancel);
        _mail.Box.To(New).Should().ContainSingle().Which.InvitationMethod.Should().Be(CalendarInvitation.Request);
    }

    [DatabaseFact]
    public async Task Reminders_go_to_the_present_address_alone()
    {
        var id = await ToldAsync();
        await EditAsync(id, booker => booker with { Email = New });
        await _mail.WorkAsync();

        _studio.Now = Friday.AddDays(-1).AddMinutes(1);
        await _mail.WorkAsync();

        Reminders(Jo).Should().Be(0);
        Reminders(New).Should().Be(1);
    }

    [DatabaseFact]
    public async Task A_booker_who_had_no_address_gets_confirmation_and_reminder()
    {
        var id = await _studio.BookedAsync(_zoom, Friday, booking => booking.Request = booking.Request with { Booker = new Booker { Name = "Jo Field" } });
        await _mail.LinkAsync(id, Link);
        await _mail.WorkAsync();

        await EditAsync(id, booker => booker with { Email = New });
        await _mail.WorkAsync();
        _studio.Now = Friday.AddDays(-1).AddMinutes(1);
        await _mail.WorkAsync();

        _mail.Box.To(New).Select(letter => letter.Subject.Split(':')[0]).Should().Equal("Booked", "Reminder");
        _mail.Box.Letters.Where(letter => letter.To != New).Should().OnlyContain(letter => letter.To == "ben@studio.test");
        _mail.Box.To("ben@studio.test").Count(letter => letter.Subject.StartsWith("Reminder", StringComparison.Ordinal)).Should().Be(1);
    }

    [DatabaseFact]
    public async Task An_address_that_is_taken_away_gets_a_cancellation_and_nothing_more()
    {
        var id = await ToldAsync();

        await EditAsync(id, booker => booker with { Email = "" });
        await _mail.WorkAsync();
        _studio.Now = Friday.AddDays(-1).AddMinutes(1);
        await _mail.WorkAsync();

        _mail.Box.To(Jo).Select(letter => letter.InvitationMethod).Should().Equal(CalendarInvitation.Request, CalendarInvitation.Cancel);
    }

    [DatabaseFact]
    public async Task An_address_that_comes_back_is_confirmed_anew()
    {
        var id = await ToldAsync();
        await EditAsync(id, booker => booker with { Email = New });
        await _mail.WorkAsync();

        await EditAsync(id, booker => booker with { Email = Jo });
        await _mail.WorkAsync();

        _mail.Box.To(Jo).Select(letter => letter.InvitationMethod).Should().Equal(CalendarInvitation.Request, CalendarInvitation.Cancel, CalendarInvitation.Request);
        _mail.Box.To(New).Select(letter => letter.InvitationMethod).Should().Equal(CalendarInvitation.Request, CalendarInvitation.Cancel);
    }

    [DatabaseFact]
    public async Task Corrected_and_back_before_anything_was_sent_is_told_to_nobody()
    {
        var id = await ToldAsync();
        await EditAsync(id, booker => booker with { Email = New });
        await EditAsync(id, booker => booker with { Email = Jo });

        await _mail.WorkAsync();

        _mail.Box.To(New).Should().BeEmpty();
        _mail.Box.To(Jo).Should().ContainSingle();
    }

    [DatabaseFact]
    public async Task Another_name_is_an_updated_invitation_to_the_same_address()
    {
        var id = await ToldAsync();

        await EditAsync(id, booker => booker with { Name = "Joanna Field" });
        await _mail.WorkAsync();
        await _mail.WorkAsync();

        _mail.Box.To(Jo).Should().HaveCount(2);
        var change = _mail.Box.To(Jo).Last();
        change.Subject.Should().StartWith("Changed:");
        Unfolded(change).Should().Contain("METHOD:REQUEST").And.Contain("Joanna Field");
    }

    [DatabaseFact]
    public async Task The_same_address_in_other_letters_is_the_same_address()
    {
        var id = await ToldAsync();

        await EditAsync(id, booker => booker with { Email = "JO@example.test" });
        await _mail.WorkAsync();

        _mail.Box.Letters.Where(letter => string.Equals(letter.To, Jo, StringComparison.OrdinalIgnoreCase)).Should().ContainSingle();
    }

    [DatabaseFact]
    public async Task Others_in_the_slot_are_told_nothing()
    {
        var id = await ToldAsync();
        var other = await _studio.BookedAsync(_zoom, Friday, booking => booking.Request = booking.Request with { Booker = new Booker { Name = "Kim", Email = "kim@example.test" } });
        await _mail.WorkAsync();
        var before = _mail.Box.To("kim@example.test").Count();
        var meeting = await _mail.MeetingAsync(other);

        await EditAsync(id, booker => booker with { Email = New });
        await _mail.WorkAsync();

        _mail.Box.To("kim@example.test").Should().HaveCount(before);
        _mail.Box.To(New).Should().ContainSingle().Which.Body.Should().Contain(Link);
        (await _mail.MeetingAsync(id)).Id.Should().Be(meeting.Id);
    }

    [DatabaseFact]
    public async Task The_host_is_told_who_comes_now()
    {
        var id = await ToldAsync();

        await EditAsync(id, booker => booker with { Email = New });
        await _mail.WorkAsync();

        _mail.Box.To("ben@studio.test").Last().Body.Should().Contain(New);
    }

    [DatabaseFact]
    public async Task Cancelled_later_is_told_to_the_present_address_alone()
    {
        var id = await ToldAsync();
        await EditAsync(id, booker => booker with { Email = New });
        await _mail.WorkAsync();
        var before = _mail.Box.To(Jo).Count();

        await _studio.CancelAsync(id);
        await _mail.WorkAsync();

        _mail.Box.To(Jo).Should().HaveCount(before);
        _mail.Box.To(New).Last().InvitationMethod.Should().Be(CalendarInvitation.Cancel);
    }

    [DatabaseFact]
    public async Task A_booker_who_changes_while_the_message_is_being_made_gets_it_and_the_former_one_nothing()
    {
        var id = await _studio.BookedAsync(_zoom, Friday);
        await _mail.LinkAsync(id, Link);
        await _mail.ReadAsync();
        var taken = await TakeBookersAsync();
        await EditAsync(id, booker => booker with { Email = New });

        var isWritten = await _mail.Queue.SaveRenderedAsync(taken, Jo, "Booked", "{}", "", CancellationToken.None);

        isWritten.Should().BeFalse("the address is no longer the booker's");
        await _mail.Queue.ReleaseAsync(taken, CancellationToken.None);
        await _mail.WorkAsync();
        _mail.Box.To(Jo).Should().BeEmpty();
        _mail.Box.To(New).Should().ContainSingle();
    }

    /// <summary>Booked, with its link, and its booker knows.</summary>
    private async Task<AppointmentId> ToldAsync()
    {
        var id = await _studio.BookedAsync(_zoom, Friday);
        await _mail.LinkAsync(id, Link);
        await _mail.WorkAsync();
        return id;
    }

    private async Task EditAsync(AppointmentId id, Func<Booker, Booker> change)
    {
        var appointment = await _studio.AppointmentAsync(id);
        var request = new EditRequest(id, appointment.Version) { Title = appointment.Title, Notes = appointment.Notes, Booker = change(appointment.Booker) };
        (await _studio.Book.EditAsync(request, _studio.AsAdmin, _studio.Now, CancellationToken.None)).Succeeded.Should().BeTrue();
    }

    private async Task<Message> TakeBookersAsync()
    {
        while (await _mail.Queue.LeaseNextAsync(_studio.Now, CancellationToken.None) is { } message)
        {
            if (message.Receiver is MessageReceiver.Booker)
            {
                return message;
            }
        }

        throw new InvalidOperationException("No message to the booker is due.");
    }

    private int Reminders(string address) => _mail.Box.To(address).Count(letter => letter.Subject.StartsWith("Reminder", StringComparison.Ordinal));

    private static string Unfolded(OutgoingMessage letter) => letter.Invitation.ReplaceLineEndings("\n").Replace("\n ", "", StringComparison.Ordinal);

    private static string UidOf(OutgoingMessage letter) => Unfolded(letter).Split('\n').Single(line => line.StartsWith("UID:", StringComparison.Ordinal));
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteChangedBookerTests() : ChangedBookerTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
public sealed class PostgreSqlChangedBookerTests() : ChangedBookerTests(DatabaseProvider.PostgreSql);
