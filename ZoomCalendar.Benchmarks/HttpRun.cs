using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace ZoomCalendar.Benchmarks;

/// <summary>
/// Bookings per second through the API over HTTP, and the share of a request that its transaction takes. The clients share the machine with
/// the app.
/// </summary>
internal static class HttpRun
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Metrics = TimeSpan.FromSeconds(12);
    private static readonly int[] Clients = [1, 4, 16];

    public static async Task RunAsync(string? postgreSql)
    {
        await using var app = await ServedApp.StartAsync(postgreSql);
        var clients = new List<Booker>();
        foreach (var calendar in await app.NewCalendarsAsync(Clients.Max()))
        {
            clients.Add(await Booker.CreateAsync(app, calendar));
        }

        await BookAsync(clients.Take(4), WarmUp);
        Console.WriteLine(
            $"Bookings over HTTP, {(postgreSql is null ? "SQLite" : "PostgreSQL")}, {Environment.ProcessorCount} cores shared "
                + "with the clients");
        Console.WriteLine("clients  bookings/s  median ms  95% ms  outside the transaction  a transaction is open");
        foreach (var count in Clients)
        {
            app.Requests.Take();
            var (times, took) = await BookAsync(clients.Take(count), Metrics);
            var (inRequests, inTransactions) = app.Requests.Take();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{count,7}  {times.Count / took.TotalSeconds,10:0}  {At(times, 0.5),9:0.0}  {At(times, 0.95),6:0.0}  "
                    + $"{1 - (inTransactions / inRequests),23:P0}  {inTransactions / took,21:P0}"));
        }

        clients.ForEach(client => client.Dispose());
    }

    private static async Task<(List<double> Times, TimeSpan Took)> BookAsync(IEnumerable<Booker> clients, TimeSpan length)
    {
        var start = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(clients.Select(client => Task.Run(() => client.BookForAsync(length))));
        return ([.. times.SelectMany(each => each).Order()], Stopwatch.GetElapsedTime(start));
    }

    private static double At(List<double> times, double share) => times[(int)(times.Count * share)];

    /// <summary>One client with its own connection. It books consecutive half hours on its own calendar.</summary>
    private sealed class Booker : IDisposable
    {
        private readonly HttpClient _http;
        private readonly string _calendar;
        private readonly string _location;
        private readonly string _contact;
        private DateTimeOffset _next = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(2), TimeSpan.Zero);

        private Booker(HttpClient http, string calendar, string location, string contact) =>
            (_http, _calendar, _location, _contact) = (http, calendar, location, contact);

        public static async Task<Booker> CreateAsync(ServedApp app, string calendar)
        {
            var http = app.NewClient();
            http.DefaultRequestHeaders.Authorization = new("Bearer", ServedApp.Token);
            http.DefaultRequestHeaders.Add("Version", "2021-04-15");
            using var answer = await http.PostAsJsonAsync("/api/contacts/upsert", new
            {
                locationId = app.LocationId,
                name = "Jo Field",
                email = $"{calendar}@example.com",
            });
            var contact = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("contact").GetProperty("id").GetString()!;
            return new Booker(http, calendar, app.LocationId, contact);
        }

        public async Task<List<double>> BookForAsync(TimeSpan length)
        {
            var (start, times) = (Stopwatch.GetTimestamp(), new List<double>());
            while (Stopwatch.GetElapsedTime(start) < length)
            {
                var sent = Stopwatch.GetTimestamp();
                using var answer = await _http.PostAsJsonAsync(
                    "/api/calendars/events/appointments",
                    new
                    {
                        calendarId = _calendar,
                        locationId = _location,
                        contactId = _contact,
                        startTime = _next.ToString("o", CultureInfo.InvariantCulture),
                        title = "A talk",
                    });
                answer.EnsureSuccessStatusCode();
                times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                _next += TimeSpan.FromMinutes(30);
            }

            return times;
        }

        public void Dispose() => _http.Dispose();
    }
}
