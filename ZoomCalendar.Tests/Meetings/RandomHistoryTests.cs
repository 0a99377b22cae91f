using FsCheck.Xunit;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Sandbox;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>
/// Random histories of two hosts who share one Zoom account and a third with one of her own, against what must be true at rest and against
/// the least requests.
/// </summary>
public sealed class RandomHistoryTests
{
    private const int Steps = 40;

    [Property(MaxTest = 5)]
    public async Task With_faults_and_crashes_everything_agrees_in_the_end(int seed)
    {
        await using var history = await History.StartAsync(seed);
        await history.BeginBeforeMidnightAsync();
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
    public async Task Without_faults_nothing_needless_is_sent(int seed)
    {
        await using var history = await History.StartAsync(seed);
        var least = new LeastRequests();

        for (var step = 0; step < Steps; step++)
        {
            await history.StepAsync();
            least.Note(history.World.Now, await history.ActiveAsync());
            await history.World.ReconcileAsync();
        }

        await history.World.AdvanceAsync(TimeSpan.FromMinutes(6));
        least.Note(history.World.Now, await history.ActiveAsync());
        var sent = history.World.Sent;
        sent.Count(kind => kind is RequestKind.Create).Should().Be(least.Creations, $"seed {seed}");
        sent.Count(kind => kind is RequestKind.Delete).Should().Be(least.Deletions, $"seed {seed}");
        sent.Count(kind => kind is RequestKind.Update).Should().BeLessThanOrEqualTo(least.Updates, $"seed {seed}");
        await history.ShouldAgreeAsync();
    }

    /// <summary>Written apart from the planner: what a person with a list of slots would send, and when.</summary>
    private sealed class LeastRequests
    {
        private readonly Dictionary<Slot, (string Content, DateTimeOffset? First, DateTimeOffset? Last)> _inZoom = [];

        public int Creations { get; private set; }

        public int Updates { get; private set; }

        public int Deletions { get; private set; }

        public void Note(DateTimeOffset now, ILookup<Slot, Appointment> active)
        {
            foreach (var slot in _inZoom.Keys.Where(slot => !active.Contains(slot)).ToList())
            {
                _inZoom.Remove(slot);
                Deletions++;
            }

            foreach (var seats in active)
            {
                var content = $"{seats.OrderBy(seat => seat.CreatedAt).ThenBy(seat => seat.Id.Value).First().Title}/{seats.Max(seat => seat.End)}";
                if (!_inZoom.TryGetValue(seats.Key, out var known))
                {
                    Creations++;
                    _inZoom[seats.Key] = (content, null, null);
                }
                else if (known.Last is null && content != known.Content)
                {
                    _inZoom[seats.Key] = known with { First = now, Last = now };
                }
                else if (known is { First: { } first, Last: { } last } && (now >= last.AddSeconds(30) || now >= first.AddMinutes(5)))
                {
                    Updates += content == known.Content ? 0 : 1;
                    _inZoom[seats.Key] = (content, null, null);
                }
            }
        }
    }

    private sealed class History(ZoomWorld world, int seed) : IAsyncDisposable
    {
        private const string Dora = "dora";
        private const string DoraInZoom = "dora@other.test";
        private const int UsedBefore = 88;

        private readonly Random _random = new(seed);
        private readonly HashSet<string> _dropped = [];
        private MeetingReconciler _process = world.Reconciler;
        private CalendarId _robin;

        public ZoomWorld World => world;

        public static async Task<History> StartAsync(int seed)
        {
            var world = await ZoomWorld.CreateAsync();
            var cleo = await world.Studio.UserAsync("cleo");
            await world.Studio.ConnectAsync(cleo, ZoomWorld.Key);
            var dora = await world.Studio.UserAsync("dora");
            await world.ConnectAsync(dora, Dora, DoraInZoom);
            return new History(world, seed) { _robin = await world.Studio.CalendarAsync(CalendarType.RoundRobin, [world.Ben, cleo, dora], new BookingRules { Seats = 2 }) };
        }

        /// <summary>Shortly before 00:00 UTC, on a day that has few requests left.</summary>
        public async Task BeginBeforeMidnightAsync()
        {
            world.Clock.Advance(TimeSpan.FromHours(15.75));
            world.Studio.Now = world.Now;
            var day = DateOnly.FromDateTime(world.Now.UtcDateTime);
            world.Control.SetCount(ZoomWorld.Zoom, UsedBefore);
            await world.Studio.Database.WriteAsync(db => db.QuotaDays.AddAsync(new QuotaDay { ZoomUserKey = ZoomWorld.Key, Day = day, Used = UsedBefore }).AsTask());
        }

        /// <summary>Now and then somebody deletes a meeting in Zoom; only half of the time the app is told.</summary>
        public async Task DeleteByHandAsync()
        {
            if (_random.Next(10) > 0 || world.InZoom.Count == 0)
            {
                return;
            }

            var id = world.InZoom[_random.Next(world.InZoom.Count)].Id;
            world.Control.DeleteByHand(id);
            if (_random.Next(2) == 0)
            {
                await world.Studio.Database.WriteAsync(async db => (await db.SlotMeetings.Where(row => row.ZoomMeetingId == id).ToListAsync()).ForEach(row => row.AskToLook(world.Now)));
            }
        }

        /// <summary>Somebody does something, or time passes. What is refused is refused.</summary>
        public async Task StepAsync()
        {
            var all = await world.Studio.Database.ReadAsync(db => db.Appointments.AsNoTracking().OrderBy(row => row.Id).ToListAsync());
            var (studio, some) = (world.Studio, all.Count == 0 ? null : all[_random.Next(all.Count)]);
            switch (_random.Next(10))
            {
                case < 3:
                    await studio.BookAsync(Calendar(), Start(), builder => builder.Request = builder.Request with { Title = Title(), Override = BookingOverride.Staff });
                    break;

                case 3 when some is not null:
                    await studio.MoveAsync(some.Id, Start());
                    break;

                case 4 when some is not null:
                    await studio.CancelAsync(some.Id);
                    break;

                case 5 when some is { IsActive: false }:
                    await studio.Book.SetStatusAsync(some.Id, null, AppointmentStatus.Confirmed, studio.AsAdmin, world.Now, CancellationToken.None);
                    break;

                case 5 or 6 when some is { IsActive: true }:
                    await studio.Book.EditAsync(
                        new EditRequest(some.Id, some.Version) { Title = Title(), Booker = some.Booker, LengthMinutes = _random.Next(2) == 0 ? 30 : 60 }, studio.AsAdmin, world.Now, CancellationToken.None);
                    break;

                default:
                    world.Clock.Advance(TimeSpan.FromSeconds(_random.Next(4) switch { 0 => 1, 1 => 15, 2 => 31, _ => 400 }));
                    studio.Now = world.Now;
                    break;
            }

            await RememberDroppedAsync();
        }

        public async Task ReconcileDyingAsync()
        {
            var diesAt = _random.Next(3) == 0 ? (WorkStep?)_random.Next(6) : null;
            _process.Reached = step => _ = step == diesAt ? throw new InvalidOperationException("The process dies.") : step;
            await _process.ReconcileAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
            if (diesAt is not null)
            {
                _process = world.NewProcess();
            }
        }

        public async Task SettleAsync()
        {
            _process = world.NewProcess();
            await SettleAsync(rounds: 90);
            // Nobody told of every deletion by hand: the daily sweep notices the rest.
            await world.Studio.Database.ReadAsync(db => db.ZoomAccounts.ExecuteUpdateAsync(set => set.SetProperty(account => account.LastSweptAt, (DateTimeOffset?)null)));
            await SettleAsync(rounds: 10);
        }

        private async Task SettleAsync(int rounds)
        {
            for (var i = 0; i < rounds; i++)
            {
                world.Clock.Advance(TimeSpan.FromSeconds(31));
                world.Studio.Now = world.Now;
                await _process.ReconcileAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
            }
        }

        public async Task<ILookup<Slot, Appointment>> ActiveAsync() =>
            (await world.Studio.Database.ReadAsync(db => db.Appointments.AsNoTracking().ToListAsync())).Where(row => row.UsesZoom).ToLookup(row => row.Slot);

        public async Task ShouldAgreeAsync()
        {
            var because = $"seed {seed}";
            await Agreement.ShouldHoldAsync(world.Studio.Database, world.InZoom, because);
            _dropped.Should().NotIntersectWith(world.InZoom.Select(meeting => meeting.JoinUrl), because);
            world.Control.Counts.Should().OnlyContain(count => count.Count <= 100, because);
            foreach (var count in world.Control.Counts)
            {
                var key = count.User == DoraInZoom ? Dora : ZoomWorld.Key;
                var used = await world.Studio.Database.ReadAsync(db => db.QuotaDays.Where(quota => quota.ZoomUserKey == key && quota.Day == count.Day).SumAsync(quota => quota.Used));
                count.Count.Should().BeLessThanOrEqualTo(used, "each request lands on the day that it was counted on, {0}", because);
            }
        }

        public ValueTask DisposeAsync() => world.DisposeAsync();

        private async Task RememberDroppedAsync() =>
            _dropped.UnionWith((await world.Studio.MeetingsAsync()).Where(row => row is { IsCurrent: false, JoinUrl: not null }).Select(row => row.JoinUrl!));

        private CalendarId Calendar() => _random.Next(3) switch { 0 => world.Class, 1 => world.Personal, _ => _robin };

        private DateTimeOffset Start() => world.Tomorrow.AddHours(_random.Next(6));

        // On calendars with several seats the title is not told to Zoom.
        private string Title() => $"Title {_random.Next(4)}";
    }
}
