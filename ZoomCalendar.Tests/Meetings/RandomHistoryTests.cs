using FsCheck.Xunit;
using ZoomCalendar.Sandbox;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>Random histories over midnight UTC, against what must be true at rest and against the least requests.</summary>
public sealed class RandomHistoryTests
{
    private const int Steps = 40;

    [Property(MaxTest = 5)]
    public async Task With_faults_and_crashes_Zoom_and_database_agree_in_the_end(int seed)
    {
        await using var history = await RandomHistory.StartAsync(seed);
        history.World.Control.SetRandomFaults(new RandomFaults { Probability = 0.25, Seed = seed });

        for (var step = 0; step < Steps; step++)
        {
            await history.StepAsync();
            await history.DeleteByHandAsync();
            await history.ReconcileDyingAsync();
        }

        history.World.Control.SetRandomFaults(null);
        await history.SettleAsync();
        await history.ShouldAgreeAsync();
    }

    [Property(MaxTest = 5)]
    public async Task Without_faults_the_minimum_of_requests_is_sent_in_the_right_order_on_the_right_day(int seed)
    {
        await using var history = await RandomHistory.StartAsync(seed);
        var least = new LeastRequests(history.AccountOf, history.TopicOf);
        least.HaveUsed(ZoomTestHost.Key, history.Day, history.Used);

        for (var step = 0; step < Steps; step++)
        {
            await history.StepAsync();
            await CompareAsync();
        }

        foreach (var later in new[] { TimeSpan.FromMinutes(6), TimeSpan.FromHours(1) })
        {
            history.Advance(later);
            await CompareAsync();
        }

        await history.ShouldAgreeAsync();

        async Task CompareAsync()
        {
            await history.World.ReconcileAsync();
            least.Note(history.World.Now, await history.ActiveAsync());
            foreach (var account in history.Accounts)
            {
                history.SentTo(account).Should().Equal(least.SentTo(account), history.Because);
                (await history.World.UsedAsync(account)).Should().Be(least.LastUsedBy(account), history.Because);
            }
        }
    }
}
