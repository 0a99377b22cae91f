using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Meetings;

public sealed class ScaleTests
{
    private const string SlowTitle = "Slow";

    [Fact]
    public async Task An_idle_wake_up_costs_one_query_by_an_index()
    {
        var counter = new StatementCounter();
        await using var world = await ZoomTestHost.CreateAsync(counter);
        await world.BookedAsync(world.Personal, world.Tomorrow);
        var process = world.NewProcess(world.TestTenant.Database);
        counter.Reset();

        await process.ReconcileAsync(CancellationToken.None);

        var asked = counter.Sent.Should().ContainSingle().Subject;
        var plan = await QueryPlan.OfAsync(world.TestTenant.Database, asked);
        plan.Should().Contain(line => line.StartsWith("SEARCH", StringComparison.Ordinal) && line.Contains("IX_slot_meetings_NextActionAt"));
        plan.Where(line => line.StartsWith("SCAN", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public async Task A_pass_costs_at_most_twelve_statements_for_each_request_and_six_for_each_account(int meetings)
    {
        var counter = new StatementCounter();
        await using var world = await ZoomTestHost.CreateAsync(counter);
        for (var i = 0; i < meetings; i++)
        {
            await world.BookedAsync(world.Personal, world.Tomorrow.AddHours(i), reconcile: false);
        }

        var process = world.NewProcess(world.TestTenant.Database);
        counter.Reset();
        await process.ReconcileAsync(CancellationToken.None);

        world.InZoom.Should().HaveCount(meetings);
        // PostgreSQL takes what is saved at once in one go.
        var each = world.TestTenant.Database.Provider is DatabaseProvider.Sqlite ? 12 : 11;
        counter.Statements.Should().HaveCount(meetings * each + 6);
    }

    [Fact]
    public async Task A_hundred_slow_accounts_hold_up_none_of_nine_hundred_others()
    {
        const int Quick = 900;
        const int Slow = 100;
        await using var world = await ZoomTestHost.CreateAsync();
        var answers = new HeldAnswers(world.Clock, content => content.Contains(SlowTitle) ? TimeSpan.FromSeconds(14) : TimeSpan.FromSeconds(1));
        var process = world.NewProcess(way: () => new HeldAnswers.Handler(answers));
        var calendars = await ConnectedCalendarsAsync(world, Quick + Slow);
        var quick = calendars.Where((_, index) => index % 10 != 0).ToList();
        var slow = calendars.Where((_, index) => index % 10 == 0).ToList();

        await BookAsync(world, quick, world.Tomorrow, "Quick");
        var alone = await WorkAsync(Quick);
        await BookAsync(world, quick, world.Tomorrow.AddHours(1), "Quick");
        await BookAsync(world, slow, world.Tomorrow, SlowTitle);
        var together = await WorkAsync(Quick + Slow);

        together.Should().BeLessThanOrEqualTo(alone * 2);
        answers.MostInFlight.Should().BeGreaterThanOrEqualTo(256);
        world.InZoom.Should().HaveCount(Quick + Quick + Slow);
        (await world.TestTenant.Database.ReadAsync(db => db.SlotMeetings.CountAsync(row => row.JoinUrl == null))).Should().Be(0);

        // How long the quick ones took, by a clock that moves on when all that can be on its way is on its way.
        async Task<TimeSpan> WorkAsync(int requests)
        {
            var begin = world.Now;
            answers.Reset();
            var pass = process.ReconcileAsync(CancellationToken.None);
            for (TimeSpan? done = null; ;)
            {
                var under = Math.Min(requests, answers.Answered + MeetingReconciler.MaxConcurrentAccounts);
                await Eventually.HoldsAsync(() => answers.Sent == under, TimeSpan.FromMinutes(2), $"{under} requests have been sent");
                if (answers.Answered == requests)
                {
                    await pass.WaitAsync(TimeSpan.FromMinutes(2));
                    return done!.Value;
                }

                world.Clock.Advance(TimeSpan.FromSeconds(1));
                done ??= answers.AnsweredWithin(TimeSpan.FromSeconds(1)) == Quick ? world.Now - begin : null;
            }
        }
    }

    private static async Task<IReadOnlyList<CalendarId>> ConnectedCalendarsAsync(ZoomTestHost world, int count)
    {
        var calendars = new List<CalendarId>();
        for (var i = 0; i < count; i++)
        {
            var user = await world.TestTenant.UserAsync($"host{i}");
            await world.ConnectAsync(user, $"key{i}", $"host{i}@zoom{i}.test");
            calendars.Add(await world.TestTenant.CalendarAsync(CalendarType.Personal, [user]));
        }

        return calendars;
    }

    private static async Task BookAsync(ZoomTestHost world, IReadOnlyList<CalendarId> calendars, DateTimeOffset start, string title)
    {
        foreach (var calendar in calendars)
        {
            await world.BookedAsync(calendar, start, title, reconcile: false);
        }
    }
}
