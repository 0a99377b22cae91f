using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Mail;

/// <summary>Staff correct the booker's name or address. The messages depend on the addresses.</summary>
public abstract class ChangedBookerTests(DatabaseProvider provider) : IAsyncLifetime
{
    private const string Jo = "jo@example.test";
    private const string New = "jo.field@example.test";
    private const string Link = "https://zoom.example/j/1?pwd=a";
    private static readonly DateTimeOffset Friday = TestTenant.Monday.AddDays(4);

    private TestTenant _tenant = null!;
    private MailTestHost _mail = null!;
    private UserId _ben;
    private CalendarId _zoom;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync(provider);
        _ben = await _tenant.UserAsync("ben");
        _zoom = await _tenant.CalendarAsync(CalendarType.ClassBooking, [_ben], new BookingRules { Seats = 5 });
        await _tenant.ConnectAsync(_ben, "key-of-ben");
        _mail = new MailTestHost(_tenant);
        await _mail.StartAsync();
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

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
        Unfolded(end).Should().Contain("METHOD:CANCEL").And.Contain("STATUS:CANCELLED").And.Contain($"mailto:{Jo}").And.NotContain(New)
            .And.NotContain(Link);
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
        var id = await _tenant.BookedAsync(_zoom, Friday);
        _tenant.Now += TimeSpan.FromMinutes(3);
        await _mail.WorkAsync();

        await EditAsync(id, booker => booker with { Email = New });
        await _mail.WorkAsync();
        var before = _mail.Box.To(New).Count();
        await _mail.LinkAsync(id, Link);
        await _mail.WorkAsync();

        before.Should().Be(0);
        _mail.Box.To(New).Should().ContainSingle().Which.Body.Should().Contain(Link);
        _mail.Box.To(Jo).Select(message => message.InvitationMethod).Should().Equal(CalendarInvitation.Request, CalendarInvitation.Cancel);
    }

    [DatabaseFact]
    public async Task An_unsent_confirmation_goes_to_the_new_address_only()
    {
        var id = await _tenant.BookedAsync(_zoom, Friday);
        await _mail.WorkAsync();

        await EditAsync(id, booker => booker with { Email = New });
        await _mail.LinkAsync(id, Link);
        await _mail.WorkAsync();

        _mail.Box.To(Jo).Should().BeEmpty("nothing was ever told to it");
        _mail.Box.To(New).Should().ContainSingle().Which.Subject.Should().StartWith("Booked:");
    }

    [DatabaseFact]
    public async Task A_message_that_may_have_reached_the_old_address_is_followed_by_a_cancellation()
    {
        var id = await _tenant.BookedAsync(_zoom, Friday);
        await _mail.LinkAsync(id, Link);
        _mail.Box.Answers.Enqueue(MailResult.Unknown);
        _mail.Box.Answers.Enqueue(MailResult.Unknown);
        await _mail.WorkAsync();

        await EditAsync(id, booker => booker with { Email = New });
        _tenant.Now += TimeSpan.FromMinutes(10);
        await _mail.WorkAsync();

        _mail.Box.To(Jo).Select(message => message.InvitationMethod).Should().Equal(CalendarInvitation.Request, CalendarInvitation.Cancel);
        _mail.Box.To(New).Should().ContainSingle().Which.InvitationMethod.Should().Be(CalendarInvitation.Request);
    }

    [DatabaseFact]
    public async Task Reminders_go_to_the_present_address_only()
    {
        var id = await ToldAsync();
        await EditAsync(id, booker => booker with { Email = New });
        await _mail.WorkAsync();

        _tenant.Now = Friday.AddDays(-1).AddMinutes(1);
        await _mail.WorkAsync();

        Reminders(Jo).Should().Be(0);
        Reminders(New).Should().Be(1);
    }

    [DatabaseFact]
    public async Task A_booker_who_had_no_address_gets_confirmation_and_reminder()
    {
        var id = await _tenant.BookedAsync(_zoom, Friday, booking => booking.Request = booking.Request with
        {
            Booker = new Booker { Name = "Jo Field" },
        });
        await _mail.LinkAsync(id, Link);
        await _mail.WorkAsync();

        await EditAsync(id, booker => booker with { Email = New });
        await _mail.WorkAsync();
        _tenant.Now = Friday.AddDays(-1).AddMinutes(1);
        await _mail.WorkAsync();

        _mail.Box.To(New).Select(message => message.Subject.Split(':')[0]).Should().Equal("Booked", "Reminder");
        _mail.Box.Letters.Where(message => message.To != New).Should().OnlyContain(message => message.To == "ben@studio.test");
        _mail.Box.To("ben@studio.test").Count(message => message.Subject.StartsWith("Reminder", StringComparison.Ordinal)).Should().Be(1);
    }

    [DatabaseFact]
    public async Task A_removed_address_gets_a_cancellation_and_nothing_more()
    {
        var id = await ToldAsync();

        await EditAsync(id, booker => booker with { Email = "" });
        await _mail.WorkAsync();
        _tenant.Now = Friday.AddDays(-1).AddMinutes(1);
        await _mail.WorkAsync();

        _mail.Box.To(Jo).Select(message => message.InvitationMethod).Should().Equal(CalendarInvitation.Request, CalendarInvitation.Cancel);
    }

    [DatabaseFact]
    public async Task An_address_that_is_restored_gets_a_new_confirmation()
    {
        var id = await ToldAsync();
        await EditAsync(id, booker => booker with { Email = New });
        await _mail.WorkAsync();

        await EditAsync(id, booker => booker with { Email = Jo });
        await _mail.WorkAsync();

        _mail.Box.To(Jo).Select(message => message.InvitationMethod).Should()
            .Equal(CalendarInvitation.Request, CalendarInvitation.Cancel, CalendarInvitation.Request);
        _mail.Box.To(New).Select(message => message.InvitationMethod).Should().Equal(CalendarInvitation.Request, CalendarInvitation.Cancel);
    }

    [DatabaseFact]
    public async Task A_correction_undone_before_anything_was_sent_sends_nothing()
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
    public async Task The_same_address_in_other_case_is_the_same_address()
    {
        var id = await ToldAsync();

        await EditAsync(id, booker => booker with { Email = "JO@example.test" });
        await _mail.WorkAsync();

        _mail.Box.Letters.Where(message => string.Equals(message.To, Jo, StringComparison.OrdinalIgnoreCase)).Should().ContainSingle();
    }

    [DatabaseFact]
    public async Task Other_bookers_of_the_slot_get_no_message()
    {
        var id = await ToldAsync();
        var other = await _tenant.BookedAsync(_zoom, Friday, booking => booking.Request = booking.Request with
        {
            Booker = new Booker { Name = "Kim", Email = "kim@example.test" },
        });
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
    public async Task The_hosts_message_names_the_new_booker()
    {
        var id = await ToldAsync();

        await EditAsync(id, booker => booker with { Email = New });
        await _mail.WorkAsync();

        _mail.Box.To("ben@studio.test").Last().Body.Should().Contain(New);
    }

    [DatabaseFact]
    public async Task A_later_cancellation_goes_to_the_present_address_only()
    {
        var id = await ToldAsync();
        await EditAsync(id, booker => booker with { Email = New });
        await _mail.WorkAsync();
        var before = _mail.Box.To(Jo).Count();

        await _tenant.CancelAsync(id);
        await _mail.WorkAsync();

        _mail.Box.To(Jo).Should().HaveCount(before);
        _mail.Box.To(New).Last().InvitationMethod.Should().Be(CalendarInvitation.Cancel);
    }

    [DatabaseFact]
    public async Task A_booker_changed_during_rendering_gets_the_message_and_the_former_booker_does_not()
    {
        var id = await _tenant.BookedAsync(_zoom, Friday);
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

    /// <summary>Booked with a link, and confirmed to the booker.</summary>
    private async Task<AppointmentId> ToldAsync()
    {
        var id = await _tenant.BookedAsync(_zoom, Friday);
        await _mail.LinkAsync(id, Link);
        await _mail.WorkAsync();
        return id;
    }

    private async Task EditAsync(AppointmentId id, Func<Booker, Booker> change)
    {
        var appointment = await _tenant.AppointmentAsync(id);
        var request = new EditRequest(id, appointment.Version)
        {
            Title = appointment.Title,
            Notes = appointment.Notes,
            Booker = change(appointment.Booker),
        };
        (await _tenant.Book.EditAsync(request, _tenant.AsAdmin, _tenant.Now, CancellationToken.None)).Succeeded.Should().BeTrue();
    }

    private async Task<Message> TakeBookersAsync()
    {
        while (await _mail.Queue.LeaseNextAsync(_tenant.Now, CancellationToken.None) is { } message)
        {
            if (message.Receiver is MessageReceiver.Booker)
            {
                return message;
            }
        }

        throw new InvalidOperationException("No message to the booker is due.");
    }

    private int Reminders(string address) =>
        _mail.Box.To(address).Count(message => message.Subject.StartsWith("Reminder", StringComparison.Ordinal));

    private static string Unfolded(OutgoingMessage message) =>
        message.Invitation.ReplaceLineEndings("\n").Replace("\n ", "", StringComparison.Ordinal);

    private static string UidOf(OutgoingMessage message) =>
        Unfolded(message).Split('\n').Single(line => line.StartsWith("UID:", StringComparison.Ordinal));
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteChangedBookerTests() : ChangedBookerTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlChangedBookerTests() : ChangedBookerTests(DatabaseProvider.PostgreSql);
