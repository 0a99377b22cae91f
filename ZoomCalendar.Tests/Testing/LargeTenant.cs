using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Tests.Testing;

/// <summary>
/// A sub-account with much past and future: the appointments of its hosts follow one another every four hours, each half an hour long and
/// by another booker, and each has a number of events. An admin, two idle members, and twenty hosts with a personal calendar each.
/// </summary>
internal sealed class LargeTenant : IAsyncDisposable
{
    public const int HostCount = 20;

    private static readonly TimeSpan Every = TimeSpan.FromHours(4);

    private LargeTenant(TestTenant tenant) => Tenant = tenant;

    public TestTenant Tenant { get; }

    public IReadOnlyList<UserId> Hosts { get; private init; } = [];

    /// <summary>The calendar of the host with the same index.</summary>
    public IReadOnlyList<CalendarId> Calendars { get; private init; } = [];

    /// <summary>A member who hosts nothing and has done nothing.</summary>
    public UserId Idle { get; private init; }

    /// <summary>One of the appointments that are to come.</summary>
    public AppointmentId Coming { get; private init; }

    /// <param name="database">An empty database.</param>
    /// <param name="past">How many appointments are over.</param>
    /// <param name="upcoming">How many are to come.</param>
    /// <param name="events">How many events have been written in that past.</param>
    public static async Task<LargeTenant> CreateAsync(TestDatabase database, int past, int upcoming, int events)
    {
        var tenant = await TestTenant.CreateAsync(database);
        var (hosts, calendars) = (new List<UserId>(), new List<CalendarId>());
        for (var number = 0; number < HostCount; number++)
        {
            hosts.Add(await tenant.UserAsync($"host{number}"));
            calendars.Add(await tenant.CalendarAsync(
                CalendarType.Personal, [hosts[^1]], location: new MeetingLocation(MeetingLocationKind.Phone, "+1 312 555 0142")));
        }

        var idle = await tenant.UserAsync("idle");
        await tenant.BookedAsync(calendars[0], TestTenant.Monday.AddDays(50).AddMinutes(90));
        var first = await FillAsync(tenant, past, upcoming, events);
        return new LargeTenant(tenant) { Hosts = hosts, Calendars = calendars, Idle = idle, Coming = first };
    }

    public ValueTask DisposeAsync() => Tenant.DisposeAsync();

    private static async Task<AppointmentId> FillAsync(TestTenant tenant, int past, int upcoming, int events)
    {
        await using var db = tenant.Database.CreateDbContext();
        var copies = await RowCopies.OpenAsync(db);
        await copies.ExecuteAsync(
            "CREATE TEMP TABLE hosts AS SELECT row_number() OVER (ORDER BY \"UserId\") - 1 AS n, \"UserId\" AS host, \"CalendarId\" AS calendar FROM calendar_members");
        var every = (int)Every.TotalSeconds;
        string Start(string length) => copies.Instant(
            TestTenant.Monday, $"(i / {HostCount} - {past / HostCount}) * {every} + {length}");
        var joined = $"JOIN hosts ON n = i % {HostCount}";

        await copies.CopyAsync("appointments", "TRUE", past + upcoming, new Dictionary<string, string>
        {
            ["Id"] = copies.Id(2),
            ["CalendarId"] = "calendar",
            ["HostId"] = "host",
            ["Start"] = Start("0"),
            ["End"] = Start("1800"),
            ["SubmitId"] = "",
            ["Booker_Email"] = "'booker' || i || '@example.test'",
            ["NormalizedEmail"] = "'booker' || i || '@example.test'",
            ["SearchText"] = "'jo field booker' || i || '@example.test'",
        }, joined);
        // As if booked twice on purpose: the constraint against overlaps has nothing to compare, which makes filling fast.
        await copies.CopyAsync("taken_times", "TRUE", past + upcoming, new Dictionary<string, string>
        {
            ["AppointmentId"] = copies.Id(2),
            ["UserId"] = "host",
            ["CalendarId"] = "calendar",
            ["HostId"] = "host",
            ["Start"] = Start("0"),
            ["End"] = Start("1800"),
            ["DoubleBook"] = "TRUE",
        }, joined);

        var each = Math.Max(events / (past + upcoming), 1);
        string[] kinds =
        [
            "AppointmentBooked", "LinkReady", "AppointmentEdited", "LinkUpdated", "AppointmentMoved", "LinkUpdated",
            "AppointmentStatusChanged", "LinkReady", "AppointmentEdited", "LinkDropped", "LinkReused", "LinkChanged",
        ];
        var kind = string.Join(' ', kinds.Select((name, index) => $"WHEN {index} THEN '{name}'"));
        await copies.CopyAsync("events", "\"Kind\" = 'AppointmentBooked'", events, new Dictionary<string, string>
        {
            ["Id"] = "",
            ["At"] = copies.Instant(TestTenant.Monday, $"(CAST(i AS bigint) - {events}) * {(long)past / HostCount * every * 100 / events} / 100"),
            ["Kind"] = $"CASE i % {kinds.Length} {kind} END",
            ["AppointmentId"] = copies.Id(2, $"(i / {each})"),
            ["CalendarId"] = "calendar",
            ["UserId"] = "host",
            ["FormerUserId"] = "host",
            ["ActorId"] = "NULL",
        }, $"JOIN hosts ON n = (i / {each}) % {HostCount}");
        await copies.ExecuteAsync("DROP TABLE hosts");
        await copies.SettleAsync();
        return new AppointmentId(Guid.Parse($"00000002-0000-7000-8000-{past + HostCount:X12}"));
    }
}
