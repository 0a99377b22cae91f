using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Races;

/// <summary>
/// 32 requests at once from two processes, a new day each round: never one too many, never one too few, never an error other than "taken".
/// <c>ZOOMCALENDAR_RACE_ROUNDS=200</c> runs them at length.
/// </summary>
public abstract class RaceTests(DatabaseProvider provider, Race race) : IClassFixture<Race>, IAsyncLifetime
{
    private const int Requests = 32;

    private TestTenant _tenant = null!;
    private UserId _ben;
    private UserId _cleo;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync(provider);
        _ben = await _tenant.UserAsync("ben");
        _cleo = await _tenant.UserAsync("cleo");
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task S84_Exactly_one_of_many_requests_gets_the_only_seat()
    {
        var calendar = await CalendarAsync(CalendarType.Personal, [_ben]);

        foreach (var ten in Rounds())
        {
            var results = await RunAsync(Many(_ => Book(calendar, ten)));

            ShouldBeWonBy(1, results);
            await ShouldBeSoundAsync(ten, active: 1);
        }
    }

    [DatabaseFact]
    public async Task S87_Exactly_two_requests_get_the_last_two_of_three_seats()
    {
        var calendar = await CalendarAsync(CalendarType.ClassBooking, [_ben], new BookingRules { Seats = 3 });

        foreach (var ten in Rounds())
        {
            await _tenant.BookedAsync(calendar, ten);

            var results = await RunAsync(Many(_ => Book(calendar, ten)));

            ShouldBeWonBy(2, results);
            await ShouldBeSoundAsync(ten, active: 3);
        }
    }

    [DatabaseFact]
    public async Task S87_Two_at_once_both_find_a_seat_among_three_and_one_finds_the_last()
    {
        var three = await CalendarAsync(CalendarType.ClassBooking, [_ben], new BookingRules { Seats = 3 });
        var one = await CalendarAsync(CalendarType.ClassBooking, [_cleo], new BookingRules());

        foreach (var ten in Rounds())
        {
            ShouldBeWonBy(2, await RunAsync([Book(three, ten), Book(three, ten)]));
            ShouldBeWonBy(1, await RunAsync([Book(one, ten), Book(one, ten)]));
            await ShouldBeSoundAsync(ten, active: 3);
        }
    }

    [DatabaseFact]
    public async Task Exactly_one_of_several_overlapping_times_is_booked()
    {
        var rules = new BookingRules { LengthMinutes = 60, IntervalMinutes = 15 };
        var calendars = new[] { await CalendarAsync(CalendarType.Personal, [_ben], rules), await CalendarAsync(
            CalendarType.ClassBooking, [_ben], rules) };

        foreach (var ten in Rounds())
        {
            var results = await RunAsync(Many(index => Book(calendars[index / 2 % 2], ten.AddMinutes(15 * (index / 4 % 4)))));

            ShouldBeWonBy(1, results);
            await ShouldBeSoundAsync(ten, active: 1);
        }
    }

    [DatabaseFact]
    public async Task Exactly_one_request_gets_the_last_place_of_a_day()
    {
        var calendar = await CalendarAsync(CalendarType.RoundRobin, [_ben, _cleo], new BookingRules { DayLimit = 3 });

        foreach (var ten in Rounds())
        {
            await _tenant.BookedAsync(calendar, ten, builder => builder.Request = builder.Request with { HostId = _ben });
            await _tenant.BookedAsync(calendar, ten, builder => builder.Request = builder.Request with { HostId = _cleo });

            var results = await RunAsync(Many(index =>
                Book(calendar, ten.AddMinutes(30 * (1 + (index / 4)))) with { Host = (index / 2 % 2 == 0 ? _ben : _cleo).Value }));

            ShouldBeWonBy(1, results);
            await ShouldBeSoundAsync(ten, active: 3);
        }
    }

    [DatabaseFact]
    public async Task A_collective_booking_and_a_members_own_booking_do_not_both_succeed()
    {
        var together = await CalendarAsync(CalendarType.Collective, [_ben, _cleo]);
        var cleos = await CalendarAsync(CalendarType.Personal, [_cleo]);

        foreach (var ten in Rounds())
        {
            var results = await RunAsync(Many(index => Book(index / 2 % 2 == 0 ? together : cleos, ten)));

            ShouldBeWonBy(1, results);
            await ShouldBeSoundAsync(ten, active: 1);
        }
    }

    [DatabaseFact]
    public async Task The_last_seats_of_an_event_without_a_host_are_each_booked_once()
    {
        var calendar = await _tenant.CalendarAsync(
            CalendarType.Event,
            [],
            new BookingRules { Seats = 5, HorizonDays = 730 },
            change: calendar => calendar.Hours = AvailabilityJson.Serialize(Availability.Always("Etc/UTC")));

        foreach (var ten in Rounds())
        {
            ShouldBeWonBy(5, await RunAsync(Many(_ => Book(calendar, ten))));
        }
    }

    [DatabaseFact]
    public async Task An_appointment_cancelled_during_a_move_is_cancelled_once_and_frees_both_times()
    {
        var calendar = await CalendarAsync(CalendarType.Personal, [_ben]);

        foreach (var ten in Rounds())
        {
            var id = await _tenant.BookedAsync(calendar, ten);

            var results = await RunAsync(Many(index =>
                new RaceAttempt(index / 2 % 2 == 0 ? RaceVerb.Cancel : RaceVerb.Move, ten.AddHours(2)) { Appointment = id.Value }));

            results.Should().OnlyContain(result => result.Succeeded || result.Message.StartsWith("This appointment was cancelled."));
            results.Count(result => result.Succeeded).Should().BeGreaterThanOrEqualTo(Requests / 2, "a cancellation always succeeds");
            (await _tenant.AppointmentAsync(id)).Status.Should().Be(AppointmentStatus.Cancelled);
            (await _tenant.Database.ReadAsync(db => db.Events.CountAsync(
                entry => entry.AppointmentId == id && entry.Kind == EventKind.AppointmentCancelled))).Should().Be(1);
            await ShouldBeSoundAsync(ten, active: 0);
            await _tenant.BookedAsync(calendar, ten);
            await _tenant.BookedAsync(calendar, ten.AddHours(2));
        }
    }

    [DatabaseFact]
    public async Task A_seat_that_is_being_cancelled_is_booked_at_most_once()
    {
        var calendar = await CalendarAsync(CalendarType.Personal, [_ben]);

        foreach (var ten in Rounds())
        {
            var id = await _tenant.BookedAsync(calendar, ten);

            var results = await RunAsync(Many(index =>
                index == Requests / 2 ? new RaceAttempt(RaceVerb.Cancel, ten) { Appointment = id.Value } : Book(calendar, ten)));

            results.Should().OnlyContain(result => result.Succeeded || result.Refusal == Refusal.Taken);
            var winners = results.Count(result => result.Succeeded) - 1;
            winners.Should().BeInRange(0, 1);
            (await _tenant.BookAsync(calendar, ten)).Succeeded.Should().Be(winners == 0);
            await ShouldBeSoundAsync(ten, active: 1);
        }
    }

    private static IEnumerable<DateTimeOffset> Rounds() =>
        Enumerable.Range(0, Race.Rounds).Select(round => TestTenant.Monday.AddHours(2).AddDays(round));

    private static RaceAttempt[] Many(Func<int, RaceAttempt> attempt) => [.. Enumerable.Range(0, Requests).Select(attempt)];

    private static RaceAttempt Book(CalendarId calendar, DateTimeOffset start) => new(RaceVerb.Book, start) { Calendar = calendar.Value };

    private static void ShouldBeWonBy(int winners, IReadOnlyList<RaceResult> results)
    {
        results.Should().OnlyContain(result => result.Succeeded || result.Refusal == Refusal.Taken);
        results.Count(result => result.Succeeded).Should().Be(winners);
    }

    private Task<IReadOnlyList<RaceResult>> RunAsync(IReadOnlyList<RaceAttempt> attempts) => race.RunAsync(_tenant, attempts);

    private Task<CalendarId> CalendarAsync(CalendarType type, IReadOnlyList<UserId> members, BookingRules? rules = null) =>
        _tenant.CalendarAsync(type, members, (rules ?? new BookingRules()) with { HorizonDays = 730 });

    private async Task ShouldBeSoundAsync(DateTimeOffset ten, int active)
    {
        await using var db = _tenant.Database.CreateDbContext();
        await Soundness.CheckAsync(db, ten, active);
    }
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteRaceTests(Race race) : RaceTests(DatabaseProvider.Sqlite, race);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlRaceTests(Race race) : RaceTests(DatabaseProvider.PostgreSql, race);
