using System.Diagnostics;
using ZoomCalendar.Core.Activity;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Benchmarks.Growth;

/// <summary>
/// What a large business waits for: each reading of a screen, and a public booking, with 1,000,000 events and 84,000 appointments, half of
/// them to come. The median of eleven, warm.
/// </summary>
internal static class LargeRun
{
    private const int Appointments = 84_000;
    private const int Events = 1_000_000;
    private const int Rounds = 11;

    private static readonly DateTimeOffset Now = TestTenant.Monday;

    /// <param name="only">Null: both.</param>
    public static async Task<int> RunAsync(DatabaseProvider? only)
    {
        foreach (var provider in Enum.GetValues<DatabaseProvider>().Where(provider => only is null || provider == only))
        {
            await using var large = await LargeTenant.CreateAsync(
                await TestDatabase.CreateAsync(provider), Appointments / 2, Appointments / 2, Events);
            foreach (var (name, work) in Readings(large))
            {
                Console.WriteLine($"{provider,-10} {await MedianAsync(work),10:0.00} ms  {name}");
            }
        }

        return 0;
    }

    private static IEnumerable<(string Name, Func<Task> Work)> Readings(LargeTenant large)
    {
        var (tenant, none) = (large.Tenant, CancellationToken.None);
        var (admin, member, idle) = (tenant.AsAdmin, tenant.As(large.Hosts[3]), tenant.As(large.Idle));
        var (database, filter) = (tenant.Database, new ScheduleFilter());
        var schedule = new ScheduleReader(database, new Monday());
        var (activity, notices, team) = (new ActivityReader(database), new NoticeReader(database), new TeamReader(database));
        var next = Now.AddDays(1).AddMinutes(90);
        yield return ("a public booking", async () =>
        {
            next = next.AddHours(4);
            var booked = await tenant.BookAsync(
                large.Calendars[0],
                next,
                booking => booking.Request = booking.Request with
                {
                    Source = BookingSource.Public,
                    Booker = new Booker { Name = "Jo", Email = $"jo{next.Ticks}@example.test" },
                },
                Actor.ForBooker(tenant.SubAccount));
            _ = booked.Succeeded ? 0 : throw new InvalidOperationException(booked.ForStaff.Text);
        }
        );
        yield return ("the bell, admin", () => notices.ReadAsync(admin, Now, none));
        yield return ("the bell, user", () => notices.ReadAsync(member, Now, none));
        yield return ("a week, admin", () => schedule.RangeAsync(admin, Now, Now.AddDays(7), filter, none));
        yield return ("a week, user", () => schedule.RangeAsync(member, Now, Now.AddDays(7), filter, none));
        yield return ("Team Management", () => team.PageAsync(0, 20, admin, Now, none));
        yield return ("Team Management's lost connections", () => new ConnectionProblemReader(database).ReadAsync(admin, Now, none));
        yield return ("a member", () => team.FindAsync(large.Hosts[3], admin, Now, none));
        yield return ("link health", () => schedule.HealthAsync(admin, none));
        yield return ("activity", () => activity.ReadAsync(new ActivityQuery(), admin, none));
        yield return ("activity, settings", () => activity.ReadAsync(new ActivityQuery { Topic = ActivityTopic.Settings }, admin, none));
        yield return ("activity, a user without any", () => activity.ReadAsync(new ActivityQuery(), idle, none));
        yield return ("activity, a user", () => activity.ReadAsync(new ActivityQuery(), member, none));
        yield return ("an appointment's history", () =>
            activity.ReadAsync(new ActivityQuery { AppointmentId = large.Coming }, admin, none));
        yield return ("search, frequent", () => schedule.SearchAsync(admin, filter with { Search = "jo field" }, none));
        yield return ("search, nothing found", () => schedule.SearchAsync(admin, filter with { Search = "nobody" }, none));
        yield return ("API, 500 events of a year", () => new AppointmentQueries(database).ListAsync(
            new AppointmentQuery(tenant.SubAccount, Now.AddDays(-183), Now.AddDays(183)) { Limit = 500 }, none));
        yield return ("API, events of a year without limit, refused", () => new AppointmentQueries(database).AreMoreThanAsync(
            5_000, new AppointmentQuery(tenant.SubAccount, Now.AddDays(-183), Now.AddDays(183)), none));
    }

    private static async Task<double> MedianAsync(Func<Task> work)
    {
        var times = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await work();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (round == 2 && times[^1] > 3_000)
            {
                break;
            }
        }

        return times.Skip(1).Order().ElementAt((times.Count - 1) / 2);
    }

    private sealed class Monday : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
