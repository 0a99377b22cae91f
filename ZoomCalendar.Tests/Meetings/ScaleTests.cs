using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Meetings;

[Trait("Category", "Slow")]
public sealed class ScaleTests
{
    private const string SlowTitle = "Slow";

    [Fact]
    public async Task An_idle_wake_up_costs_one_query_by_an_index()
    {
        var counter = new StatementCounter();
        await using var zoomHost = await ZoomTestHost.CreateAsync(counter);
        await zoomHost.BookedAsync(zoomHost.Personal, zoomHost.Tomorrow);
        var process = zoomHost.NewProcess(zoomHost.TestTenant.Database);
        counter.Reset();

        await process.ReconcileAsync(CancellationToken.None);

        var asked = counter.Sent.Should().ContainSingle().Subject;
        var plan = await QueryPlan.OfAsync(zoomHost.TestTenant.Database, asked);
        plan.Should().Contain(line => line.StartsWith("SEARCH", StringComparison.Ordinal)
            && line.Contains("IX_slot_meetings_NextActionAt"));
        plan.Where(line => line.StartsWith("SCAN", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public async Task A_pass_costs_at_most_twelve_statements_for_each_request_and_six_for_each_account(int meetings)
    {
        var counter = new StatementCounter();
        await using var zoomHost = await ZoomTestHost.CreateAsync(counter);
        for (var i = 0; i < meetings; i++)
        {
            await zoomHost.BookedAsync(zoomHost.Personal, zoomHost.Tomorrow.AddHours(i), reconcile: false);
        }

        var process = zoomHost.NewProcess(zoomHost.TestTenant.Database);
        counter.Reset();
        await process.ReconcileAsync(CancellationToken.None);

        zoomHost.InZoom.Should().HaveCount(meetings);
        // PostgreSQL takes what is saved at once in one go.
        var each = zoomHost.TestTenant.Database.Provider is DatabaseProvider.Sqlite ? 12 : 11;
        counter.Statements.Should().HaveCount(meetings * each + 6);
    }

    [OnSqlite("How the work is shared among accounts does not depend on the database.")]
    [Fact]
    public async Task A_hundred_slow_accounts_do_not_delay_nine_hundred_others()
    {
        const int Quick = 900;
        const int Slow = 100;
        await using var zoomHost = await ZoomTestHost.CreateAsync();
        var answers = new HeldAnswers(
            zoomHost.Clock, content => content.Contains(SlowTitle) ? TimeSpan.FromSeconds(14) : TimeSpan.FromSeconds(1));
        var process = zoomHost.NewProcess(way: () => new HeldAnswers.Handler(answers));
        var calendars = await ConnectedCalendarsAsync(zoomHost, Quick + Slow);
        var quick = calendars.Where((_, index) => index % 10 != 0).ToList();
        var slow = calendars.Where((_, index) => index % 10 == 0).ToList();

        await BookAsync(zoomHost, quick, zoomHost.Tomorrow, "Quick");
        var alone = await WorkAsync(Quick);
        await BookAsync(zoomHost, quick, zoomHost.Tomorrow.AddHours(1), "Quick");
        await BookAsync(zoomHost, slow, zoomHost.Tomorrow, SlowTitle);
        var together = await WorkAsync(Quick + Slow);

        together.Should().BeLessThanOrEqualTo(alone * 2);
        answers.MostInFlight.Should().BeGreaterThanOrEqualTo(256);
        zoomHost.InZoom.Should().HaveCount(Quick + Quick + Slow);
        (await zoomHost.TestTenant.Database.ReadAsync(db => db.SlotMeetings.CountAsync(row => row.JoinUrl == null))).Should().Be(0);

        // How long the quick ones took, by a clock that moves on when all that can be on its way is on its way.
        async Task<TimeSpan> WorkAsync(int requests)
        {
            var begin = zoomHost.Now;
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

                zoomHost.Clock.Advance(TimeSpan.FromSeconds(1));
                done ??= answers.AnsweredWithin(TimeSpan.FromSeconds(1)) == Quick ? zoomHost.Now - begin : null;
            }
        }
    }

    private static async Task<IReadOnlyList<CalendarId>> ConnectedCalendarsAsync(ZoomTestHost zoomHost, int count)
    {
        var calendars = new List<CalendarId>();
        for (var i = 0; i < count; i++)
        {
            var user = await zoomHost.TestTenant.UserAsync($"host{i}");
            await zoomHost.ConnectAsync(user, $"key{i}", $"host{i}@zoom{i}.test");
            calendars.Add(await zoomHost.TestTenant.CalendarAsync(CalendarType.Personal, [user]));
        }

        return calendars;
    }

    private static async Task BookAsync(ZoomTestHost zoomHost, IReadOnlyList<CalendarId> calendars, DateTimeOffset start, string title)
    {
        foreach (var calendar in calendars)
        {
            await zoomHost.BookedAsync(calendar, start, title, reconcile: false);
        }
    }
}
