using BenchmarkDotNet.Attributes;
using ZoomCalendar.Core.Appointments;

namespace ZoomCalendar.Benchmarks;

/// <summary>
/// The cost does not grow with past appointments. Promise: with 1,000,000 of them at most 1.2 times the cost with 10,000.
/// </summary>
public class PastBenchmarks
{
    private DateTimeOffset _next = World.Now.AddDays(60);
    private World _world = default!;

    [Params(10_000, 1_000_000)]
    public int PastAppointments { get; set; }

    [GlobalSetup]
    public async Task SetupAsync() => _world = await World.CreateAsync(PastAppointments, appointmentsThisMonth: 1_000);

    [GlobalCleanup]
    public Task CleanupAsync() => _world.DisposeAsync().AsTask();

    [Benchmark]
    public Task<int> FreeSlotsOfTheMonth() => FreeSlotBenchmarks.SlotsAsync(_world);

    [Benchmark]
    public Task<BookingOutcome> RoundRobinBooking() => BookAsync(_world, _next += TimeSpan.FromMinutes(30));

    internal static Task<BookingOutcome> BookAsync(World world, DateTimeOffset start) => world.Book.BookAsync(
        new BookRequest { CalendarId = world.RoundRobin, Start = start, Booker = new Booker { Name = "Jo Field" } },
        world.Admin,
        World.Now,
        CancellationToken.None);
}
