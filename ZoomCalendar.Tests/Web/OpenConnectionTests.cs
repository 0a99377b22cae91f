using System.Net;
using System.Net.WebSockets;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Tests.Web;

/// <summary>What stays open (event streams, pages behind sign-in) is bounded for each address and user.</summary>
[OnSqlite("Connections do not depend on the database.")]
public sealed class OpenConnectionTests
{
    private const string Ada = "ada@demo.test";

    [Fact]
    public async Task Beyond_its_number_of_streams_an_address_is_told_when_to_try_again_and_a_closed_one_makes_room()
    {
        await using var app = await AppHost.StartAsync(host => host.UseSetting("Connections:StreamsPerAddress", "2"));
        using var visitor = app.NewVisitor();
        const string stream = "/book/northwind/intro-call/changes";
        var first = await OpenAsync();
        using var second = await OpenAsync();

        using var third = await OpenAsync();
        first.StatusCode.Should().Be(HttpStatusCode.OK);
        second.StatusCode.Should().Be(HttpStatusCode.OK);
        third.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        third.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromMinutes(1));
        (await visitor.GetAsync("/book/northwind/intro-call")).StatusCode.Should().Be(HttpStatusCode.OK, "the page itself is shown");

        first.Dispose();
        await Eventually.HoldsAsync(
            async () =>
            {
                using var again = await OpenAsync();
                return again.StatusCode is HttpStatusCode.OK;
            },
            TimeSpan.FromSeconds(30),
            "the closed stream is not counted any more");

        Task<HttpResponseMessage> OpenAsync() => visitor.GetAsync(stream, HttpCompletionOption.ResponseHeadersRead);
    }

    [Fact]
    public async Task A_user_with_too_many_open_pages_gets_a_page_that_says_so()
    {
        await using var app = await AppHost.StartAsync(host => host.UseSetting("Connections:PagesPerUser", "2"));
        var cookies = new CookieContainer();
        using var ada = await SignedInAsync(app, cookies);
        using var ben = await app.SignedInAsync("ben@demo.test");
        using var first = await ConnectAsync(app, cookies);
        using var second = await ConnectAsync(app, cookies);

        var third = () => ConnectAsync(app, cookies);
        (await third.Should().ThrowAsync<WebSocketException>()).Which.Message.Should().Contain("503");
        using var page = await ada.GetAsync("/a/northwind/calendar");
        page.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        page.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromMinutes(1));
        var text = await page.TextAsync();
        text.Should().Contain("Too many open pages").And.Contain("Close some of them");
        text.Should().NotContain("blazor.web", "the page that says so opens no connection");
        (await ada.GetAsync("/account/change-password")).StatusCode.Should().Be(HttpStatusCode.OK, "a static page needs none");
        (await ben.GetAsync("/a/northwind/calendar")).StatusCode.Should().Be(HttpStatusCode.OK, "others are not concerned");

        first.Abort();
        await Eventually.HoldsAsync(
            async () => (await ada.GetAsync("/a/northwind/calendar")).StatusCode is HttpStatusCode.OK,
            TimeSpan.FromSeconds(30),
            "a closed page makes room");
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_open_a_connection_with_a_visitor_s_cookie()
    {
        await using var app = await AppHost.StartAsync();
        var cookies = new CookieContainer();
        using var ada = await SignedInAsync(app, cookies);

        var foreign = () => ConnectAsync(app, cookies, "https://evil.example");
        (await foreign.Should().ThrowAsync<WebSocketException>()).Which.Message.Should().Contain("403");
        using var negotiate = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        negotiate.Headers.Add("Origin", "https://evil.example");
        (await ada.SendAsync(negotiate)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        using var own = await ConnectAsync(app, cookies, app.Address.GetLeftPart(UriPartial.Authority));
        own.State.Should().Be(WebSocketState.Open);
    }

    [Fact]
    public void Counts_of_many_keys_are_taken_together_or_not_at_all()
    {
        var open = new OpenConnections();
        ConnectionCount user = new("user", 2), address = new("address", 1);
        var first = open.TryOpen(user, address);

        open.TryOpen(user, address).Should().BeNull();
        open.TryOpen(user).Should().NotBeNull("the refused one was not counted under the user");
        first!.Dispose();
        first.Dispose();
        open.IsFull(address).Should().BeFalse();
        open.TryOpen(user, address).Should().NotBeNull();
    }

    private static async Task<HttpClient> SignedInAsync(AppHost app, CookieContainer cookies)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies };
        var ada = new HttpClient(handler) { BaseAddress = app.Address };
        var answer = await ada.PostFormAsync(
            "/account/sign-in", "sign-in", ("Input.Email", Ada), ("Input.Password", "Zoom-Calendar-1"));
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        return ada;
    }

    private static async Task<ClientWebSocket> ConnectAsync(AppHost app, CookieContainer cookies, string? origin = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.Cookies = cookies;
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        await socket.ConnectAsync(new Uri($"ws://localhost:{app.Address.Port}/_blazor"), CancellationToken.None);
        return socket;
    }
}
