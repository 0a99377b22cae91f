using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Web;

/// <summary>Outside Development: one host, TLS, and cookies that no other host can set.</summary>
[OnSqlite("Headers do not depend on the database.")]
public sealed class OwnAddressTests : IAsyncLifetime
{
    private AppHost _app = null!;

    public async Task InitializeAsync() => _app = await AppHost.StartAsync(host =>
    {
        host.UseEnvironment("Staging");
        host.UseSetting("DataProtection:MasterKey", Convert.ToBase64String(new byte[32]));
        host.UseSetting("PublicUrl", "https://calendar.example");
        host.UseSetting("Mail:Host", "localhost");
        host.UseSetting("Zoom:ClientId", "id");
        host.UseSetting("Zoom:ClientSecret", "secret");
        host.UseSetting("Zoom:WebhookSecretToken", "token");
        host.ConfigureServices(services => services.AddSingleton<IStartupFilter, FromElsewhere>());
    });

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [Theory]
    [InlineData("evil.example", "/", HttpStatusCode.BadRequest)]
    [InlineData("evil.example", "/account/sign-in", HttpStatusCode.BadRequest)]
    [InlineData("localhost", "/account/sign-in", HttpStatusCode.BadRequest)]
    [InlineData("evil.example", "/healthz/live", HttpStatusCode.OK)]
    [InlineData("calendar.example", "/account/sign-in", HttpStatusCode.OK)]
    [InlineData("CALENDAR.example:443", "/account/sign-in", HttpStatusCode.OK)]
    public async Task Only_the_host_of_the_public_address_is_served(string host, string path, HttpStatusCode status)
    {
        using var answer = await GetAsync(host, path);

        answer.StatusCode.Should().Be(status);
        if (status is HttpStatusCode.BadRequest)
        {
            (await answer.Content.ReadAsStringAsync()).Should().Contain("https://calendar.example");
        }
    }

    [Fact]
    public async Task Behind_a_proxy_that_is_not_known_cookies_are_secure_and_HSTS_is_sent()
    {
        using var answer = await GetAsync("calendar.example", "/account/sign-in");

        answer.Headers.GetValues("Strict-Transport-Security").Should().ContainSingle();
        answer.Headers.GetValues("Set-Cookie").Should().NotBeEmpty().And.OnlyContain(cookie =>
            cookie.StartsWith("__Host-", StringComparison.Ordinal) && cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase)
                && cookie.Contains("path=/", StringComparison.OrdinalIgnoreCase)
                && !cookie.Contains("domain=", StringComparison.OrdinalIgnoreCase));
        _app.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme)
            .Cookie.Name.Should().Be("__Host-zoomcalendar");
    }

    private async Task<HttpResponseMessage> GetAsync(string host, string path)
    {
        using var visitor = _app.NewVisitor();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        return await visitor.SendAsync(request);
    }

    /// <summary>As from another machine, without TLS: the proxy that ended it is not known.</summary>
    private sealed class FromElsewhere : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, go) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse("203.0.113.7");
                return go(context);
            });
            next(app);
        };
    }
}
