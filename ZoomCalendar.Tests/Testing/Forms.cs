using System.Net;
using System.Text.RegularExpressions;

namespace ZoomCalendar.Tests.Testing;

/// <summary>Fills in a static page's form as a browser would: with the hidden fields that the page holds.</summary>
internal static partial class Forms
{
    public static async Task<HttpResponseMessage> PostFormAsync(
        this HttpClient client, string page, string handler, params (string Name, string Value)[] fields)
    {
        var html = await client.GetStringAsync(page);
        var token = AntiforgeryField().Match(html).Groups["value"].Value;
        return await client.PostAsync(page, new FormUrlEncodedContent(
        [
            new("_handler", handler),
            new("__RequestVerificationToken", WebUtility.HtmlDecode(token)),
            .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
        ]));
    }

    /// <summary>The antiforgery token of whoever this is, signed in or not.</summary>
    public static async Task<string> TokenAsync(this HttpClient client)
    {
        using var page = await client.GetAsync("/account/change-password");
        var html = page.StatusCode is HttpStatusCode.OK
            ? await page.Content.ReadAsStringAsync()
            : await client.GetStringAsync("/account/sign-in");
        return WebUtility.HtmlDecode(AntiforgeryField().Match(html).Groups["value"].Value);
    }

    public static async Task<string> TextAsync(this HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"")]
    private static partial Regex AntiforgeryField();
}
