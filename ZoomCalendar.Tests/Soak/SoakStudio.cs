using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Connect;
using ZoomCalendar.Tests.Meetings;
using ZoomCalendar.Tests.Testing;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Soak;

/// <summary>The demo's studio on a folder of its own: its app lives and dies, Zoom's stand-in and the people of this process stay.</summary>
internal sealed class SoakStudio : IAsyncDisposable
{
    private const string BenInZoom = "ben@zoom.test";
    private const string AdaInZoom = "ada@zoom.test";
    private const int EnoughForADay = 60;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(5);
    private static readonly RequestKind[] Faulty = [RequestKind.Create, RequestKind.Update, RequestKind.Delete, RequestKind.Get, RequestKind.List];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoomcalendar-soak-");
    private readonly SandboxServer _zoom;
    private readonly TestDatabase _database;
    private readonly Random _random;
    private readonly string _because;
    private readonly SandboxMeeting _byHand;
    private SoakPeople _people = null!;
    private int _kills;
    private int _requests;

    private SoakStudio(SandboxServer zoom, int seed)
    {
        (_zoom, _random, _because) = (zoom, new Random(seed), $"ZOOMCALENDAR_SOAK_SEED={seed}");
        _database = TestDatabase.Open(DatabaseProvider.Sqlite, $"Data Source={Path.Combine(_folder.FullName, "zoomcalendar.db")}");
        _byHand = zoom.Control.CreateByHand(BenInZoom, "Ben's own", SoakPeople.FirstDay(TimeProvider.System.GetUtcNow()).AddHours(15));
    }

    public string Summary => $"{_kills} kills, {_people.Done} changes, {_requests + Today} counted requests, {_zoom.Control.Requests.Count} in all, {_zoom.Control.Meetings.Count - 1} meetings at rest";

    private int Today => _zoom.Control.CountToday(BenInZoom) + _zoom.Control.CountToday(AdaInZoom);

    public static async Task<SoakStudio> StartAsync(int seed)
    {
        var studio = new SoakStudio(await SandboxServer.StartAsync(new SandboxOptions { Port = 0 }, TimeProvider.System), seed);
        await using var app = await studio.AppAsync();
        await new Person(await app.SignedInAsync("ben@demo.test"), studio._zoom).ConnectAsync("northwind", BenInZoom);
        await new Person(await app.SignedInAsync("ada@demo.test"), studio._zoom).ConnectAsync("northwind", AdaInZoom);
        await studio._database.WriteAsync(UseZoomAsync);
        studio._people = await SoakPeople.OfAsync(studio._database, studio._random);
        return studio;
    }

    /// <summary>One life of the app: started, worked with, killed with SIGKILL. Some of what people do, they do while it is dead.</summary>
    public async Task LiveAndDieAsync()
    {
        _zoom.Control.SetRandomFaults(new RandomFaults { Probability = 0.2, Seed = _random.Next(), Kinds = Faulty });
        await using (var app = await AppAsync())
        {
            await _people.ActAsync(_random.Next(2, 8));
            await UntilSomeMomentAsync();
            await app.KillAsync();
        }

        _kills++;
        await _people.ActAsync(_random.Next(2));
        await LetTimePassAsync();
    }

    public async Task ComeToRestAsync()
    {
        _zoom.Control.SetRandomFaults(null);
        await using var app = await AppAsync();
        await Eventually.HoldsAsync(IsAtRestAsync, TimeSpan.FromMinutes(4), $"nothing is due, {_because}");
    }

    public async Task ShouldAgreeAsync()
    {
        await CountsShouldAgreeAsync();
        await Agreement.ShouldHoldAsync(_database, _zoom.Control.Meetings.Where(meeting => !meeting.ByHand), _because);
        _zoom.Control.Meetings.Should().ContainSingle(meeting => meeting.ByHand, _because).Which.Should().Be(_byHand, "a meeting that somebody made in Zoom is nobody's business, {0}", _because);
    }

    public async ValueTask DisposeAsync()
    {
        await _zoom.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private static async Task UseZoomAsync(ZoomCalendarContext db)
    {
        var hosts = await db.Users.Where(user => user.Email == "ben@demo.test" || user.Email == "ada@demo.test").Select(user => user.Id).ToListAsync();
        foreach (var calendar in await db.Calendars.Include(calendar => calendar.Members).Where(calendar => SoakPeople.Calendars.Contains(calendar.Slug)).ToListAsync())
        {
            foreach (var member in calendar.Members.Where(member => hosts.Contains(member.UserId)))
            {
                calendar.ChangeLocation(member.UserId, MeetingLocation.Zoom);
            }
        }
    }

    private Task<AppProcess> AppAsync() => AppProcess.StartAsync(_folder.FullName, _zoom);

    /// <summary>Some requests later, or not much later if there is nothing to send, and then a little later still.</summary>
    private async Task UntilSomeMomentAsync()
    {
        var (enough, after) = (_zoom.Control.Requests.Count + _random.Next(1, 5), _random.Next(12));
        using var timer = new PeriodicTimer(Moment);
        for (var left = 300; left > 0 && (_zoom.Control.Requests.Count < enough || after-- > 0); left--)
        {
            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>
    /// The minute until a dead process's lease lapses and a failing account is tried again: waiting for it, most kills would meet an app
    /// that waits as well. Now and then a whole day, so that there are requests left, for Zoom and for us.
    /// </summary>
    private async Task LetTimePassAsync()
    {
        await _database.ReadAsync(db => db.ZoomAccounts.ExecuteUpdateAsync(set => set
            .SetProperty(account => account.WorkLeaseUntil, (DateTimeOffset?)null)
            .SetProperty(account => account.BackoffUntil, (DateTimeOffset?)null)));
        // The planner knows what must wait longer.
        var now = TimeProvider.System.GetUtcNow();
        await _database.ReadAsync(db => db.SlotMeetings.Where(row => row.NextActionAt > now && (row.State == SlotMeetingState.Unwanted || row.WaitingFor == WaitingFor.ZoomDown))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextActionAt, (DateTimeOffset?)now)));
        if (_zoom.Control.Counts.Any(count => count.Count > EnoughForADay))
        {
            await CountsShouldAgreeAsync();
            _requests += Today;
            await _database.ReadAsync(db => db.QuotaDays.ExecuteDeleteAsync());
            _zoom.Control.SetCount(BenInZoom, 0);
            _zoom.Control.SetCount(AdaInZoom, 0);
        }
    }

    private async Task CountsShouldAgreeAsync()
    {
        foreach (var email in new[] { BenInZoom, AdaInZoom })
        {
            var key = await _database.ReadAsync(db => db.ZoomAccounts.Where(account => account.Email == email).Select(account => account.Key).SingleAsync());
            var counted = await _database.ReadAsync(db => db.QuotaDays.Where(quota => quota.ZoomUserKey == key).SumAsync(quota => quota.Used));
            _zoom.Control.CountToday(email).Should().BeLessThanOrEqualTo(counted, "each request is counted before it leaves, {0}", _because).And.BeLessThanOrEqualTo(100, _because);
        }
    }

    private async Task<bool> IsAtRestAsync() => await _database.ReadAsync(async db =>
        !await db.SlotMeetings.AnyAsync(row => row.NextActionAt != null || row.InFlight != null)
        && !await db.ZoomAccounts.AnyAsync(account => account.LastSweptAt == null || account.WorkLeaseUntil != null));
}
