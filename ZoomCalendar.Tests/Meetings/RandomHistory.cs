using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>
/// What may happen to the slots of four hosts in two sub-accounts: three of them share one Zoom account, the fourth has one of her own.
/// Begins a quarter of an hour before 00:00 UTC, on a day of which some requests are used already.
/// </summary>
internal sealed class RandomHistory : IAsyncDisposable
{
    private const string Dora = "dora";
    private const string DoraInZoom = "dora@other.test";
    private static readonly int[] UsedBefore = [0, 75, 88, 97];

    private readonly int _seed;
    private readonly Random _random;
    private readonly HashSet<string> _dropped = [];
    private readonly Dictionary<CalendarId, (TestTenant TestTenant, TimeSpan Past)> _calendars = [];
    private UserId _dora;
    private MeetingReconciler _process;

    private RandomHistory(ZoomTestHost zoomHost, int seed) =>
        (World, _seed, _random, _process) = (zoomHost, seed, new Random(seed), zoomHost.Reconciler);

    public ZoomTestHost World { get; }

    public string Because => $"seed {_seed}";

    /// <summary>Of the account that three share, on the day it begins.</summary>
    public int Used { get; private set; }

    public static async Task<RandomHistory> StartAsync(int seed)
    {
        var zoomHost = await ZoomTestHost.CreateAsync();
        var cleo = await zoomHost.TestTenant.UserAsync("cleo");
        await zoomHost.TestTenant.ConnectAsync(cleo, ZoomTestHost.Key);
        var dora = await zoomHost.TestTenant.UserAsync("dora");
        await zoomHost.ConnectAsync(dora, Dora, DoraInZoom);
        var branch = await TestTenant.CreateAsync(zoomHost.TestTenant.Database, "branch");
        var fay = await branch.UserAsync("fay");
        await branch.ConnectAsync(fay, ZoomTestHost.Key);
        var history = new RandomHistory(zoomHost, seed) { _dora = dora };

        // No two meetings of a Zoom account start at the same time, so that there is one right order.
        history._calendars[zoomHost.Class] = (zoomHost.TestTenant, TimeSpan.Zero);
        history._calendars[zoomHost.Personal] = (zoomHost.TestTenant, TimeSpan.FromMinutes(30));
        history._calendars[await zoomHost.TestTenant.CalendarAsync(
            CalendarType.RoundRobin, [cleo, dora], new BookingRules { Seats = 2 })] = (zoomHost.TestTenant, TimeSpan.FromMinutes(15));
        history._calendars[await branch.CalendarAsync(
            CalendarType.ClassBooking, [fay], new BookingRules { Seats = 2 })] = (branch, TimeSpan.FromMinutes(45));
        await history.BeginBeforeMidnightAsync();
        return history;
    }

    /// <summary>What Zoom is told by name: the title on one-seat calendars, else the calendar's name, which stays as it is.</summary>
    public string TopicOf(IReadOnlyList<Appointment> seats) => seats[0].CalendarId == World.Personal ? seats[0].Title : "";

    public string AccountOf(Appointment appointment) => appointment.HostId == _dora ? Dora : ZoomTestHost.Key;

    public IReadOnlyList<RequestKind> SentTo(string account) =>
    [
        .. World.Control.Requests
            .Where(request => request.Counted && request.User == (account == Dora ? DoraInZoom : ZoomTestHost.Zoom))
            .Select(request => request.Kind),
    ];

    public DateOnly Day => DateOnly.FromDateTime(World.Now.UtcDateTime);

    public IEnumerable<string> Accounts => [ZoomTestHost.Key, Dora];

    /// <summary>Now and then somebody deletes a meeting in Zoom; only half of the time the app is told.</summary>
    public async Task DeleteByHandAsync()
    {
        if (_random.Next(10) > 0 || World.InZoom.Count == 0)
        {
            return;
        }

        var id = World.InZoom[_random.Next(World.InZoom.Count)].Id;
        World.Control.DeleteByHand(id);
        if (_random.Next(2) == 0)
        {
            await World.TestTenant.Database.WriteAsync(async db => (await db.SlotMeetings.Where(
                row => row.ZoomMeetingId == id).ToListAsync()).ForEach(row => row.RequestInspection(World.Now)));
        }
    }

    /// <summary>Somebody does something, or time passes. What is refused is refused.</summary>
    public async Task StepAsync()
    {
        var all = await World.TestTenant.Database.ReadAsync(db => db.Appointments.AsNoTracking().OrderBy(row => row.Id).ToListAsync());
        var some = all.Count == 0 ? null : all[_random.Next(all.Count)];
        var calendar = some is null || _random.Next(3) == 0 ? _calendars.Keys.ElementAt(_random.Next(_calendars.Count)) : some.CalendarId;
        var tenant = _calendars[calendar].TestTenant;
        switch (_random.Next(10))
        {
            case < 3:
                await tenant.BookAsync(calendar, Start(calendar), builder => builder.Request = builder.Request with
                {
                    Title = Title(),
                    Override = BookingOverride.Staff,
                });
                break;

            case 3 when some is not null:
                await StudioOf(some).MoveAsync(some.Id, Start(some.CalendarId));
                break;

            case 4 when some is not null:
                await StudioOf(some).CancelAsync(some.Id);
                break;

            case 5 when some is { IsActive: false }:
                await StudioOf(some).Book.SetStatusAsync(
                    some.Id, null, AppointmentStatus.Confirmed, StudioOf(some).AsAdmin, World.Now, CancellationToken.None);
                break;

            case 5 or 6 when some is { IsActive: true }:
                var edit = new EditRequest(some.Id, some.Version)
                {
                    Title = Title(),
                    Booker = some.Booker,
                    LengthMinutes = _random.Next(2) == 0 ? 15 : 30,
                };
                await StudioOf(some).Book.EditAsync(edit, StudioOf(some).AsAdmin, World.Now, CancellationToken.None);
                break;

            default:
                Advance(TimeSpan.FromSeconds(_random.Next(4) switch { 0 => 1, 1 => 15, 2 => 31, _ => 400 }));
                break;
        }

        await RememberDroppedAsync();
    }

    public void Advance(TimeSpan by)
    {
        World.Clock.Advance(by);
        foreach (var (tenant, _) in _calendars.Values)
        {
            tenant.Now = World.Now;
        }
    }

    public async Task ReconcileDyingAsync()
    {
        var diesAt = _random.Next(3) == 0 ? (ReconcilerStep?)_random.Next(6) : null;
        _process.Reached = step => _ = step == diesAt ? throw new InvalidOperationException("The process dies.") : step;
        await _process.ReconcileAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        if (diesAt is not null)
        {
            _process = World.NewProcess();
        }
    }

    public async Task SettleAsync()
    {
        _process = World.NewProcess();
        await SettleAsync(rounds: 90);
        // Nobody told of every deletion by hand: the daily sweep notices the rest.
        await World.TestTenant.Database.ReadAsync(
            db => db.ZoomAccounts.ExecuteUpdateAsync(set => set.SetProperty(account => account.LastSweptAt, (DateTimeOffset?)null)));
        await SettleAsync(rounds: 10);
    }

    private async Task SettleAsync(int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            Advance(TimeSpan.FromSeconds(31));
            await _process.ReconcileAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    public async Task<ILookup<Slot, Appointment>> ActiveAsync() =>
        (await World.TestTenant.Database.ReadAsync(db => db.Appointments.AsNoTracking().ToListAsync())).Where(row => row.UsesZoom)
            .ToLookup(row => row.Slot);

    public async Task ShouldAgreeAsync()
    {
        await Agreement.ShouldHoldAsync(World.TestTenant.Database, World.InZoom, Because);
        _dropped.Should().NotIntersectWith(World.InZoom.Select(meeting => meeting.JoinUrl), Because);
        World.Control.Counts.Should().OnlyContain(count => count.Count <= 100, Because);
        foreach (var count in World.Control.Counts)
        {
            var key = count.User == DoraInZoom ? Dora : ZoomTestHost.Key;
            var used = await World.TestTenant.Database.ReadAsync(
                db => db.QuotaDays.Where(quota => quota.ZoomUserKey == key && quota.Day == count.Day).SumAsync(quota => quota.Used));
            count.Count.Should().BeLessThanOrEqualTo(used, "each request lands on the day that it was counted on, {0}", Because);
        }
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();

    private async Task RememberDroppedAsync() =>
        _dropped.UnionWith((await World.TestTenant.MeetingsAsync()).Where(
            row => row is { IsCurrent: false, JoinUrl: not null }).Select(row => row.JoinUrl!));

    private TestTenant StudioOf(Appointment appointment) => _calendars[appointment.CalendarId].TestTenant;

    private DateTimeOffset Start(CalendarId calendar) => World.Tomorrow.AddHours(_random.Next(6)) + _calendars[calendar].Past;

    /// <summary>Shortly before 00:00 UTC; most days have few requests left.</summary>
    private async Task BeginBeforeMidnightAsync()
    {
        Advance(TimeSpan.FromHours(15.75));
        Used = UsedBefore[_random.Next(UsedBefore.Length)];
        World.Control.SetCount(ZoomTestHost.Zoom, Used);
        await World.TestTenant.Database.WriteAsync(
            db => db.QuotaDays.AddAsync(new QuotaDay { ZoomUserKey = ZoomTestHost.Key, Day = Day, Used = Used }).AsTask());
    }

    // Few, so that they come back: what is taken back in time is not sent.
    private string Title() => $"Title {_random.Next(4)}";
}
