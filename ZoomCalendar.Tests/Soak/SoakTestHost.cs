using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Connect;
using ZoomCalendar.Tests.Meetings;
using ZoomCalendar.Tests.Testing;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Soak;

/// <summary>
/// The demo's tenant on a folder of its own: its app lives and dies, Zoom's stand-in and the people of this process stay.
/// A life takes as long as the app takes to start, and never longer than <see cref="LongestLife"/>.
/// </summary>
internal sealed class SoakTestHost : IAsyncDisposable
{
    private const string Ben = "ben@demo.test";
    private const string Ada = "ada@demo.test";
    private const string Cleo = "cleo@demo.test";
    private const string BenInZoom = "ben@zoom.test";
    private const string AdaInZoom = "ada@zoom.test";

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(4);
    private static readonly Dictionary<string, string> Zooms = new() { [Ben] = BenInZoom, [Ada] = AdaInZoom, [Cleo] = "cleo@zoom.test" };
    private static readonly RequestKind[] Faulty =
        [RequestKind.Create, RequestKind.Update, RequestKind.Delete, RequestKind.Get, RequestKind.List];

    private readonly AppData _data;
    private readonly SandboxServer _zoom;
    private readonly Random _random;
    private readonly string _because;
    private readonly SandboxMeeting _byHand;
    private readonly List<string> _errors = [];
    private SoakPeople _people = null!;
    private SoakTime _time = null!;
    private int _kills;
    private int _reconnections;

    private SoakTestHost(AppData data, SandboxServer zoom, int seed)
    {
        (_data, _zoom, _random, _because) = (data, zoom, new Random(seed), $"ZOOMCALENDAR_SOAK_SEED={seed}");
        _byHand = zoom.Control.CreateByHand(BenInZoom, "Ben's own", SoakPeople.FirstDay(TimeProvider.System.GetUtcNow()).AddHours(15));
    }

    public string Summary =>
        $"{_kills} kills, {_people.Done} changes, {_time.Requests} counted requests, {_zoom.Control.Requests.Count} in all, "
            + $"{_reconnections} connections lost with a refresh and made anew, {_zoom.Control.Meetings.Count - 1} meetings at rest";

    private TestDatabase Database => _data.Database;

    public static async Task<SoakTestHost> StartAsync(int seed)
    {
        var tenant = new SoakTestHost(
            await AppData.CreateAsync(), await SandboxServer.StartAsync(new SandboxOptions { Port = 0 }, TimeProvider.System), seed);
        await using var app = await AppProcess.StartAsync(tenant._data, tenant._zoom);
        await tenant.ConnectAsync(app, [Ben, Ada]);
        await tenant.Database.WriteAsync(UseZoomAsync);
        tenant._people = await SoakPeople.OfAsync(tenant.Database, tenant._random);
        tenant._time = new SoakTime(tenant.Database, tenant._zoom.Control, Zooms.Values, tenant._because);
        return tenant;
    }

    /// <summary>One life of the app: started, worked with, killed with SIGKILL. Some of what people do, they do while it is dead.</summary>
    public async Task LiveAndDieAsync()
    {
        _zoom.Control.SetRandomFaults(new RandomFaults { Probability = 0.2, Seed = _random.Next(), Kinds = Faulty });
        await using (var app = AppProcess.Launch(_data, _zoom))
        {
            await ReconnectAsync(app);
            await _people.ActAsync(_random.Next(2, 8));
            if (_random.Next(3) == 0)
            {
                _zoom.Control.ExpireAccessTokens(_random.Next(2) == 0 ? BenInZoom : AdaInZoom);
            }

            await UntilSomeMomentAsync();
            await app.KillAsync();
            _errors.AddRange(app.Errors);
        }

        _kills++;
        await _people.ActAsync(_random.Next(2));
        await _time.PassAsync();
    }

    public async Task ComeToRestAsync()
    {
        _zoom.Control.SetRandomFaults(null);
        await _time.PassADayAsync();
        await using var app = await AppProcess.StartAsync(_data, _zoom);
        // An appointment that was moved kept its location and may have got a host who has never connected: until she does, its link waits.
        await ConnectAsync(app, [Cleo]);
        await Eventually.NothingIsLeftAsync(
            async () =>
            {
                // That the last death took a pair of tokens with it is noticed only now.
                await ReconnectAsync(app);
                return await SoakRest.WhatIsLeftAsync(Database);
            },
            LongestRest,
            _because);
        _errors.AddRange(app.Errors);
        _errors.Should().BeEmpty(_because);
    }

    public async Task ShouldAgreeAsync()
    {
        await _time.CountsShouldAgreeAsync();
        await Agreement.ShouldHoldAsync(Database, _zoom.Control.Meetings.Where(meeting => !meeting.ManualChanges), _because);
        _zoom.Control.Meetings.Should().ContainSingle(meeting => meeting.ManualChanges, _because).Which.Should()
            .Be(_byHand, "a meeting that somebody made in Zoom is nobody's business, {0}", _because);
    }

    public async ValueTask DisposeAsync()
    {
        await _zoom.DisposeAsync();
        await _data.DisposeAsync();
    }

    private static async Task UseZoomAsync(ZoomCalendarContext db)
    {
        var hosts = await db.Users.Where(user => user.Email == Ben || user.Email == Ada).Select(user => user.Id).ToListAsync();
        foreach (var calendar in await db.Calendars.Include(calendar => calendar.Members).Where(
            calendar => SoakPeople.Calendars.Contains(calendar.Slug)).ToListAsync())
        {
            foreach (var member in calendar.Members.Where(member => hosts.Contains(member.UserId)))
            {
                calendar.ChangeLocation(member.UserId, MeetingLocation.Zoom);
            }
        }
    }

    /// <summary>
    /// A process that died between Zoom's new pair of tokens and its write took the pair with it: its user has to connect again.
    /// </summary>
    private async Task ReconnectAsync(AppProcess app)
    {
        var lost = await Database.ReadAsync(db => db.ZoomAccounts.Where(
            account => account.State != ZoomAccountState.Connected).Select(account => account.Email).ToListAsync());
        if (lost.Count > 0)
        {
            await app.AnswersAsync();
            await ConnectAsync(app, Zooms.Where(pair => lost.Contains(pair.Value)).Select(pair => pair.Key));
            _reconnections += lost.Count;
        }
    }

    private async Task ConnectAsync(AppProcess app, IEnumerable<string> users)
    {
        foreach (var user in users)
        {
            await new Person(await app.SignedInAsync(user), _zoom).ConnectAsync("northwind", Zooms[user]);
        }
    }

    /// <summary>Some requests later, or not much later if there is nothing to send, and then a little later still.</summary>
    private async Task UntilSomeMomentAsync()
    {
        var (enough, after) = (_zoom.Control.Requests.Count + _random.Next(1, 6), _random.Next(20));
        using var timer = new PeriodicTimer(Moment);
        for (var left = LongestLife / Moment; left > 0 && (_zoom.Control.Requests.Count < enough || after-- > 0); left--)
        {
            if (left % 50 == 0 && _zoom.Control.Requests.Count < enough && !await SoakRest.IsAnythingDueAsync(Database))
            {
                return;
            }

            await timer.WaitForNextTickAsync();
        }
    }
}
