using System.Net;
using System.Text.RegularExpressions;
using ZoomCalendar.Core.Zoom;
using ZoomCalendar.Tests.Architecture;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Web;

/// <summary>
/// The pages about the operator, privacy, terms and Zoom, which Zoom's reviewers ask for, and the file that proves the domain.
/// </summary>
[OnSqlite("These pages are made from settings.")]
public sealed partial class LegalPageTests(AppHost app) : IClassFixture<AppHost>
{
    private const string Privacy = "/legal/privacy";
    private const string Terms = "/legal/terms";
    private const string Support = "/support";
    private const string ZoomGuide = "/docs/zoom";
    private const string Verification = "/zoomverify/verifyzoom.html";

    [Theory]
    [InlineData(Privacy, "Privacy policy")]
    [InlineData(Terms, "Terms of use")]
    [InlineData(Support, "Support")]
    [InlineData(ZoomGuide, "Zoom for Calendars with your Zoom account")]
    public async Task A_visitor_reads_the_page_without_a_cookie(string address, string title)
    {
        using var visitor = app.NewVisitor();

        using var answer = await visitor.GetAsync(address);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await answer.TextAsync()).Should().MatchRegex($"<h1[^>]*>{title}</h1>").And.NotContain("_framework/").And.NotContain("_content/");
        answer.Headers.Contains("Set-Cookie").Should().BeFalse();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/account/sign-in")]
    [InlineData("/account/register")]
    [InlineData("/book/northwind/intro-call")]
    [InlineData("/book/no-such-calendar")]
    [InlineData("/no/such/page")]
    [InlineData(Privacy)]
    public async Task The_footer_of_a_page_for_visitors_leads_to_privacy_terms_support_and_the_zoom_guide(string address)
    {
        using var visitor = app.NewVisitor();

        var footer = Footer().Match(await (await visitor.GetAsync(address)).TextAsync()).Value;

        foreach (var page in new[] { Privacy, Terms, Support, ZoomGuide })
        {
            footer.Should().Contain($"href=\"{page}\"");
        }
    }

    [Fact]
    public async Task A_booking_page_opens_them_in_a_new_tab_because_other_sites_show_it_in_a_frame()
    {
        using var visitor = app.NewVisitor();

        var page = await visitor.GetStringAsync("/book/northwind/intro-call");

        Footer().Match(page).Value.Should().MatchRegex($"<a [^>]*href=\"{Privacy}\"[^>]*target=\"_blank\"");
        Footer().Match(await visitor.GetStringAsync("/")).Value.Should().NotContain("_blank");
    }

    [Fact]
    public async Task Without_settings_the_pages_say_that_the_operator_has_not_stated_who_they_are()
    {
        using var visitor = app.NewVisitor();

        (await TextOf(visitor, Privacy)).Should().Contain("The operator of this site has not stated a name");
        (await TextOf(visitor, Terms)).Should().Contain("The operator of this site has not stated a name");
        (await TextOf(visitor, Support)).Should().Contain("The operator of this site has not stated an email address");
    }

    [Fact]
    public async Task The_operator_s_name_address_and_email_are_on_each_page_that_needs_them()
    {
        await using var own = await AppHost.StartAsync(host =>
        {
            host.UseSetting("Operator:Name", "Northwind <Consulting> Ltd");
            host.UseSetting("Operator:Address", "1 Harbour Street\nDublin");
            host.UseSetting("Operator:Email", "privacy@northwind.example");
        });
        using var visitor = own.NewVisitor();

        foreach (var page in new[] { Privacy, Terms, Support })
        {
            (await TextOf(visitor, page)).Should().Contain("Northwind <Consulting> Ltd", page).And.NotContain("has not stated");
            var html = await visitor.GetStringAsync(page);
            html.Should().Contain("href=\"mailto:privacy@northwind.example\"", page).And.NotContain("<Consulting>");
            WebUtility.HtmlDecode(html).Should().Contain("1 Harbour Street\nDublin");
        }
    }

    [Fact]
    public async Task A_text_of_the_operator_stands_in_place_of_ours_and_is_shown_as_text()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "# Our duties\r\n\r\nFirst line\r\nsecond line\r\n\r\n- one <script>alert(1)</script>\r\n- two\r\n");
        await using var own = await AppHost.StartAsync(host =>
        {
            host.UseSetting("Operator:PrivacyText", "We keep nothing. See https://northwind.example/privacy?a=1&b=2.");
            host.UseSetting("Operator:TermsText", $"file:{file}");
            host.UseSetting("Operator:SupportText", "javascript:alert(1) http://plain.example");
            host.UseSetting("Operator:ZoomGuideText", "Ask us.");
        });
        File.Delete(file);
        using var visitor = own.NewVisitor();

        var privacy = MainOf(await visitor.GetStringAsync(Privacy));
        privacy.Should().Contain("We keep nothing. See <a href=\"https://northwind.example/privacy?a=1&amp;b=2\"")
            .And.NotContain("If you book an appointment");
        var terms = MainOf(await visitor.GetStringAsync(Terms));
        terms.Should().Contain("<h2>Our duties</h2>").And.Contain("First line&#xA;second line</p>").And.Contain("<li>two</li>")
            .And.Contain("one &lt;script&gt;").And.NotContain("<script>");
        MainOf(await visitor.GetStringAsync(Support)).Should().Contain("javascript:alert(1) http://plain.example</p>");
        MainOf(await visitor.GetStringAsync(ZoomGuide)).Should().Contain("Ask us.").And.NotContain("Before you start");
    }

    [Fact]
    public async Task The_verification_file_of_zoom_holds_the_code_of_the_settings_and_nothing_else()
    {
        await using var own = await AppHost.StartAsync(host => host.UseSetting("Zoom:DomainVerification", "ZOOM_verify_AbC-123"));
        using var visitor = own.NewVisitor();

        using var answer = await visitor.GetAsync(Verification);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("text/html");
        (await answer.Content.ReadAsStringAsync()).Should().Be("ZOOM_verify_AbC-123");
        (await visitor.GetStringAsync("/")).Should().Contain("<meta name=\"zoom-domain-verification\" content=\"ZOOM_verify_AbC-123\"");
    }

    [Fact]
    public async Task Without_the_code_there_is_no_verification_file()
    {
        using var visitor = app.NewVisitor();

        (await visitor.GetAsync(Verification)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await visitor.GetStringAsync("/")).Should().NotContain("zoom-domain-verification");
    }

    [Fact]
    public async Task The_zoom_guide_and_the_review_document_explain_each_scope_and_no_other()
    {
        using var visitor = app.NewVisitor();
        var guide = await TextOf(visitor, ZoomGuide);
        var document = ReviewDocument();

        Scope().Matches(guide).Select(match => match.Value).Distinct().Should().BeEquivalentTo(ZoomScopes.Required);
        Scope().Matches(document).Select(match => match.Value).Distinct().Should().BeEquivalentTo(ZoomScopes.Required);
    }

    [Fact]
    public async Task The_zoom_guide_says_how_the_app_is_added_used_and_removed_and_what_removal_erases()
    {
        using var visitor = app.NewVisitor();
        var guide = await visitor.GetStringAsync(ZoomGuide);

        Heading().Matches(guide).Select(match => match.Groups[1].Value).Should()
            .Contain(["Add the app", "Use the app", "Remove the app", "If something goes wrong"]);
        guide.Should().Contain($"href=\"{Privacy}\"").And.Contain($"href=\"{Support}\"");
    }

    [Fact]
    public void The_review_document_has_a_drawing_of_the_data_flow_retention_and_a_test_plan()
    {
        var document = ReviewDocument();

        document.Should().Contain("```mermaid").And.Contain("## Data flow").And.Contain("## Scopes").And.Contain("## What is stored")
            .And.Contain("## Test plan");
        foreach (var address in new[] { Privacy, Terms, Support, ZoomGuide, Verification })
        {
            document.Should().Contain(address);
        }
    }

    private static string ReviewDocument() => File.ReadAllText(Path.Combine(Sources.Root, "docs", "zoom-review.md"));

    private static async Task<string> TextOf(HttpClient visitor, string address) =>
        WebUtility.HtmlDecode(Tag().Replace(MainOf(await visitor.GetStringAsync(address)), " "));

    private static string MainOf(string page) => MainElement().Match(page).Value;

    [GeneratedRegex("<main.*</main>", RegexOptions.Singleline)]
    private static partial Regex MainElement();

    [GeneratedRegex("<footer.*</footer>", RegexOptions.Singleline)]
    private static partial Regex Footer();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex("<h2[^>]*>([^<]+)</h2>")]
    private static partial Regex Heading();

    [GeneratedRegex("\\b(?:meeting|user|recording|report|webinar):[a-z]+:[a-z_]+\\b")]
    private static partial Regex Scope();
}
