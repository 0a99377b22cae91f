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

    private TestTenant _studio = null!;
    private MailTestHost _mail = null!;
    private UserId _ben;

    public async Task InitializeAsync()
    {
        _studio = await TestTenant.CreateAsync(provider);
        _ben = await _studio.UserAsync("ben");
        await _studio.UserAsync("cleo");
        await _studio.ConnectAsync(_ben, "key-of-ben");
        _mail = new MailTestHost(_studio);
        await _mail.StartAsync();
    }

    public Task DisposeAsync() => _studio.DisposeAsync().AsTask();

    [DatabaseTheory]
    [InlineData(EventKind.ConnectionLost, "Your Zoom connection is lost", "The Zoom connection of ben is lost")]
    [InlineData(EventKind.QuotaNear, "Zoom requests are running low for today (you)", "Zoom requests are running low for today (ben)")]
    [InlineData(EventKind.QuotaUsedUp, "Zoom requests of today are used up (you)", "Zoom requests of today are used up (ben)")]
    public async Task Whom_it_concerns_and_the_admins_are_told_once(EventKind kind, string toBen, string toAdmin)
    {
        await HappensAsync(kind, "80 of 100 were used.");

        await _mail.WorkAsync();
        await _mail.WorkAsync();

        _mail.Box.Letters.Select(letter => (letter.To, letter.Subject)).Should().BeEquivalentTo([("ben@studio.test", toBen), ("admin-of-studio@studio.test", toAdmin)]);
        _mail.Box.Letters.Should().OnlyContain(letter => letter.Body.Contains("80 of 100 were used.") && letter.Body.Contains("https://book.example.test/a/studio/"));
    }

    [DatabaseFact]
    public async Task A_connection_that_is_back_before_the_message_leaves_is_no_news()
    {
        await HappensAsync(EventKind.ConnectionLost, "Zoom refuses the app's sign-in.");
        await HappensAsync(EventKind.ConnectionRestored, "");

        await _mail.WorkAsync();

        _mail.Box.Letters.Should().BeEmpty();
    }

    [DatabaseFact]
    public async Task A_missing_link_is_told_to_the_host_once_for_the_slot_when_the_appointment_is_near()
    {
        var yoga = await _studio.CalendarAsync(CalendarType.ClassBooking, [_ben], new BookingRules { Seats = 3 });
        foreach (var name in (string[])["a", "b"])
        {
            var id = await _studio.BookedAsync(yoga, Friday, booking => booking.Request = booking.Request with { Booker = new Booker { Name = name, Email = $"{name}@example.test" } });
            await HappensAsync(EventKind.LinkWaiting, "The day's requests are used up.", id);
        }

        await _mail.WorkAsync();
        var early = Missing();
        _studio.Now = Friday.AddHours(-24);
        await _mail.WorkAsync();

        early.Should().Be(0);
        Missing().Should().Be(1);
    }

    [DatabaseFact]
    public async Task After_a_quarter_of_an_hour_it_is_told_at_once_and_not_if_the_link_is_there()
    {
        var calendar = await _studio.CalendarAsync(CalendarType.Personal, [_ben]);
        var late = await _studio.BookedAsync(calendar, Friday);
        var there = await _studio.BookedAsync(calendar, Friday.AddHours(1));
        await HappensAsync(EventKind.LinkOverdue, "Still missing.", late);
        await HappensAsync(EventKind.LinkOverdue, "Still missing.", there);
        await _mail.LinkAsync(there, "https://zoom.example/j/1");

        await _mail.WorkAsync();

        Missing().Should().Be(1);
    }

    [DatabaseFact]
    public async Task The_app_removed_in_Zoom_is_told_to_its_user_and_the_admins()
    {
        await HappensAsync(EventKind.ConnectionEnded, "The app was removed in Zoom.");

        await _mail.WorkAsync();
        await _mail.WorkAsync();

        _mail.Box.Letters.Select(letter => (letter.To, letter.Subject)).Should().BeEquivalentTo([("ben@studio.test", "Your Zoom connection has ended"), ("admin-of-studio@studio.test", "The Zoom connection of ben has ended")]);
        _mail.Box.Letters.Should().OnlyContain(letter => letter.Body.Contains("The app was removed in Zoom.") && letter.Body.Contains("https://book.example.test/a/studio/"));
    }

    [DatabaseFact]
    public async Task Who_disconnects_knows_it_and_the_admins_are_told()
    {
        await HappensAsync(EventKind.ConnectionEnded, "Zoom was disconnected.", actor: _ben);

        await _mail.WorkAsync();

        _mail.Box.Letters.Select(letter => letter.To).Should().Equal("admin-of-studio@studio.test");
    }

    [DatabaseFact]
    public async Task An_admin_does_not_read_that_it_is_about_their_own_Zoom_account()
    {
        await HappensAsync(EventKind.ConnectionLost, Core.Connections.AccountLossRecorder.ApprovalWithdrawn);

        await _mail.WorkAsync();

        _mail.Box.To("admin-of-studio@studio.test").Single().Body.Should().Contain("The admin of this Zoom account").And.NotContain("Your").And.NotContain("your");
    }

    [DatabaseTheory]
    [InlineData(EventKind.ConnectionEnded)]
    [InlineData(EventKind.ConnectionLost)]
    public async Task While_appointments_lack_links_it_is_said_again_after_1_3_7_and_14_days_once_each(EventKind kind)
    {
        await LackingAsync(TestTenant.Monday.AddDays(30));
        await HappensAsync(kind, "It is gone.");
        await _mail.WorkAsync();
        var first = _mail.Box.Letters.Count;
        var days = new List<int>();

        for (var day = 1; day <= 20; day++)
        {
            _studio.Now = TestTenant.Monday.AddDays(day).AddMinutes(1);
            var before = _mail.Box.Letters.Count;
            await _mail.WorkAsync();
            await new MailTestHost(_studio).WorkAsync();
            days.AddRange(Enumerable.Repeat(day, _mail.Box.Letters.Count - before));
        }

        first.Should().Be(2);
        days.Should().Equal(1, 1, 3, 3, 7, 7, 14, 14);
        _mail.Box.To("ben@studio.test").Last().Subject.Should().Be("Zoom is still not connected: 1 appointment has no link");
        _mail.Box.To("admin-of-studio@studio.test").Last().Subject.Should().Be("Zoom is still not connected (ben): 1 appointment has no link");
    }

    [DatabaseFact]
    public async Task Nothing_is_said_again_after_Zoom_is_connected()
    {
        await LackingAsync(TestTenant.Monday.AddDays(30));
        await HappensAsync(EventKind.ConnectionEnded, "It is gone.");
        await _mail.WorkAsync();
        _studio.Now = TestTenant.Monday.AddHours(5);
        await HappensAsync(EventKind.ConnectionMade, "");

        await PassAsync(20);

        _mail.Box.Letters.Should().HaveCount(2);
    }

    [DatabaseFact]
    public async Task Nothing_is_said_again_while_every_appointment_has_its_link_and_it_is_when_one_lacks_it()
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
    public async Task A_connection_that_is_lost_and_then_ended_is_not_said_again_twice_a_day()
    {
        await LackingAsync(TestTenant.Monday.AddDays(30));
        await HappensAsync(EventKind.ConnectionLost, "Zoom no longer accepts it.");
        await HappensAsync(EventKind.ConnectionEnded, "The app was removed in Zoom.");
        await _mail.WorkAsync();

        await PassAsync(20);

        Reminders().Should().HaveCount(8);
    }

    [DatabaseFact]
    public async Task A_second_loss_has_reminders_of_its_own()
    {
        await LackingAsync(TestTenant.Monday.AddDays(30));
        await HappensAsync(EventKind.ConnectionLost, "Zoom no longer accepts it.");
        await _mail.WorkAsync();
        _studio.Now = TestTenant.Monday.AddDays(2);
        await HappensAsync(EventKind.ConnectionRestored, "");
        await HappensAsync(EventKind.ConnectionLost, "Zoom no longer accepts it.");

        await PassAsync(20, from: 2);

        Reminders().Select(letter => letter.To).Should().HaveCount(8);
    }

    [DatabaseFact]
    public async Task Who_is_no_longer_an_admin_is_told_nothing_of_others()
    {
        var dora = await _studio.UserAsync("dora", Role.Admin);
        await LackingAsync(TestTenant.Monday.AddDays(30));
        await HappensAsync(EventKind.ConnectionLost, "Zoom no longer accepts it.");
        await _mail.WorkAsync();
        await _studio.Database.WriteAsync(async db => (await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SingleAsync(db.Memberships, row => row.UserId == dora)).ChangeRole(Role.User));

        await PassAsync(2);

        _mail.Box.To("dora@studio.test").Should().ContainSingle("she was an admin when it happened");
        Reminders().Should().HaveCount(2);
    }

    private List<ZoomCalendar.Web.Mail.OutgoingMessage> Reminders() => [.. _mail.Box.Letters.Where(letter => letter.Subject.StartsWith("Zoom is still not connected", StringComparison.Ordinal))];

    private async Task PassAsync(int days, int from = 1)
    {
        for (var day = from; day <= days; day++)
        {
            _studio.Now = TestTenant.Monday.AddDays(day).AddMinutes(1);
            await _mail.WorkAsync();
        }
    }

    /// <summary>A Zoom appointment of Ben's that has no link; booked by himself, so that nobody else is told.</summary>
    private async Task<AppointmentId> LackingAsync(DateTimeOffset start)
    {
        var calendar = await _studio.CalendarAsync(CalendarType.Personal, [_ben]);
        return await _studio.BookedAsync(calendar, start, booking => booking.Request = booking.Request with { Booker = new Booker { Name = "Jo" }, Override = BookingOverride.Staff }, _studio.As(_ben));
    }

    private int Missing() => _mail.Box.To("ben@studio.test").Count(letter => letter.Subject.StartsWith("No Zoom link yet", StringComparison.Ordinal));

    private Task HappensAsync(EventKind kind, string detail, AppointmentId? appointment = null, UserId? actor = null) => _studio.Database.WriteAsync(db =>
        db.Events.AddAsync(new Event { At = _studio.Now, SubAccountId = _studio.SubAccount, Kind = kind, UserId = _ben, ActorId = actor, AppointmentId = appointment, Detail = detail }).AsTask());
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteNoticeTests() : NoticeTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
public sealed class PostgreSqlNoticeTests() : NoticeTests(DatabaseProvider.PostgreSql);
