using System.Net;
using System.Text.RegularExpressions;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Booking;

/// <summary>A visitor without scripts and cookies: follows the links and sends the forms of the public pages.</summary>
internal sealed partial class PublicVisitor(AppHost app) : IDisposable
{
    private readonly HttpClient _client = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    { BaseAddress = app.Address };

    public HttpClient Client => _client;

    /// <summary>The page of a calendar: <c>business/calendar</c>, or a calendar of the demo's first business.</summary>
    public static string PageOf(string calendar) =>
        calendar.Contains('/', StringComparison.Ordinal) ? $"/book/{calendar}" : $"/book/northwind/{calendar}";

    /// <summary>
    /// The first free time that the page offers, as the page's form has it; on a later day if this one, late in the day, has too few to
    /// skip. Never the last one of a day, so that the appointment can be moved by one slot.
    /// </summary>
    public async Task<string> FirstTimeAsync(string slug, int skip = 0)
    {
        var page = WebUtility.HtmlDecode(await _client.GetStringAsync(PageOf(slug)));
        foreach (var day in FreeDay().Matches(page).Select(match => match.Groups["url"].Value).Append(PageOf(slug)))
        {
            if (TimeLink().Matches(page) is { } times && times.Count > skip + 1)
            {
                return times[skip].Groups["url"].Value;
            }

            page = WebUtility.HtmlDecode(await _client.GetStringAsync(day));
        }

        throw new InvalidOperationException($"{slug} offers no more than {skip} times on any day of the month.");
    }

    public async Task<Dictionary<string, string>> FormAsync(string url)
    {
        var page = await _client.GetStringAsync(url);
        return HiddenField().Matches(page).ToDictionary(
            match => match.Groups["name"].Value, match => WebUtility.HtmlDecode(match.Groups["value"].Value));
    }

    public async Task<HttpResponseMessage> BookAsync(
        string slug, string url, string email = "jo@example.test", Action<Dictionary<string, string>>? change = null)
    {
        var fields = await FormAsync(url);
        (fields["name"], fields["email"]) = ("Jo Field", email);
        change?.Invoke(fields);
        return await PostAsync(PageOf(slug), fields);
    }

    public Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> fields, string? origin = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Origin", origin ?? app.Address.GetLeftPart(UriPartial.Authority));
        return _client.SendAsync(request);
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("class=\"day free\" href=\"(?<url>[^\"]+)\"")]
    private static partial Regex FreeDay();

    [GeneratedRegex("class=\"time\" href=\"(?<url>[^\"]+)\"")]
    private static partial Regex TimeLink();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex HiddenField();
}
