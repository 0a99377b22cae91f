using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Meetings;

public sealed class ScaleTests
{
    [Fact]
    public async Task An_idle_wake_up_costs_one_query()
    {
        var counter = new StatementCounter();
        await using var world = await ZoomWorld.CreateAsync(counter);
        await world.BookedAsync(world.Personal, world.Tomorrow);
        var process = world.NewProcess(world.Studio.Database);
        counter.Reset();

        await process.ReconcileAsync(CancellationToken.None);

        counter.Statements.Should().ContainSingle();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public async Task A_pass_costs_ten_statements_for_each_request_and_six_for_each_account(int meetings)
    {
        var counter = new StatementCounter();
        await using var world = await ZoomWorld.CreateAsync(counter);
        for (var i = 0; i < meetings; i++)
        {
            await world.BookedAsync(world.Personal, world.Tomorrow.AddHours(i), reconcile: false);
        }

        var process = world.NewProcess(world.Studio.Database);
        counter.Reset();
        await process.ReconcileAsync(CancellationToken.None);

        world.InZoom.Should().HaveCount(meetings);
        counter.Statements.Should().HaveCount(meetings * 10 + 6);
    }

    [Fact]
    public async Task A_hundred_slow_accounts_hold_up_none_of_the_others()
    {
        await using var world = await ZoomWorld.CreateAsync();
        var users = new List<(Core.Accounts.UserId User, bool Slow)>();
        const int Accounts = 300;
        for (var i = 0; i < Accounts; i++)
        {
            var slow = i % 10 == 0;
            var user = await world.Studio.UserAsync($"host{i}");
            await world.ConnectAsync(user, $"key{i}", $"host{i}@{(slow ? "slow" : "quick")}{i}.test");
            var calendar = await world.Studio.CalendarAsync(CalendarType.Personal, [user]);
            await world.BookedAsync(calendar, world.Tomorrow, reconcile: false);
            users.Add((user, slow));
            if (slow)
            {
                world.Control.Fail(new SandboxFault { Mode = FaultMode.DelayAnswer, DelayMs = 600_000, User = $"host{i}@slow{i}.test", Kind = RequestKind.Create });
            }
        }

        var pass = world.ReconcileAsync();
        await UntilAsync(world, async () => await world.Studio.Database.ReadAsync(db => db.SlotMeetings.CountAsync(row => row.JoinUrl != null)) == Accounts * 9 / 10);
        pass.IsCompleted.Should().BeFalse("the slow ones are still on their way, by a clock that has not moved");

        world.Clock.Advance(TimeSpan.FromSeconds(15));
        await pass;
        world.Clock.Advance(TimeSpan.FromSeconds(60));
        world.Control.ClearFaults();
        await world.ReconcileAsync();
        (await world.Studio.Database.ReadAsync(db => db.SlotMeetings.CountAsync(row => row.JoinUrl != null))).Should().Be(Accounts);
        world.InZoom.Should().HaveCount(Accounts);
    }

    private static async Task UntilAsync(ZoomWorld world, Func<Task<bool>> condition)
    {
        var written = world.Studio.Signals.EventsWritten.Next;
        while (!await condition())
        {
            await written.WaitAsync(TimeSpan.FromSeconds(60));
            written = world.Studio.Signals.EventsWritten.Next;
        }
    }
}
