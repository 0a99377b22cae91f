using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Api;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Races;

/// <summary>
/// The races of <see cref="RaceTests"/> as programs run them: 32 HTTP requests at once, answered 200 or "no longer available" and nothing
/// else.
/// </summary>
public abstract class HttpRaceTests(HttpRaceHost fixture) : IAsyncLifetime
{
    private const int Requests = 32;
    private const string Appointments = "/calendars/events/appointments";

    private ApiHost _host = null!;
    private string _contact = "";
    private UserId _ben;
    private UserId _cleo;

    public async Task InitializeAsync()
    {
        _host = await fixture.StartedAsync();
        _contact = await _host.NewContactAsync();
        (_ben, _cleo) = (await PersonAsync(), await PersonAsync());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [DatabaseFact]
    public async Task S84_Exactly_one_of_many_requests_gets_the_only_seat()
    {
        var calendar = await CalendarAsync(CalendarType.Personal, [_ben]);

        foreach (var ten in Rounds())
        {
            ShouldBeWonBy(1, await RaceAsync(_ => BookAsync(calendar, ten)));
            await ShouldBeSoundAsync(ten, 1, calendar);
        }
    }

    [DatabaseFact]
    public async Task S87_Exactly_two_requests_get_the_last_two_of_three_seats()
    {
        var calendar = await CalendarAsync(CalendarType.ClassBooking, [_ben], new BookingRules { Seats = 3 });

        foreach (var ten in Rounds())
        {
            await BookedAsync(calendar, ten);

            ShouldBeWonBy(2, await RaceAsync(_ => BookAsync(calendar, ten)));
            await ShouldBeSoundAsync(ten, 3, calendar);
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
            ShouldBeWonBy(1, await RaceAsync(index => BookAsync(calendars[index % 2], ten.AddMinutes(15 * (index / 2 % 4)))));
            await ShouldBeSoundAsync(ten, 1, calendars);
        }
    }

    [DatabaseFact]
    public async Task Exactly_one_request_gets_the_last_place_of_a_day()
    {
        var calendar = await CalendarAsync(CalendarType.RoundRobin, [_ben, _cleo], new BookingRules { DayLimit = 3 });

        foreach (var ten in Rounds())
        {
            await BookedAsync(calendar, ten, _ben);
            await BookedAsync(calendar, ten, _cleo);

            ShouldBeWonBy(
                1, await RaceAsync(index => BookAsync(calendar, ten.AddMinutes(30 * (1 + (index / 4))), index % 2 == 0 ? _ben : _cleo)));
            await ShouldBeSoundAsync(ten, 3, calendar);
        }
    }

    [DatabaseFact]
    public async Task A_collective_booking_and_a_members_own_booking_do_not_both_succeed()
    {
        var together = await CalendarAsync(CalendarType.Collective, [_ben, _cleo]);
        var cleos = await CalendarAsync(CalendarType.Personal, [_cleo]);

        foreach (var ten in Rounds())
        {
            ShouldBeWonBy(1, await RaceAsync(index => BookAsync(index % 2 == 0 ? together : cleos, ten)));
            await ShouldBeSoundAsync(ten, 1, together, cleos);
        }
    }

    [DatabaseFact]
    public async Task An_appointment_cancelled_during_a_move_frees_both_times()
    {
        var calendar = await CalendarAsync(CalendarType.Personal, [_ben]);

        foreach (var ten in Rounds())
        {
            var id = await BookedAsync(calendar, ten);
            object cancel = new { appointmentStatus = "cancelled" };
            object move = new { startTime = Text(ten.AddHours(2)) };

            var answers = await RaceAsync(index => _host.Api.PutAsync($"{Appointments}/{id}", index % 2 == 0 ? cancel : move));

            ShouldBeAllowed(answers);
            answers.Where((_, index) => index % 2 == 0).Should()
                .OnlyContain(answer => answer.Status == 200, "a cancellation always succeeds");
            var history = await _host.Api.GetAsync($"{Appointments}/{id}/history");
            history.Body.GetProperty("history").EnumerateArray()
                .Count(each => each.GetProperty("kind").GetString() == "AppointmentCancelled").Should().Be(1);
            await ShouldBeSoundAsync(ten, 0, calendar);
            await BookedAsync(calendar, ten);
            await BookedAsync(calendar, ten.AddHours(2));
        }
    }

    private static IEnumerable<DateTimeOffset> Rounds()
    {
        var first = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(2).AddHours(10), TimeSpan.Zero);
        return Enumerable.Range(0, Race.Rounds).Select(round => first.AddDays(round));
    }

    private static async Task<ApiResponse[]> RaceAsync(Func<int, Task<ApiResponse>> request)
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = Enumerable.Range(0, Requests).Select(index => Task.Run(async () =>
        {
            await go.Task;
            return await request(index);
        })).ToArray();
        go.SetResult();
        return await Task.WhenAll(running);
    }

    private static void ShouldBeWonBy(int winners, ApiResponse[] answers)
    {
        ShouldBeAllowed(answers);
        answers.Count(answer => answer.Status == 200).Should().Be(winners);
    }

    private static void ShouldBeAllowed(ApiResponse[] answers) => answers.Where(answer => answer.Status != 200)
        .Should().NotContain(answer => answer.Status != 400 || answer.Message != "The slot you have selected is no longer available.");

    private Task<ApiResponse> BookAsync(string calendar, DateTimeOffset start, UserId? host = null) => _host.Api.PostAsync(
        Appointments, new
        {
            calendarId = calendar,
            locationId = _host.LocationId,
            contactId = _contact,
            startTime = Text(start),
            assignedUserId = host?.ToString() ?? "",
        });

    private async Task<string> BookedAsync(string calendar, DateTimeOffset start, UserId? host = null)
    {
        var booked = await BookAsync(calendar, start, host);
        booked.Status.Should().Be(200, booked.Body.ToString());
        return booked.Id;
    }

    private static string Text(DateTimeOffset instant) =>
        instant.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);

    private async Task ShouldBeSoundAsync(DateTimeOffset ten, int active, params string[] calendars)
    {
        await using var db = await _host.App.OpenDatabaseAsync();
        await Soundness.CheckAsync(db, ten, active, [.. calendars.Select(id => new CalendarId(Guid.Parse(id)))]);
    }

    private async Task<UserId> PersonAsync()
    {
        await using var db = await _host.App.OpenDatabaseAsync();
        var id = UserId.New(DateTimeOffset.UnixEpoch);
        var user = new User
        {
            Id = id,
            Name = "Racer",
            UserName = $"{id}@races.test",
            NormalizedUserName = $"{id}@RACES.TEST".ToUpperInvariant(),
            Hours = AvailabilityJson.Serialize(Availability.Always("Etc/UTC")),
        };
        db.AddRange(user, new Membership(_host.Admin.SubAccountId, id, Role.User, DateTimeOffset.UnixEpoch));
        await db.SaveChangesAsync();
        return id;
    }

    private async Task<string> CalendarAsync(CalendarType type, IReadOnlyList<UserId> members, BookingRules? rules = null)
    {
        await using var db = await _host.App.OpenDatabaseAsync();
        var id = CalendarId.New(DateTimeOffset.UnixEpoch);
        var calendar = new Calendar(
            id, _host.Admin.SubAccountId, "Race", $"race-{id}", type, CalendarVersion.V3, "Etc/UTC", DateTimeOffset.UnixEpoch)
        {
            Rules = (rules ?? new BookingRules()) with { HorizonDays = 730 },
        };
        foreach (var member in members)
        {
            calendar.AddMember(member, MeetingLocation.Zoom, isPrimaryOwner: member == members[0]);
        }

        db.Calendars.Add(calendar);
        await db.SaveChangesAsync();
        return id.ToString();
    }
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteHttpRaceTests(SqliteHttpRaceHost host) : HttpRaceTests(host), IClassFixture<SqliteHttpRaceHost>;

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlHttpRaceTests(PostgreSqlHttpRaceHost host) : HttpRaceTests(host), IClassFixture<PostgreSqlHttpRaceHost>;
