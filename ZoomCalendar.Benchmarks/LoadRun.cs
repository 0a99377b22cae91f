using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ZoomCalendar.Tests.Testing.Circuits;

namespace ZoomCalendar.Benchmarks;

/// <summary>
/// A busy minute: people who are signed in keep pages open and use them, while visitors offer bookings at a steady rate, whatever the app
/// answers. Then twice as many as the app can serve, to see it refuse and recover. The clients share the machine with the app.
/// </summary>
/// <param name="pages">The open pages.</param>
/// <param name="rate">The bookings a second that are offered.</param>
/// <param name="length">How long.</param>
internal sealed partial class LoadRun(int pages, int rate, TimeSpan length)
{
    private const string Email = "ada@demo.test";
    private const string Password = "Zoom-Calendar-1";
    private const int Calendars = 40;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Flood = TimeSpan.FromSeconds(10);

    private readonly List<CircuitClient> _open = [];
    private int _used;

    public static Task<int> RunAsync(string[] numbers)
    {
        var given = numbers.Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return new LoadRun(given.ElementAtOrDefault(0) is > 0 and var pages ? pages : 500,
            given.ElementAtOrDefault(1) is > 0 and var rate ? rate : 50,
            TimeSpan.FromSeconds(given.ElementAtOrDefault(2) is > 0 and var seconds ? seconds : 60)).RunAsync();
    }

    private async Task<int> RunAsync()
    {
        await using var app = await ServedApp.StartAsync();
        var calendars = await app.NewCalendarsAsync(Calendars);
        var cookies = new CookieContainer();
        using var ada = await SignedInAsync(app, cookies);
        using var visitors = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = app.Address,
            Timeout = Patience,
        };
        visitors.DefaultRequestHeaders.Add("Origin", app.Address.GetLeftPart(UriPartial.Authority));
        var forms = await FormsAsync(visitors, calendars);
        Say($"{Environment.ProcessorCount} cores shared with the clients; memory {Memory()}");

        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < pages; i++)
        {
            var path = i % 2 == 0 ? "/a/northwind/calendar" : "/a/northwind/settings/calendars";
            _open.Add(await CircuitClient.OpenAsync(ada, cookies, path));
        }

        Say($"{pages} pages open after {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s; memory {Memory()}");
        var (failures, before) = (0, GC.GetTotalMemory(forceFullCollection: true));
        using var stop = new CancellationTokenSource();
        var using_ = Task.Run(() => UseAsync(stop.Token));
        failures += await OfferAsync("offered", visitors, forms, rate, length);
        failures += await OfferAsync("flood", visitors, forms, rate * 20, Flood);
        failures += await OfferAsync("after the flood", visitors, forms, rate, Flood, mayRefuse: false);
        await stop.CancelAsync();
        await using_;

        var closed = _open.Count(page => !page.IsOpen);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        Say($"{_used} times an open page was used; {closed} of {pages} pages were closed by the app; memory {Memory()}; "
            + $"heap {before >> 20} → {after >> 20} MB");
        foreach (var page in _open)
        {
            await page.DisposeAsync();
        }

        return failures + closed == 0 ? 0 : 1;
    }

    /// <summary>Sends at a steady rate, without waiting for answers.</summary>
    /// <returns>What was not answered, or by an error.</returns>
    private static async Task<int> OfferAsync(
        string what, HttpClient visitors, IReadOnlyList<Form> forms, int rate, TimeSpan length, bool mayRefuse = true)
    {
        List<Task<(string Status, double Milliseconds)>> sent = [];
        var start = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (Stopwatch.GetElapsedTime(start) is var elapsed && elapsed < length)
        {
            for (var due = (int)(elapsed.TotalSeconds * rate); sent.Count < due;)
            {
                sent.Add(BookAsync(visitors, forms[sent.Count % forms.Count]));
            }

            await timer.WaitForNextTickAsync();
        }

        var answers = await Task.WhenAll(sent);
        var times = answers.Select(answer => answer.Milliseconds).Order().ToList();
        var statuses = string.Join(", ", answers.GroupBy(answer => answer.Status).OrderBy(group => group.Key)
            .Select(group => $"{group.Key}: {group.Count()}"));
        Say($"{what}: {answers.Length} bookings in {length.TotalSeconds:0} s; {statuses}; "
            + $"median {At(times, 0.5):0} ms, 95 % {At(times, 0.95):0} ms, longest {times[^1]:0} ms; memory {Memory()}");
        return answers.Count(
            answer => answer.Status is not ("303" or "409" or "422") && !(mayRefuse && answer.Status == "503 with Retry-After"));
    }

    private static async Task<(string Status, double Milliseconds)> BookAsync(HttpClient visitors, Form form)
    {
        var start = Stopwatch.GetTimestamp();
        string status;
        try
        {
            using var answer = await visitors.PostAsync(form.Path, new FormUrlEncodedContent(form.Next()));
            status = $"{(int)answer.StatusCode}{(answer.Headers.RetryAfter is null ? "" : " with Retry-After")}";
        }
        catch (Exception unanswered) when (unanswered is HttpRequestException or OperationCanceledException)
        {
            status = "unanswered";
        }

        return (status, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    // Everybody presses a key now and then.
    private async Task UseAsync(CancellationToken stop)
    {
        for (var next = 0; !stop.IsCancellationRequested; next++)
        {
            var page = _open[next % _open.Count];
            if (page.IsOpen && page.Handlers.FirstOrDefault(handler => handler.Event is "keydown") is { } handler)
            {
                try
                {
                    await page.SendAsync(handler, """{"type":"keydown","key":"Shift","code":"ShiftLeft"}""");
                    _used++;
                }
                catch (Exception gone) when (gone is OperationCanceledException or System.Net.WebSockets.WebSocketException)
                {
                    // Counted as closed at the end.
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
        }
    }

    private static async Task<HttpClient> SignedInAsync(ServedApp app, CookieContainer cookies)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies };
        var http = new HttpClient(handler) { BaseAddress = app.Address };
        var token = WebUtility.HtmlDecode(FormToken().Match(await http.GetStringAsync("/account/sign-in")).Groups["value"].Value);
        using var answer = await http.PostAsync("/account/sign-in", new FormUrlEncodedContent(
        [
            new("_handler", "sign-in"), new("__RequestVerificationToken", token), new("Input.Email", Email),
            new("Input.Password", Password),
        ]));
        return answer.StatusCode is HttpStatusCode.Redirect ? http : throw new InvalidOperationException($"{answer.StatusCode}");
    }

    private static async Task<IReadOnlyList<Form>> FormsAsync(HttpClient visitors, IReadOnlyList<string> calendars)
    {
        List<Form> forms = [];
        foreach (var calendar in calendars)
        {
            var page = $"/book/northwind/talk-{calendar}";
            var time = WebUtility.HtmlDecode(Time().Match(await visitors.GetStringAsync(page)).Groups["url"].Value);
            var fields = Hidden().Matches(await visitors.GetStringAsync(time))
                .ToDictionary(match => match.Groups["name"].Value, match => WebUtility.HtmlDecode(match.Groups["value"].Value));
            forms.Add(new Form(page, fields));
        }

        return forms;
    }

    private static string Memory()
    {
        using var process = Process.GetCurrentProcess();
        return $"{process.WorkingSet64 >> 20} MB";
    }

    private static double At(List<double> times, double share) => times[(int)(times.Count * share)];

    private static void Say(string line) => Console.WriteLine(line);

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("class=\"time\" href=\"(?<url>[^\"]+)\"")]
    private static partial Regex Time();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Hidden();

    /// <summary>
    /// The booking form of one calendar, for one half hour after the other, from some weeks on: the open pages show this week, which is not
    /// what grows with a business in a minute.
    /// </summary>
    private sealed class Form(string path, Dictionary<string, string> fields)
    {
        private int _next;

        public string Path => path;

        public IEnumerable<KeyValuePair<string, string>> Next()
        {
            var number = Interlocked.Increment(ref _next);
            var at = DateTimeOffset.Parse(fields["at"], CultureInfo.InvariantCulture).AddDays(60).AddMinutes(30 * number);
            return new Dictionary<string, string>(fields)
            {
                ["at"] = at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
                ["name"] = "Jo Field",
                ["email"] = $"jo-{Guid.NewGuid():N}@example.com",
            };
        }
    }
}
