using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Web;

/// <summary>What the first view of a page moves over the wire, byte for byte, and what of it a browser may keep.</summary>
[OnSqlite("What a page weighs does not depend on the database.")]
public sealed partial class FirstViewTests(AppHost app) : IClassFixture<AppHost>
{
    private const string Ben = "ben@demo.test";
    private const string Calendar = "/a/northwind/calendar";

    [Theory]
    [InlineData("/", 75_000)]
    [InlineData("/account/sign-in", 75_000)]
    [InlineData("/account/register", 75_000)]
    [InlineData("/account/forgot-password", 75_000)]
    [InlineData("/book/northwind/intro-call", 75_000)]
    [InlineData("/legal/privacy", 75_000)]
    [InlineData("/docs/zoom", 75_000)]
    [InlineData("/status/404", 75_000)]
    public async Task First_view_of_a_page_for_visitors_is_light(string page, int limit)
    {
        using var visitor = app.NewVisitor();

        var parts = await FirstViewAsync(visitor, page);

        parts.Sum(part => part.Bytes).Should().BeLessThanOrEqualTo(limit, string.Join(", ", parts));
    }

    [Fact]
    public async Task First_view_of_the_staff_calendar_weighs_at_most_350_kB()
    {
        using var ben = await app.SignedInAsync(Ben);

        var parts = await FirstViewAsync(ben, Calendar);

        parts.Sum(part => part.Bytes).Should().BeLessThanOrEqualTo(350_000, string.Join(", ", parts));
        parts.Should().Contain(part => part.Address.Contains("TimeGrid", StringComparison.Ordinal), "modules that scripts import count");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/account/sign-in")]
    [InlineData("/account/register")]
    [InlineData("/account/forgot-password")]
    [InlineData("/account/reset-password")]
    [InlineData("/account/invitation")]
    [InlineData("/book/northwind/intro-call")]
    [InlineData("/book/no-such-calendar")]
    [InlineData("/no/such/page")]
    [InlineData("/status/404")]
    [InlineData("/dev/mailbox")]
    public async Task A_page_for_visitors_carries_nothing_of_MudBlazor_or_Blazor(string page)
    {
        using var visitor = app.NewVisitor();

        var html = await (await visitor.GetAsync(page)).Content.ReadAsStringAsync();

        html.Should().Contain("<h1").And.NotContain("_content/").And.NotContain("_framework/").And.NotContain("ZoomCalendar.Web.");
    }

    [Theory]
    [InlineData("/account/change-password")]
    [InlineData("/account/sign-in")]
    [InlineData("/book/northwind/intro-call")]
    [InlineData(Calendar)]
    public async Task Everything_that_a_page_references_is_compressed_fingerprinted_and_immutable(string page)
    {
        using var ben = await app.SignedInAsync(Ben);

        var parts = await FirstViewAsync(page == "/account/sign-in" ? app.NewVisitor() : ben, page);

        parts[0].Encoding.Should().Be("br", "the page itself");
        parts.Skip(1).Where(part => part.CacheControl != "max-age=31536000, immutable").Should().BeEmpty();
        // The fonts' format is compressed in itself.
        parts.Where(part => part.Encoding != "br" && !part.Address.EndsWith(".woff2", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("same-origin", "br")]
    [InlineData("none", "br")]
    [InlineData("", "br")]
    [InlineData("same-site", "")]
    [InlineData("cross-site", "")]
    public async Task A_signed_in_page_is_compressed_unless_another_site_started_the_request(string site, string encoding)
    {
        using var ben = await app.SignedInAsync(Ben);
        using var request = new HttpRequestMessage(HttpMethod.Get, Calendar) { Headers = { { "Accept-Encoding", "br" } } };
        if (site.Length > 0)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        using var answer = await ben.SendAsync(request);

        string.Join(",", answer.Content.Headers.ContentEncoding).Should().Be(encoding);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/book/northwind/intro-call")]
    [InlineData("/legal/privacy")]
    [InlineData("/support")]
    [InlineData("/docs/zoom")]
    public async Task A_page_without_secrets_is_compressed_for_links_from_other_sites(string page)
    {
        using var visitor = app.NewVisitor();
        using var request = new HttpRequestMessage(HttpMethod.Get, page)
        {
            Headers = { { "Accept-Encoding", "br" }, { "Sec-Fetch-Site", "cross-site" } },
        };

        using var answer = await visitor.SendAsync(request);

        answer.Content.Headers.ContentEncoding.Should().Equal("br");
    }

    [Fact]
    public async Task The_token_of_a_form_is_another_one_in_each_answer()
    {
        // So that an attacker who watches the size of compressed answers does not learn it letter by letter.
        using var visitor = app.NewVisitor();

        var tokens = new HashSet<string>();
        for (var time = 0; time < 3; time++)
        {
            tokens.Add(Token().Match(await visitor.GetStringAsync("/account/sign-in")).Value);
        }

        tokens.Should().HaveCount(3).And.NotContain("");
    }

    private static async Task<List<Part>> FirstViewAsync(HttpClient client, string page)
    {
        var (html, part) = await GetAsync(client, page);
        List<Part> parts = [part];
        foreach (var address in References(html).Select(address => "/" + address.TrimStart('.', '/')).Distinct())
        {
            parts.Add((await GetAsync(client, address)).Part);
        }

        return parts;
    }

    // Scripts, styles and icons by their tags, fonts by the style element, modules by the import map.
    private static IEnumerable<string> References(string html) =>
        Reference().Matches(html).Select(match => match.Groups["tag"].Value + match.Groups["font"].Value + match.Groups["module"].Value)
            // The second font is for names beyond Western Europe's; this page has none.
            .Where(address => !address.Contains("latin-ext", StringComparison.Ordinal));

    private static async Task<(string Text, Part Part)> GetAsync(HttpClient client, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "Accept-Encoding", "br" } } };
        using var answer = await client.SendAsync(request);
        answer.StatusCode.Should().Be(HttpStatusCode.OK, address);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        (answer.Content.Headers.ContentLength ?? bytes.Length).Should().Be(bytes.Length);
        var encoding = string.Join(",", answer.Content.Headers.ContentEncoding);
        await using Stream plain = encoding == "br"
            ? new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress)
            : new MemoryStream(bytes);
        using var reader = new StreamReader(plain);
        return (await reader.ReadToEndAsync(), new(address, bytes.Length, encoding, string.Join(
            ", ", answer.Headers.TryGetValues("Cache-Control", out var values) ? values : [])));
    }

    [GeneratedRegex("""
        (<script[^>]* src|<link(?![^>]*canonical)[^>]* href)="(?<tag>[^"]+)"|url\((?<font>/[^)]+)\)|"\./[^"]+":"\./(?<module>[^"]+)"
        """)]
    private static partial Regex Reference();

    [GeneratedRegex("(?<=name=\"__RequestVerificationToken\" value=\")[^\"]+")]
    private static partial Regex Token();

    private sealed record Part(string Address, int Bytes, string Encoding, string CacheControl)
    {
        public override string ToString() => $"{Address} {Bytes} {Encoding} {CacheControl}";
    }
}
