using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Webhooks;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Api;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Mail;

public abstract class MessageTests(DatabaseProvider provider) : IAsyncLifetime
{
    private const string Jo = "jo@example.test";
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
        _zoom = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        await _tenant.ConnectAsync(_ben, "key-of-ben");
        _mail = new MailTestHost(_tenant);
        await _mail.StartAsync();
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task S135_The_confirmation_waits_for_the_link_and_has_it_in_text_html_and_invitation()
    {
        var id = await _tenant.BookedAsync(_zoom, Friday);
        await _mail.WorkAsync();
        var before = _mail.Box.Letters.Count;
        await _mail.LinkAsync(id, Link);

        await _mail.WorkAsync();

        before.Should().Be(0);
        var message = _mail.Box.To(Jo).Single();
        var number = MeetingNumber.Of((await _mail.MeetingAsync(id)).ZoomMeetingId!.Value);
        message.Subject.Should().Be("Booked: Personal, Friday 6 March 2026, 08:00");
        message.Body.Should().Contain($"Where: {Link}\nMeeting ID: {number}\nPasscode: 1234\n").And.Contain("https://book.example.test/book/cancel/").And.NotContain("on its way");
        message.Html.Should().Contain("href=\"https://zoom.example/j/1?pwd=a\"");
        message.Invitation.Should().Contain("METHOD:REQUEST").And.Contain("LOCATION:https://zoom.example/j/1?pwd=a");
        _mail.Box.To("ben@studio.test").Single().Subject.Should().StartWith("New booking: Jo Field");
    }

    [DatabaseFact]
    public async Task S135_The_outgoing_webhook_has_the_link()
    {
        await _tenant.Database.WriteAsync(async db =>
        {
            db.Webhooks.Add(new Webhook
            {
                Id = WebhookId.New(_tenant.Now),
                SubAccountId = _tenant.SubAccount,
                Url = "https://hook.example.test",
                Types = "AppointmentCreate LinkChanged",
                AfterEvent = 0,
                CreatedAt = _tenant.Now,
            });
            await Task.CompletedTask;
        });
        var id = await _tenant.BookedAsync(_zoom, Friday);
        await _mail.LinkAsync(id, Link);

        await new WebhookReader(_tenant.Database, new AppointmentQueries(_tenant.Database), new WebhookBodies())
            .ReadAsync(_tenant.Now, CancellationToken.None);

        var bodies = await _tenant.Database.ReadAsync(
            db => db.WebhookDeliveries.Where(row => row.AppointmentId == id).Select(row => row.Body).ToListAsync());
        bodies.Should().HaveCount(2).And.OnlyContain(body => System.Text.RegularExpressions.Regex.Unescape(body).Contains(Link));
    }

    [DatabaseFact]
    public async Task A_confirmation_without_a_link_in_time_is_followed_by_one_with_the_link()
    {
        var id = await _tenant.BookedAsync(_zoom, Friday);
        await _mail.WorkAsync();
        _tenant.Now += TimeSpan.FromMinutes(2);
        await _mail.WorkAsync();
        await _mail.LinkAsync(id, Link);

        await _mail.WorkAsync();
        await _mail.WorkAsync();

        var messages = _mail.Box.To(Jo).ToList();
        messages.Should().HaveCount(2);
        messages[0].Body.Should().Contain("The Zoom link is on its way.");
        messages[1].Subject.Should().StartWith("Your Zoom link");
        messages[1].Body.Should().Contain(Link);
    }

    [DatabaseFact]
    public async Task A_passcode_changed_in_Zoom_is_told_once_even_if_the_link_is_the_same()
    {
        var id = await _tenant.BookedAsync(_zoom, Friday);
        await _mail.LinkAsync(id, "https://zoom.example/j/1");
        await _mail.WorkAsync();
        await _mail.ChangePasscodeAsync(id, "5678");

        await _mail.WorkAsync();
        await _mail.ChangePasscodeAsync(id, "5678");
        await _mail.WorkAsync();

        _mail.Box.To(Jo).Select(message => message.Body.Contains("Passcode: 1234\n"))
            .Should().Equal(true, false);
        _mail.Box.To(Jo).Last().Body.Should().Contain("Where: https://zoom.example/j/1\n").And.Contain("Passcode: 5678\n");
        _mail.Box.To("ben@studio.test").Last().Body.Should().Contain("Passcode: 5678\n");
    }

    [DatabaseFact]
    public async Task A_move_sends_one_message_with_both_times()
    {
        var id = await _tenant.BookedAsync(_zoom, Friday);
        await _mail.LinkAsync(id, Link);
        await _mail.WorkAsync();
        await _tenant.MoveAsync(id, Friday.AddHours(2));
        await _mail.LinkAsync(id, "https://zoom.example/j/2");

        await _mail.WorkAsync();

        var change = _mail.Box.To(Jo).Last();
        change.Subject.Should().Be("Changed: Personal, Friday 6 March 2026, 10:00");
        change.Body.Should().Contain("Before: Friday 6 March 2026, 08:00").And.Contain("https://zoom.example/j/2");
        _mail.Box.To(Jo).Should().HaveCount(2);
    }

    [DatabaseFact]
    public async Task A_booking_cancelled_before_anything_was_sent_sends_one_message()
    {
        var id = await _tenant.BookedAsync(_zoom, Friday);
        await _mail.WorkAsync();
        await _tenant.CancelAsync(id);

        await _mail.WorkAsync();
        _tenant.Now += TimeSpan.FromMinutes(5);
        await _mail.WorkAsync();

        var message = _mail.Box.To(Jo).Single();
        message.Subject.Should().StartWith("Cancelled");
        message.Invitation.Should().Contain("METHOD:CANCEL").And.Contain("STATUS:CANCELLED");
    }

    [DatabaseFact]
    public async Task An_edit_that_changes_nothing_for_the_booker_sends_nothing()
    {
        var id = await _tenant.BookedAsync(_zoom, Friday);
        await _mail.LinkAsync(id, Link);
        await _mail.WorkAsync();
        var appointment = await _tenant.AppointmentAsync(id);
        await _tenant.Book.EditAsync(
            new EditRequest(id, appointment.Version) { Title = appointment.Title, Notes = "Ours alone", Booker = appointment.Booker },
            _tenant.AsAdmin,
            _tenant.Now,
            CancellationToken.None);

        await _mail.WorkAsync();

        _mail.Box.To(Jo).Should().HaveCount(1);
    }

    [DatabaseFact]
    public async Task S77_A_cancelled_slot_sends_a_message_to_each_booker()
    {
        var yoga = await _tenant.CalendarAsync(CalendarType.ClassBooking, [_ben], new BookingRules { Seats = 3 });
        foreach (var name in (string[])["a", "b", "c"])
        {
            await _tenant.BookedAsync(yoga, Friday, booking => booking.Request = booking.Request with
            {
                Booker = new Booker { Name = name, Email = $"{name}@example.test" },
            });
        }

        await _mail.WorkAsync();
        await _tenant.Book.CancelSlotAsync(new Slot(yoga, _ben, Friday), _tenant.AsAdmin, _tenant.Now, CancellationToken.None);

        await _mail.WorkAsync();

        _mail.Box.Letters.Where(message => message.Subject.StartsWith("Cancelled: ClassBooking", StringComparison.Ordinal))
            .Select(message => message.To)
            .Should().BeEquivalentTo("a@example.test", "b@example.test", "c@example.test");
    }

    [DatabaseFact]
    public async Task S101_A_change_of_host_informs_both_hosts_and_a_change_of_time_the_present_one()
    {
        var cleo = await _tenant.UserAsync("cleo");
        await _tenant.ConnectAsync(cleo, "key-of-cleo");
        var team = await _tenant.CalendarAsync(CalendarType.RoundRobin, [_ben, cleo]);
        var id = await _tenant.BookedAsync(team, Friday, booking => booking.Request = booking.Request with { HostId = _ben });
        await _mail.LinkAsync(id, Link);
        await _mail.WorkAsync();

        await _tenant.MoveAsync(id, Friday, host: cleo);
        await _mail.LinkAsync(id, "https://zoom.example/j/2");
        await _mail.WorkAsync();
        await _tenant.MoveAsync(id, Friday.AddHours(1), host: cleo);
        await _mail.LinkAsync(id, "https://zoom.example/j/3");
        await _mail.WorkAsync();

        _mail.Box.To("ben@studio.test").Last().Subject.Should().StartWith("Reassigned: ");
        (await _tenant.MeetingsAsync()).Select(meeting => (meeting.ZoomUserKey, meeting.State)).Should().BeEquivalentTo(
            [("key-of-ben", SlotMeetingState.Unwanted), ("key-of-cleo", SlotMeetingState.Unwanted),
                ("key-of-cleo", SlotMeetingState.Live)]);
        _mail.Box.To("cleo@studio.test").Select(message => message.Subject.Split(':')[0]).Should().Equal("New booking", "Changed");
        _mail.Box.To(Jo).Select(message => message.Subject.Split(':')[0]).Should().Equal("Booked", "Changed", "Changed");
    }

    [DatabaseFact]
    public async Task A_lost_link_and_its_replacement_each_send_a_message()
    {
        var id = await _tenant.BookedAsync(_zoom, Friday);
        await _mail.LinkAsync(id, Link);
        await _mail.WorkAsync();
        await _tenant.Database.WriteAsync(async db =>
        {
            var meeting = await db.SlotMeetings.FindAsync((await _mail.MeetingAsync(id)).Id);
            meeting!.RecordDeletedInZoom(upcoming: true, _tenant.Now);
            db.Events.Add(new Core.Events.Event
            {
                At = _tenant.Now,
                SubAccountId = _tenant.SubAccount,
                Kind = Core.Events.EventKind.LinkLost,
                AppointmentId = id,
                UserId = _ben,
            });
        });
        await _mail.WorkAsync();
        await _mail.LinkAsync(id, "https://zoom.example/j/2");

        await _mail.WorkAsync();

        _mail.Box.To(Jo).Select(message => message.Subject.Split(':')[0]).Should()
            .Equal("Booked", "Zoom link no longer works", "Your Zoom link");
    }

    [DatabaseFact]
    public async Task A_reminder_goes_out_a_day_before_and_not_for_a_former_start()
    {
        var id = await _tenant.BookedAsync(_zoom, Friday);
        await _mail.LinkAsync(id, Link);
        await _mail.WorkAsync();
        await _tenant.MoveAsync(id, Friday.AddDays(1));
        await _mail.WorkAsync();
        _tenant.Now = Friday.AddDays(-1).AddMinutes(1);
        await _mail.WorkAsync();
        var onTheOldDay = _mail.Box.To(Jo).Count(message => message.Subject.StartsWith("Reminder", StringComparison.Ordinal));

        _tenant.Now = Friday.AddMinutes(1);
        await _mail.WorkAsync();
        await _mail.WorkAsync();

        onTheOldDay.Should().Be(0);
        _mail.Box.To(Jo).Count(message => message.Subject.StartsWith("Reminder", StringComparison.Ordinal)).Should().Be(1);
    }

    [DatabaseFact]
    public async Task A_message_refused_by_the_server_is_repeated_with_the_same_message_id()
    {
        var phone = await _tenant.CalendarAsync(
            CalendarType.Personal, [_ben], location: new MeetingLocation(MeetingLocationKind.Phone, "+43 1"));
        await _tenant.BookedAsync(phone, Friday, actor: _tenant.As(_ben));
        _mail.Box.Answers.Enqueue(MailResult.Unknown);

        await _mail.WorkAsync();
        await _mail.WorkAsync();
        var tooSoon = _mail.Box.Letters.Count;
        _tenant.Now += TimeSpan.FromMinutes(1);
        await _mail.WorkAsync();

        tooSoon.Should().Be(1);
        _mail.Box.Letters.Should().HaveCount(2);
        _mail.Box.Letters.Select(message => message.MessageId).Distinct().Should().HaveCount(1);
        _mail.Box.Letters.Distinct().Should().HaveCount(1);
        (await _mail.RowsAsync()).Where(row => row.Kind is MessageKind.Confirmation).Should()
            .OnlyContain(row => row.State == MessageState.Sent && row.Content == "");
    }

    [DatabaseFact]
    public async Task Two_processes_send_each_message_once_and_take_over_after_a_crash()
    {
        var phone = await _tenant.CalendarAsync(
            CalendarType.Personal, [_ben], location: new MeetingLocation(MeetingLocationKind.Phone, "+43 1"));
        await _tenant.BookedAsync(phone, Friday);
        var other = new MailTestHost(_tenant);
        await _mail.Queue.LeaseNextAsync(_tenant.Now, CancellationToken.None);
        await other.WorkAsync();
        await _mail.Queue.LeaseNextAsync(_tenant.Now, CancellationToken.None);

        await other.WorkAsync();
        _tenant.Now += MessageQueue.Lease + TimeSpan.FromSeconds(1);
        await other.WorkAsync();
        await _mail.WorkAsync();

        other.Box.Letters.Concat(_mail.Box.Letters).GroupBy(message => message.To).Should().OnlyContain(group => group.Count() == 1);
        other.Box.Letters.Should().HaveCount(2);
    }

    [DatabaseFact]
    public async Task Markup_and_line_breaks_in_a_name_are_sent_as_text()
    {
        var phone = await _tenant.CalendarAsync(
            CalendarType.Personal, [_ben], location: new MeetingLocation(MeetingLocationKind.Phone, "+43 1"));
        await _tenant.BookedAsync(phone, Friday, booking => booking.Request = booking.Request with
        {
            Booker = new Booker { Name = "<img src=x>\r\nBcc: all@example.test", Email = Jo },
            Notes = "<script>alert(1)</script> {{contact.email}}",
        });

        await _mail.WorkAsync();

        var message = _mail.Box.To("ben@studio.test").Single();
        message.Html.Should().NotContain("<img").And.NotContain("<script>").And.Contain("&lt;script&gt;");
        message.Subject.Should().NotContain("\n").And.Contain("Bcc: all@example.test");
        message.Body.Should().Contain("{{contact.email}}", "values are not templates");
    }

    [DatabaseFact]
    public void A_template_with_an_unknown_field_is_refused_and_the_defaults_have_none()
    {
        var unknown = MergeFields.Unknown("{{contact.name}} {{contact.password}} {{ }}");

        unknown.Should().Equal("contact.password", "");
        DefaultTemplates.Editable.Select(each => DefaultTemplates.Of(each.Kind, each.Receiver))
            .SelectMany(each => MergeFields.Unknown(each.Subject + each.Body)).Should().BeEmpty();
    }
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteMessageTests() : MessageTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlMessageTests() : MessageTests(DatabaseProvider.PostgreSql);
