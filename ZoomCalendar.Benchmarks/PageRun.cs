using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace ZoomCalendar.Benchmarks;

/// <summary>
/// Compares the public booking page with a month of free slots with an empty static Razor page of the same app, alternately, compressed as
/// browsers request it.
/// </summary>
internal static class PageRun
{
    private const double Least = 0.25;
    private const int Clients = 4;
    private const int Rounds = 12;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    /// <returns>The number of missed promises.</returns>
    public static async Task<int> RunAsync()
    {
        await using var app = await ServedApp.StartAsync();
        var page = $"/book/northwind/talk-{(await app.NewCalendarsAsync(1))[0]}";
        using var http = app.NewClient();
        http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
        var (empty, booking) = (new List<double>(), new List<double>());
        for (var round = -4; round < Rounds; round++)
        {
            var (one, other) = (await RateAsync(http, StartupFilter.EmptyPagePath), await RateAsync(http, page));
            if (round >= 0)
            {
                empty.Add(one);
                booking.Add(other);
            }
        }

        var (from, to) = (Median(empty), Median(booking));
        var isKept = to >= Least * from;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(isKept ? "ok  " : "FAIL")} {to / from:0.00} of an empty page's rate (at least {Least:0.00}): {from:0} -> {to:0} "
                + $"pages/s with {Clients} clients"));
        return isKept ? 0 : 1;
    }

    private static async Task<double> RateAsync(HttpClient http, string path)
    {
        var (start, served) = (Stopwatch.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(start) < Round)
            {
                using var answer = await http.GetAsync(path);
                if (answer.StatusCode is not HttpStatusCode.OK)
                {
                    throw new InvalidOperationException($"{path} was answered {answer.StatusCode}.");
                }

                Interlocked.Increment(ref served);
            }
        })));
        return served / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
