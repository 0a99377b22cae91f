using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

/// <summary>The security headers on every declared route, for every answer.</summary>
[OnSqlite("Headers do not depend on the database.")]
[Collection(nameof(ScreenTestHost))]
public sealed class HeaderTests(ScreenTestHost screens)
{
    [Fact]
    public async Task Every_answer_forbids_foreign_scripts_sniffing_and_framing()
    {
        using var ada = await screens.App.SignedInAsync(ScreenTestHost.Ada);

        (await WrongAsync(ada, (address, answer) =>
        {
            var policy = Header(answer, "Content-Security-Policy").Split(';', StringSplitOptions.TrimEntries);
            return 0 switch
            {
                _ when policy.SingleOrDefault(part => part.StartsWith("script-src ", StringComparison.Ordinal)) is not { } scripts
                    || scripts.Contains("unsafe", StringComparison.Ordinal) => "scripts",
                _ when !policy.Contains("object-src 'none'") || !policy.Contains("base-uri 'self'")
                    || !policy.Contains("default-src 'self'") => "policy",
                _ when Header(answer, "X-Content-Type-Options") != "nosniff" => "nosniff",
                // No calendar here may be shown in a frame.
                _ when !policy.Contains("frame-ancestors 'none'") || Header(answer, "X-Frame-Options") != "DENY" => "frames",
                _ when Header(answer, "Referrer-Policy") is not ("strict-origin-when-cross-origin" or "no-referrer" or "same-origin") =>
                    "referrer",
                _ => null,
            };
        })).Should().BeEmpty();
    }

    [Fact]
    public async Task Outside_development_every_https_answer_sends_HSTS()
    {
        await using var production = await AppHost.StartAsync(host =>
        {
            host.UseEnvironment("Staging");
            host.UseSetting("DataProtection:MasterKey", Convert.ToBase64String(new byte[32]));
            host.UseSetting("PublicUrl", "https://calendar.example");
            host.UseSetting("Mail:Host", "localhost");
            host.UseSetting("Zoom:ClientId", "id");
            host.UseSetting("Zoom:ClientSecret", "secret");
            host.UseSetting("Zoom:WebhookSecretToken", "token");
            host.ConfigureServices(services => services.AddSingleton<IStartupFilter, ByHttps>());
        });
        using var visitor = production.NewVisitor();

        (await WrongAsync(visitor, (address, answer) => Header(answer, "Strict-Transport-Security").StartsWith(
            "max-age=", StringComparison.Ordinal) ? null : "hsts")).Should().BeEmpty();
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join("|", values) : "";

    private async Task<List<string>> WrongAsync(HttpClient client, Func<string, HttpResponseMessage, string?> problem)
    {
        List<string> wrong = [];
        var addresses = await Addresses.OfAsync(screens);
        foreach (var route in Addresses.Routes(screens))
        {
            using var request = new HttpRequestMessage(
                route.Method is "ANY" ? HttpMethod.Get : new HttpMethod(route.Method), addresses.Of(route.Template));
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            if (problem(route.Template, answer) is { } found)
            {
                wrong.Add($"{route} ({(int)answer.StatusCode}): {found}");
            }
        }

        return wrong;
    }

    /// <summary>As behind a proxy that ends TLS.</summary>
    private sealed class ByHttps : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, go) =>
            {
                (context.Request.Scheme, context.Request.Host) = ("https", new HostString("calendar.example"));
                return go(context);
            });
            next(app);
        };
    }
}
