using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>The engine's statements on the other database.</summary>
[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlEngineTests
{
    [DatabaseFact]
    public async Task A_link_lives_from_booking_to_cancellation_with_two_processes_at_work()
    {
        await using var zoomHost = await ZoomTestHost.CreateAsync(DatabaseProvider.PostgreSql);
        var second = zoomHost.NewProcess();
        var jo = await zoomHost.BookedAsync(zoomHost.Personal, zoomHost.Tomorrow, "First", reconcile: false);
        for (var i = 1; i < 10; i++)
        {
            await zoomHost.BookedAsync(zoomHost.Personal, zoomHost.Tomorrow.AddHours(i), reconcile: false);
        }

        await Task.WhenAll(zoomHost.ReconcileAsync(), second.ReconcileAsync(CancellationToken.None));
        await zoomHost.ReconcileAsync();
        zoomHost.InZoom.Should().HaveCount(10);
        await zoomHost.EditAsync(jo, "Second");
        await zoomHost.AdvanceAsync(TimeSpan.FromSeconds(30));
        zoomHost.InZoom.Should().ContainSingle(meeting => meeting.Topic == "Second");
        await zoomHost.CancelAsync(jo);
        await zoomHost.AdvanceAsync(TimeSpan.FromHours(25));

        zoomHost.InZoom.Should().HaveCount(9);
        zoomHost.Sent.Should().HaveCount(12).And.EndWith([RequestKind.Update, RequestKind.Delete]);
        (await zoomHost.UsedAsync()).Should().Be(12);
        zoomHost.Failures.Exceptions.Should().BeEmpty();
    }
}
