using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Connect;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Startup;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Nodes;

/// <summary>
/// SIGTERM with a request to Zoom in flight: it is finished, no new one starts, and the other work is released at once.
/// </summary>
[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class ShutdownTests : IAsyncLifetime
{
    private const string BenInZoom = "ben@zoom.test";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoomcalendar-");
    private SandboxServer _zoom = null!;
    private TestDatabase _database = null!;

    public async Task InitializeAsync()
    {
        _zoom = await SandboxServer.StartAsync(new SandboxOptions { Port = 0 }, TimeProvider.System);
        _database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
    }

    public async Task DisposeAsync()
    {
        await _zoom.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [DatabaseFact]
    public async Task A_shutdown_finishes_what_is_in_flight_and_releases_every_lease()
    {
        var data = AppData.Of(_folder.FullName, new DatabaseOptions
        {
            Provider = DatabaseProvider.PostgreSql,
            ConnectionString = _database.ConnectionString,
        });
        await using var app = await AppProcess.StartAsync(data, _zoom);
        await new Person(await app.SignedInAsync("ben@demo.test"), _zoom).ConnectAsync("northwind", BenInZoom);
        var northwind = new Northwind(_database);
        await northwind.UseZoomAsync();
        _zoom.Control.Fail(new SandboxFault { Mode = FaultMode.DelayAnswer, Kind = RequestKind.Create, DelayMs = 4_000 });
        await northwind.BookAsync(count: 3);
        await Eventually.HoldsAsync(
            () => _zoom.Control.MeetingsOf(BenInZoom).Count == 1, TimeSpan.FromMinutes(1), "a creation is in flight");

        var exitCode = await app.TerminateAsync(within: Operations.ShutdownTimeout);

        exitCode.Should().Be(0);
        var rows = await _database.ReadAsync(db => db.SlotMeetings.Where(row => row.Start >= Northwind.FirstDay).ToListAsync());
        rows.Should().OnlyContain(row => row.InFlight == null, "no outcome is unresolved");
        rows.Where(row => row.State == SlotMeetingState.Live).Should().ContainSingle().Which.JoinUrl.Should()
            .Be(_zoom.Control.MeetingsOf(BenInZoom).Should().ContainSingle().Subject.JoinUrl);
        rows.Where(row => row.State == SlotMeetingState.Wanted).Should().HaveCount(2, "the rest is handed over");
        (await _database.ReadAsync(db => db.ZoomAccounts.AnyAsync(row => row.WorkLeaseUntil != null || row.RefreshLeaseUntil != null)))
            .Should().BeFalse("nobody has to wait for a lease");
        (await _database.ReadAsync(db => db.Messages.AnyAsync(row => row.LeaseUntil != null))).Should().BeFalse();
    }
}
