using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Mail;

/// <summary>What the bell in the app says, by message.</summary>
public abstract class NoticeTests(DatabaseProvider provider) : IAsyncLifetime
{
    private static readonly DateTimeOffset Friday = Studio.Monday.AddDays(4);

    private Studio _studio = null!;
    private MailRoom _mail = null!;
    private UserId _ben;

    public async Task InitializeAsync()
    {
        _studio = await Studio.CreateAsync(provider);
        _ben = await _studio.UserAsync("ben");
        await _studio.UserAsync("cleo");
        await _studio.ConnectAsync(_ben, "key-of-ben");
        _mail = new MailRoom(_studio);
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

    private int Missing() => _mail.Box.To("ben@studio.test").Count(letter => letter.Subject.StartsWith("No Zoom link yet", StringComparison.Ordinal));

    private Task HappensAsync(EventKind kind, string detail, AppointmentId? appointment = null) => _studio.Database.WriteAsync(db =>
        db.Events.AddAsync(new Event { At = _studio.Now, SubAccountId = _studio.SubAccount, Kind = kind, UserId = _ben, AppointmentId = appointment, Detail = detail }).AsTask());
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteNoticeTests() : NoticeTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
public sealed class PostgreSqlNoticeTests() : NoticeTests(DatabaseProvider.PostgreSql);
