using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

/// <summary>The security headers on every declared route, for every answer.</summary>
[OnSqlite("Headers do not depend on the database.")]
[Collection(nameof(ScreenTestHost))]
public sealed partial class HeaderTests(ScreenTestHost screens)
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
    public async Task A_page_has_no_inline_styles_but_its_own_sheets_and_a_page_without_a_circuit_no_style_attributes()
    {
        using var visitor = screens.App.NewVisitor();
        using var ada = await screens.App.SignedInAsync(ScreenTestHost.Ada);
        List<string> wrong = [];
        var addresses = await Addresses.OfAsync(screens);
        // The reference of the API is drawn by a library, whose scripts write style elements.
        foreach (var template in Addresses.Routes(screens).Where(route => route.Method is "GET").Select(route => route.Template)
            .Where(template => !template.StartsWith("/api-docs", StringComparison.Ordinal)).Append("/no/such/page"))
        {
            foreach (var reader in new[] { visitor, ada })
            {
                using var answer = await reader.GetAsync(addresses.Of(template), HttpCompletionOption.ResponseHeadersRead);
                if (answer.Content.Headers.ContentType?.MediaType is not "text/html")
                {
                    continue;
                }

                var (html, policy) = (await answer.Content.ReadAsStringAsync(), Header(answer, "Content-Security-Policy"));
                var hasCircuit = html.Contains("blazor.web", StringComparison.Ordinal);
                var sheets = InlineSheet().Matches(html).Select(match => Hash(match.Groups["style"].Value)).ToList();
                wrong.AddRange(new[]
                {
                    policy.Split("; ").Any(part => part.StartsWith("style-src ", StringComparison.Ordinal)
                        && part.Contains("unsafe", StringComparison.Ordinal)) ? "any style passes" : null,
                    sheets.All(hash => policy.Contains(hash, StringComparison.Ordinal)) ? null : "a sheet does not pass",
                    hasCircuit == policy.Contains("style-src-attr 'unsafe-inline'", StringComparison.Ordinal) ? null : "attributes",
                    hasCircuit || !html.Contains(" style=", StringComparison.Ordinal) ? null : "a style attribute",
                }.Where(fault => fault is not null).Select(fault => $"{template} ({(int)answer.StatusCode}): {fault}"));
            }
        }

        wrong.Should().BeEmpty();
    }

    [Fact]
    public async Task Outside_development_every_https_answer_sends_HSTS_for_a_year_and_all_subdomains()
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

        (await WrongAsync(visitor, (address, answer) =>
            Header(answer, "Strict-Transport-Security") is "max-age=31536000; includeSubDomains" ? null : "hsts")).Should().BeEmpty();
    }

    [Fact]
    public async Task TRACE_returns_nothing_of_the_request()
    {
        using var visitor = screens.App.NewVisitor();
        foreach (var path in new[] { "/", "/account/sign-in", "/book/northwind/intro-call", "/api/calendars/" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Trace, path);
            request.Headers.Add("X-Planted", "planted-value");
            using var answer = await visitor.SendAsync(request);

            answer.IsSuccessStatusCode.Should().BeFalse(path);
            (await answer.Content.ReadAsStringAsync()).Should().NotContain("planted-value", path);
        }
    }

    [Fact]
    public async Task Pages_and_JSON_state_their_charset()
    {
        using var ada = await screens.App.SignedInAsync(ScreenTestHost.Ada);

        // A library draws the reference of the API.
        (await WrongAsync(ada, (address, answer) => !address.StartsWith("/api-docs", StringComparison.Ordinal) &&
            answer.Content.Headers.ContentType is { MediaType: "text/html" or "application/json" } type && type.CharSet is not "utf-8"
                ? $"{type}" : null)).Should().BeEmpty();
    }

    [Fact]
    public async Task Answers_for_one_person_are_not_stored()
    {
        using var ada = await screens.App.SignedInAsync(ScreenTestHost.Ada);

        (await WrongAsync(ada, (address, answer) =>
            (address.StartsWith("/a/", StringComparison.Ordinal) || address.StartsWith("/book/c", StringComparison.Ordinal)
                || address.StartsWith("/api/", StringComparison.Ordinal))
            && answer.Content.Headers.ContentType is not null
            && !Header(answer, "Cache-Control").Contains("no-store", StringComparison.Ordinal)
                ? $"\"{Header(answer, "Cache-Control")}\"" : null)).Should().BeEmpty();
    }

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    [GeneratedRegex("<style[^>]*>(?<style>.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex InlineSheet();

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
