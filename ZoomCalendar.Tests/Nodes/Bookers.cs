using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Api;
using ZoomCalendar.Tests.Testing;
using Calendar = ZoomCalendar.Core.Calendars.Calendar;

namespace ZoomCalendar.Tests.Nodes;

/// <summary>
/// Programs that book, move and cancel at the same few slots through the HTTP API. Each knows what it was told of its own appointments;
/// what it was told nothing about, because the node died, it repeats with the same Idempotency-Key.
/// </summary>
internal sealed class Bookers(TestDatabase database, Func<HttpClient> newClient, int seed)
{
    private const int SlotsPerCalendar = 40;
    private const int AtOnce = 4;

    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(400);

    private readonly ConcurrentDictionary<string, string?> _told = new();
    private IReadOnlyList<CalendarId> _calendars = [];
    private string _location = "";
    private int _booked;
    private int _refused;
    private int _broken;

    public string Summary => $"{_booked} bookings, {_refused} refusals, {_broken} requests without an answer";

    public int Booked => _booked;

    /// <summary>A calendar of one seat, one of three, and a round robin, always open and on Zoom.</summary>
    public async Task PrepareAsync()
    {
        await database.WriteAsync(async db =>
        {
            var always = AvailabilityJson.Serialize(Availability.Always("Etc/UTC"));
            await db.Users.ExecuteUpdateAsync(set => set.SetProperty(user => user.Hours, always));
            var northwind = await db.SubAccounts.SingleAsync(row => row.Slug == "northwind");
            var users = await db.Users.ToDictionaryAsync(user => user.Email!, user => user.Id);
            _location = $"{northwind.Id}";
            Calendar[] calendars =
            [
                New("one seat", CalendarType.Personal, new BookingRules(), "ben@demo.test"),
                New("three seats", CalendarType.Personal, new BookingRules { Seats = 3 }, "ada@demo.test"),
                New("either of two", CalendarType.RoundRobin, new BookingRules(), "ada@demo.test", "cleo@demo.test"),
            ];
            db.AddRange(calendars);
            _calendars = [.. calendars.Select(calendar => calendar.Id)];

            Calendar New(string name, CalendarType type, BookingRules rules, params string[] members)
            {
                var calendar = new Calendar(
                    CalendarId.New(northwind.CreatedAt),
                    northwind.Id,
                    name,
                    name.Replace(' ', '-'),
                    type,
                    CalendarVersion.V3,
                    "Etc/UTC",
                    northwind.CreatedAt)
                { Rules = rules };
                foreach (var member in members)
                {
                    calendar.AddMember(users[member], MeetingLocation.Zoom, isPrimaryOwner: member == members[0]);
                }

                return calendar;
            }
        });
    }

    public Task WorkAsync(CancellationToken until) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(number => Task.Run(() => OneAsync(new Random(seed + number), until))));

    /// <summary>What programs were told is so; nothing more than that is there; and no slot holds more than its seats.</summary>
    public async Task ShouldBeRightAsync()
    {
        var rows = await database.ReadAsync(
            db => db.Appointments.AsNoTracking().Where(row => _calendars.Contains(row.CalendarId)).ToListAsync());
        var active = rows.Where(row => row.IsActive).ToDictionary(row => row.Id.ToString(), row => Text(row.Start));
        active.Should().BeEquivalentTo(
            _told.Where(one => one.Value is not null).ToDictionary(one => one.Key, one => one.Value!), "none is lost, none is there twice");

        var seats = await database.ReadAsync(db => db.Calendars.ToDictionaryAsync(row => row.Id, row => row.Rules.Seats));
        rows.Where(row => row.IsActive).GroupBy(row => row.Slot).Should().OnlyContain(slot => slot.Count() <= seats[slot.Key.CalendarId]);
        foreach (var host in rows.Where(row => row.IsActive).GroupBy(row => row.HostId))
        {
            var taken = host.DistinctBy(row => row.Slot).OrderBy(row => row.Start).ToList();
            taken.Zip(taken.Skip(1)).Should().OnlyContain(pair => pair.First.End <= pair.Second.Start, "nobody is at two places");
        }
    }

    private async Task OneAsync(Random random, CancellationToken until)
    {
        using var http = newClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", ApiHost.Token);
        http.DefaultRequestHeaders.Add("Version", "2021-04-15");
        var contact = (await SayAsync(
            http,
            HttpMethod.Post,
            "/contacts/upsert",
            new { locationId = _location, name = "Jo Field", email = $"{Guid.NewGuid():N}@example.com" }))
            .Body.GetProperty("contact").GetProperty("id").GetString()!;
        var mine = new List<string>();
        // Nobody books without a breath in between; and a node that starts needs some of the machine.
        using var breath = new PeriodicTimer(Breath);
        while (await breath.WaitForNextTickAsync(CancellationToken.None) && !until.IsCancellationRequested)
        {
            var some = mine.Count == 0 ? null : mine[random.Next(mine.Count)];
            switch (random.Next(10))
            {
                case 7 or 8 when some is not null:
                    await MoveAsync(http, some, Start(random));
                    break;

                case 9 when some is not null && await DoneAsync(
                    SayAsync(http, HttpMethod.Put, $"/calendars/events/appointments/{some}", new { appointmentStatus = "cancelled" })):
                    _told[some] = null;
                    mine.Remove(some);
                    break;

                default:
                    mine.AddRange(await BookAsync(http, contact, random));
                    break;
            }
        }
    }

    private async Task<string[]> BookAsync(HttpClient http, string contact, Random random)
    {
        var start = Start(random);
        var body = new
        {
            calendarId = $"{_calendars[random.Next(_calendars.Count)]}",
            locationId = _location,
            contactId = contact,
            startTime = start,
            title = "A talk",
        };
        var (status, answer) = await SayAsync(http, HttpMethod.Post, "/calendars/events/appointments", body, $"{Guid.NewGuid()}");
        if (status != 200)
        {
            Interlocked.Increment(ref _refused);
            return [];
        }

        Interlocked.Increment(ref _booked);
        var id = answer.GetProperty("id").GetString()!;
        _told[id] = start;
        return [id];
    }

    private async Task MoveAsync(HttpClient http, string id, string start)
    {
        if (await DoneAsync(SayAsync(http, HttpMethod.Put, $"/calendars/events/appointments/{id}", new { startTime = start })))
        {
            _told[id] = start;
        }
    }

    private async Task<bool> DoneAsync(Task<(int Status, JsonElement Body)> request)
    {
        var (status, _) = await request;
        Interlocked.Add(ref _refused, status == 200 ? 0 : 1);
        return status == 200;
    }

    /// <summary>
    /// Repeated until somebody answers: moving to where one is and cancelling what is cancelled are no changes, and a booking has its key.
    /// </summary>
    private async Task<(int Status, JsonElement Body)> SayAsync(
        HttpClient http, HttpMethod method, string path, object body, string? key = null)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(method, "/api" + path)
                {
                    Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
                };
                if (key is not null)
                {
                    request.Headers.Add("Idempotency-Key", key);
                }

                using var answer = await http.SendAsync(request);
                if ((int)answer.StatusCode < 500)
                {
                    return ((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Clone());
                }

                ((int)answer.StatusCode).Should()
                    .BeGreaterThan(500, "a node that lives does not fail: {0}", await answer.Content.ReadAsStringAsync());
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
            {
                // The node died with the request.
            }

            Interlocked.Increment(ref _broken);
            await pause.WaitForNextTickAsync();
        }
    }

    private static string Start(Random random) => Text(Northwind.FirstDay.AddMinutes(30 * random.Next(SlotsPerCalendar)));

    private static string Text(DateTimeOffset start) =>
        start.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
