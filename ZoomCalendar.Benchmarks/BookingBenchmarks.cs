using BenchmarkDotNet.Attributes;
using ZoomCalendar.Core.Appointments;

namespace ZoomCalendar.Benchmarks;

/// <summary>
/// Compares a booking's transaction with a hand-written one that writes the same rows with the same durability. Promise: at most twice.
/// </summary>
public class BookingBenchmarks
{
    private World _world = default!;
    private BookingRace _race = default!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _world = await World.CreateAsync();
        _race = await BookingRace.PrepareAsync(_world);
    }

    [GlobalCleanup]
    public Task CleanupAsync() => _world.DisposeAsync().AsTask();

    [Benchmark(Baseline = true)]
    public void HandWritten() => _race.ManualChanges(askFirst: true);

    [Benchmark]
    public void HandWrittenWithoutAsking() => _race.ManualChanges(askFirst: false);

    [Benchmark]
    public Task<BookingOutcome> Booked() => _race.BookAsync();
}

/// <summary>Books in sequence. Each variant has its own personal calendar, so that both read the same number of rows.</summary>
public sealed class BookingRace
{
    // Half of the host's time is booked: 49 appointments in the days that a booking reads.
    private static readonly TimeSpan Step = TimeSpan.FromHours(1);

    private readonly World _world;
    private HandWrittenBooking _hand = default!;
    private DateTimeOffset _booked = World.Now;
    private DateTimeOffset _byHand = World.Now;

    private BookingRace(World world) => _world = world;

    public static async Task<BookingRace> PrepareAsync(World world)
    {
        var race = new BookingRace(world);
        var first = await race.BookAsync(calendar: 1, race._byHand += Step);
        race._hand = await HandWrittenBooking.PrepareAsync(world, first.AppointmentId!.Value, world.Personal[1]);
        return race;
    }

    public void ManualChanges(bool askFirst) => _hand.Run(_byHand += Step, askFirst);

    public Task<BookingOutcome> BookAsync() => BookAsync(calendar: 0, _booked += Step);

    private async Task<BookingOutcome> BookAsync(int calendar, DateTimeOffset start)
    {
        var outcome = await _world.Book.BookAsync(
            new BookRequest { CalendarId = _world.Personal[calendar], Start = start, Booker = new Booker { Name = "Jo Field" } },
            _world.Admin,
            World.Now,
            CancellationToken.None);
        return outcome.Succeeded ? outcome : throw new InvalidOperationException(outcome.ForStaff.Text);
    }
}
