using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Mail;

/// <summary>What the bell in the app says, by message.</summary>
public abstract class NoticeTests(DatabaseProvider provider) : IAsyncLifetime
{
    private static readonly DateTimeOffset Friday = TestTenant.Monday.AddDays(4);

    private TestTenant _tenant = null!;
    private MailTestHost _mail = null!;
    private UserId _ben;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync(provider);
        _ben = await _tenant.UserAsync("ben");
        await _tenant.UserAsync("cleo");
        await _tenant.ConnectAsync(_ben, "key-of-ben");
        _mail = new MailTestHost(_tenant);
        await _mail.StartAsync();
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [DatabaseTheory]
    [InlineData(EventKind.ConnectionLost, "Your Zoom connection is lost", "The Zoom connection of ben is lost")]
    [InlineData(EventKind.QuotaNear, "Zoom requests are running low for today (you)", "Zoom requests are running low for today (ben)")]
    [InlineData(EventKind.QuotaUsedUp, "Zoom requests of today are used up (you)", "Zoom requests of today are used up (ben)")]
    public async Task The_user_concerned_and_the_admins_get_one_notice_each(EventKind kind, string toBen, string toAdmin)
    {
        await HappensAsync(kind, "80 of 100 were used.");

        await _mail.WorkAsync();
        await _mail.WorkAsync();

        _mail.Box.Letters.Select(message => (message.To, message.Subject)).Should()
            .BeEquivalentTo([("ben@studio.test", toBen), ("admin-of-studio@studio.test", toAdmin)]);
        _mail.Box.Letters.Should().OnlyContain(message => message.Body.Contains("80 of 100 were used.")
            && message.Body.Contains("https://book.example.test/a/studio/"));
    }

    [DatabaseFact]
    public async Task A_connection_restored_before_the_notice_is_sent_sends_nothing()
    {
        await HappensAsync(EventKind.ConnectionLost, "Zoom refuses the app's sign-in.");
        await HappensAsync(EventKind.ConnectionRestored, "");

        await _mail.WorkAsync();

        _mail.Box.Letters.Should().BeEmpty();
    }

    [DatabaseFact]
    public async Task The_host_gets_one_notice_for_a_slot_whose_link_is_missing_shortly_before_it()
    {
        var yoga = await _tenant.CalendarAsync(CalendarType.ClassBooking, [_ben], new BookingRules { Seats = 3 });
        foreach (var name in (string[])["a", "b"])
        {
            var id = await _tenant.BookedAsync(yoga, Friday, booking => booking.Request = booking.Request with
            {
                Booker = new Booker { Name = name, Email = $"{name}@example.test" },
            });
            await HappensAsync(EventKind.LinkWaiting, "The day's requests are used up.", id);
        }

        await _mail.WorkAsync();
        var early = Missing();
        _tenant.Now = Friday.AddHours(-24);
        await _mail.WorkAsync();

        early.Should().Be(0);
        Missing().Should().Be(1);
    }

    [DatabaseFact]
    public async Task A_link_missing_for_15_minutes_sends_a_notice_unless_it_has_come()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        var late = await _tenant.BookedAsync(calendar, Friday);
        var there = await _tenant.BookedAsync(calendar, Friday.AddHours(1));
        await HappensAsync(EventKind.LinkOverdue, "Still missing.", late);
        await HappensAsync(EventKind.LinkOverdue, "Still missing.", there);
        await _mail.LinkAsync(there, "https://zoom.example/j/1");

        await _mail.WorkAsync();

        Missing().Should().Be(1);
    }

    [DatabaseFact]
    public async Task Removing_the_app_in_Zoom_informs_the_user_and_the_admins()
    {
        await HappensAsync(EventKind.ConnectionEnded, "The app was removed in Zoom.");

        await _mail.WorkAsync();
        await _mail.WorkAsync();

        _mail.Box.Letters.Select(message => (message.To,
            message.Subject)).Should().BeEquivalentTo([("ben@studio.test", "Your Zoom connection has ended"),
            ("admin-of-studio@studio.test", "The Zoom connection of ben has ended")]);
        _mail.Box.Letters.Should().OnlyContain(message => message.Body.Contains("The app was removed in Zoom.")
            && message.Body.Contains("https://book.example.test/a/studio/"));
    }

    [DatabaseFact]
    public async Task Disconnecting_informs_the_admins_and_not_the_user()
    {
        await HappensAsync(EventKind.ConnectionEnded, "Zoom was disconnected.", actor: _ben);

        await _mail.WorkAsync();

        _mail.Box.Letters.Select(message => message.To).Should().Equal("admin-of-studio@studio.test");
    }

    [DatabaseFact]
    public async Task A_notice_to_an_admin_does_not_call_the_account_theirs()
    {
        await HappensAsync(EventKind.ConnectionLost, Core.Connections.AccountLossRecorder.ApprovalWithdrawn);

        await _mail.WorkAsync();

        _mail.Box.To("admin-of-studio@studio.test").Single().Body.Should().Contain("The admin of this Zoom account").And.NotContain("Your")
            .And.NotContain("your");
    }

    [DatabaseTheory]
    [InlineData(EventKind.ConnectionEnded)]
    [InlineData(EventKind.ConnectionLost)]
    public async Task While_appointments_lack_links_reminders_follow_after_1_3_7_and_14_days(EventKind kind)
    {
        await LackingAsync(TestTenant.Monday.AddDays(30));
        await HappensAsync(kind, "It is gone.");
        await _mail.WorkAsync();
        var first = _mail.Box.Letters.Count;
        var days = new List<int>();

        for (var day = 1; day <= 20; day++)
        {
            _tenant.Now = TestTenant.Monday.AddDays(day).AddMinutes(1);
            var before = _mail.Box.Letters.Count;
            await _mail.WorkAsync();
            await new MailTestHost(_tenant).WorkAsync();
            days.AddRange(Enumerable.Repeat(day, _mail.Box.Letters.Count - before));
        }

        first.Should().Be(2);
        days.Should().Equal(1, 1, 3, 3, 7, 7, 14, 14);
        _mail.Box.To("ben@studio.test").Last().Subject.Should().Be("Zoom is still not connected: 1 appointment has no link");
        _mail.Box.To("admin-of-studio@studio.test").Last().Subject.Should()
            .Be("Zoom is still not connected (ben): 1 appointment has no link");
    }

    [DatabaseFact]
    public async Task No_reminder_is_sent_after_Zoom_is_connected()
    {
        await LackingAsync(TestTenant.Monday.AddDays(30));
        await HappensAsync(EventKind.ConnectionEnded, "It is gone.");
        await _mail.WorkAsync();
        _tenant.Now = TestTenant.Monday.AddHours(5);
        await HappensAsync(EventKind.ConnectionMade, "");

        await PassAsync(20);

        _mail.Box.Letters.Should().HaveCount(2);
    }

    [DatabaseFact]
    public async Task Reminders_are_sent_only_while_an_appointment_lacks_its_link()
    {
        var id = await LackingAsync(TestTenant.Monday.AddDays(30));
        await HappensAsync(EventKind.ConnectionLost, "It is gone.");
        await _mail.WorkAsync();
        await _mail.LinkAsync(id, "https://zoom.example/j/1");
        await PassAsync(6);
        var early = Reminders().Count;
        await LackingAsync(TestTenant.Monday.AddDays(31));

        await PassAsync(20, from: 7);

        early.Should().Be(0);
        Reminders().Should().HaveCount(4, "two people on the 7th and on the 14th day");
    }

    [DatabaseFact]
    public async Task A_lost_connection_that_is_then_ended_sends_no_repeated_notices()
    {
        await LackingAsync(TestTenant.Monday.AddDays(30));
        await HappensAsync(EventKind.ConnectionLost, "Zoom no longer accepts it.");
        await HappensAsync(EventKind.ConnectionEnded, "The app was removed in Zoom.");
        await _mail.WorkAsync();

        await PassAsync(20);

        Reminders().Should().HaveCount(8);
    }

    [DatabaseFact]
    public async Task A_second_loss_has_its_own_reminders()
    {
        await LackingAsync(TestTenant.Monday.AddDays(30));
        await HappensAsync(EventKind.ConnectionLost, "Zoom no longer accepts it.");
        await _mail.WorkAsync();
        _tenant.Now = TestTenant.Monday.AddDays(2);
        await HappensAsync(EventKind.ConnectionRestored, "");
        await HappensAsync(EventKind.ConnectionLost, "Zoom no longer accepts it.");

        await PassAsync(20, from: 2);

        Reminders().Select(message => message.To).Should().HaveCount(8);
    }

    [DatabaseFact]
    public async Task A_former_admin_gets_no_notices_about_others()
    {
        var dora = await _tenant.UserAsync("dora", Role.Admin);
        await LackingAsync(TestTenant.Monday.AddDays(30));
        await HappensAsync(EventKind.ConnectionLost, "Zoom no longer accepts it.");
        await _mail.WorkAsync();
        await _tenant.Database.WriteAsync(async db => (await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SingleAsync(
            db.Memberships, row => row.UserId == dora)).ChangeRole(Role.User));

        await PassAsync(2);

        _mail.Box.To("dora@studio.test").Should().ContainSingle("she was an admin when it happened");
        Reminders().Should().HaveCount(2);
    }

    private List<ZoomCalendar.Web.Mail.OutgoingMessage> Reminders() =>
        [.. _mail.Box.Letters.Where(message => message.Subject.StartsWith("Zoom is still not connected", StringComparison.Ordinal))];

    private async Task PassAsync(int days, int from = 1)
    {
        for (var day = from; day <= days; day++)
        {
            _tenant.Now = TestTenant.Monday.AddDays(day).AddMinutes(1);
            await _mail.WorkAsync();
        }
    }

    /// <summary>A Zoom appointment of Ben's that has no link; booked by himself, so that nobody else is told.</summary>
    private async Task<AppointmentId> LackingAsync(DateTimeOffset start)
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        return await _tenant.BookedAsync(calendar, start, booking => booking.Request = booking.Request with
        {
            Booker = new Booker { Name = "Jo" },
            Override = BookingOverride.Staff,
        }, _tenant.As(_ben));
    }

    private int Missing() =>
        _mail.Box.To("ben@studio.test").Count(message => message.Subject.StartsWith("No Zoom link yet", StringComparison.Ordinal));

    private Task HappensAsync(EventKind kind, string detail, AppointmentId? appointment = null, UserId? actor = null) =>
        _tenant.Database.WriteAsync(db =>
        db.Events.AddAsync(new Event
        {
            At = _tenant.Now,
            SubAccountId = _tenant.SubAccount,
            Kind = kind,
            UserId = _ben,
            ActorId = actor,
            AppointmentId = appointment,
            Detail = detail,
        }).AsTask());
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteNoticeTests() : NoticeTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlNoticeTests() : NoticeTests(DatabaseProvider.PostgreSql);
