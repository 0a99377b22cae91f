using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>The engine's statements on the other database.</summary>
[OnPostgreSql]
public sealed class PostgreSqlEngineTests
{
    [DatabaseFact]
    public async Task A_link_lives_from_booking_to_cancellation_with_two_processes_at_work()
    {
        await using var world = await ZoomTestHost.CreateAsync(DatabaseProvider.PostgreSql);
        var second = world.NewProcess();
        var jo = await world.BookedAsync(world.Personal, world.Tomorrow, "First", reconcile: false);
        for (var i = 1; i < 10; i++)
        {
            await world.BookedAsync(world.Personal, world.Tomorrow.AddHours(i), reconcile: false);
        }

        await Task.WhenAll(world.ReconcileAsync(), second.ReconcileAsync(CancellationToken.None));
        await world.ReconcileAsync();
        world.InZoom.Should().HaveCount(10);
        await world.EditAsync(jo, "Second");
        await world.AdvanceAsync(TimeSpan.FromSeconds(30));
        world.InZoom.Should().ContainSingle(meeting => meeting.Topic == "Second");
        await world.CancelAsync(jo);
        await world.AdvanceAsync(TimeSpan.FromHours(25));

        world.InZoom.Should().HaveCount(9);
        world.Sent.Should().HaveCount(12).And.EndWith([RequestKind.Update, RequestKind.Delete]);
        (await world.UsedAsync()).Should().Be(12);
        world.Failures.Exceptions.Should().BeEmpty();
    }
}
