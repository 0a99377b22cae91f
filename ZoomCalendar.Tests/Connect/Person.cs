using System.Net;
using System.Text.RegularExpressions;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Connect;

/// <summary>A signed-in user with a browser, who goes to Zoom's pages and back step by step.</summary>
internal sealed partial class Person(HttpClient browser, SandboxServer zoom)
{
    public static async Task<Person> SignedInAsync(AppHost app, SandboxServer zoom, string email) =>
        new(await app.SignedInAsync(email), zoom);

    /// <summary>Presses Connect to Zoom. The answer's address is Zoom's authorize page.</summary>
    public async Task<Uri> StartAsync(string subAccount, string? returnUrl = null)
    {
        var answer = await PostAsync("/zoom/connect", ("subAccount", subAccount), ("returnUrl", returnUrl ?? ""));
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        return answer.Headers.Location!;
    }

    /// <summary>Signs in at Zoom and presses a button there. The answer's address is the app's callback.</summary>
    public async Task<Uri> AtZoomAsync(Uri authorize, string email, string button = "allow")
    {
        await ZoomFormAsync("oauth/signout", ("request", authorize.Query));
        await ZoomFormAsync("oauth/signin", ("request", authorize.Query), ("email", email), ("password", SandboxUser.Password));
        var answer = await ZoomFormAsync("oauth/consent", ("request", authorize.Query), ("answer", button));
        return answer.Headers.Location!;
    }

    /// <summary>Zoom does not redirect a user who may not authorize the app.</summary>
    public async Task RequestApprovalAsync(Uri authorize, string email)
    {
        await ZoomFormAsync("oauth/signout", ("request", authorize.Query));
        await ZoomFormAsync("oauth/signin", ("request", authorize.Query), ("email", email), ("password", SandboxUser.Password));
        var answer = await ZoomFormAsync("oauth/consent", ("request", authorize.Query), ("answer", "request"));
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    /// <summary>The path and query that the app redirects to.</summary>
    public async Task<string> FollowAsync(Uri address)
    {
        using var answer = await browser.GetAsync(address);
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        return answer.Headers.Location!.ToString();
    }

    public async Task<string> ConnectAsync(string subAccount, string zoomEmail, string? returnUrl = null, string button = "allow") =>
        await FollowAsync(await AtZoomAsync(await StartAsync(subAccount, returnUrl), zoomEmail, button));

    public async Task<HttpResponseMessage> GetAsync(string path) => await browser.GetAsync(path);

    /// <summary>A form of the app's, with the antiforgery token that its pages carry.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        var page = await browser.GetStringAsync("/account/change-password");
        var token = WebUtility.HtmlDecode(Antiforgery().Match(page).Groups["value"].Value);
        return await PostRawAsync(path, [.. fields, ("__RequestVerificationToken", token)]);
    }

    public async Task<HttpResponseMessage> PostRawAsync(string path, params (string Name, string Value)[] fields) =>
        await browser.PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    private async Task<HttpResponseMessage> ZoomFormAsync(string path, params (string Name, string Value)[] fields) =>
        await browser.PostAsync(
            new Uri(zoom.BaseAddress, path),
            new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"")]
    private static partial Regex Antiforgery();
}
