using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Web.Settings;

/// <summary>The README's section on Production, tried literally: what it says is enough, and each of its settings is needed.</summary>
public sealed partial class ProductionTests(PublishedApp app) : IClassFixture<PublishedApp>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task With_the_readme_s_settings_it_becomes_ready_and_the_first_admin_signs_in()
    {
        using var serving = app.Serve();
        try
        {
            _ = app.KeepLinesAsync(serving.StandardOutput);
            _ = app.KeepLinesAsync(serving.StandardError);
            using var visitor = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = app.Address };
            await Eventually.HoldsAsync(() => IsReadyAsync(visitor, serving), Patience, "the app is ready");

            await StylesShouldBeServedAsync(visitor);
            await FirstAdminSignsInAsync(visitor);
            await SecondNodesShouldSayWhatIsWrongAsync();
            app.FilesWithASecret().Should().BeEmpty("the settings stay where they are");
        }
        finally
        {
            serving.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task Without_one_of_its_settings_it_ends_with_a_sentence_about_that_one()
    {
        foreach (var key in app.Required.Keys)
        {
            var (exit, output, errors) = await app.EndsAsync(without: key);

            exit.Should().Be(1, errors);
            errors.TrimEnd().Should().StartWith($"{key.Replace("__", ":")} is missing. ").And.NotContain("\n");
            output.Should().NotContain("   at ").And.NotContain("Exception");
        }
    }

    [Fact]
    public async Task Without_any_settings_it_ends_with_one_list()
    {
        var (exit, output, errors) = await app.EndsWithoutSettingsAsync();

        exit.Should().Be(1);
        app.Required.Keys.Should().OnlyContain(key => errors.Contains($"\n- {key.Replace("__", ":")} is missing. "));
        (errors + output).Should().NotContain("   at ").And.NotContain("Exception");
    }

    private static async Task<bool> IsReadyAsync(HttpClient visitor, Process serving)
    {
        serving.HasExited.Should().BeFalse("it serves");
        try
        {
            using var answer = await visitor.GetAsync("/healthz/ready");
            return answer.StatusCode is HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task StylesShouldBeServedAsync(HttpClient visitor)
    {
        var page = await visitor.GetStringAsync("/account/sign-in");
        var styles = Stylesheet().Matches(page).Select(match => match.Groups["address"].Value).ToList();
        styles.Should().NotBeEmpty();
        foreach (var style in styles)
        {
            (await visitor.GetAsync($"/{style.TrimStart('/')}")).StatusCode.Should().Be(HttpStatusCode.OK, style);
        }
    }

    private async Task FirstAdminSignsInAsync(HttpClient visitor)
    {
        (await visitor.GetAsync("/account/register")).StatusCode.Should()
            .Be(HttpStatusCode.NotFound, "strangers do not register in Production");
        var (exit, output, errors) = await app.EndsAsync(start: app.CreateAdmin);
        exit.Should().Be(0, errors);
        var link = Link().Match(output).Value;
        link.Should().StartWith("https://book.example.com/account/reset-password");

        var path = new Uri(link).PathAndQuery;
        (await (await visitor.PostFormAsync(path, "reset-password", ("Input.Password", "a long password"))).TextAsync()).Should()
            .Contain("Your password has been changed.");
        (await (await visitor.PostFormAsync(path, "reset-password", ("Input.Password", "another long one"))).TextAsync()).Should()
            .Contain("no longer valid", "it works once");
        (await visitor.PostFormAsync(
            "/account/sign-in",
            "sign-in",
            ("Input.Email", "you@example.com"),
            ("Input.Password", "a long password"))).StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await (await visitor.GetAsync("/a/your-business/settings/team")).TextAsync()).Should().Contain("you@example.com");
    }

    /// <summary>What goes wrong only once the settings are read: each is a sentence, too.</summary>
    private async Task SecondNodesShouldSayWhatIsWrongAsync()
    {
        await ShouldSayAsync(
            "",
            $"Failed to bind to address {app.Address.ToString().Replace("localhost", "127.0.0.1").TrimEnd('/')}: address already in use. Stop the other program, or set ASPNETCORE_URLS");
        await ShouldSayAsync(
            $"export DataProtection__MasterKey={Convert.ToBase64String(new byte[32])}",
            "DataProtection:MasterKey is not the key that this database was set up with");
        await ShouldSayAsync(
            "export Database__Provider=PostgreSql "
                + "ConnectionStrings__ZoomCalendar='Host=127.0.0.1;Port=1;Database=zc;Username=zc;Password=hunter2'",
            "No answer from the PostgreSQL database zc on 127.0.0.1:1.");
    }

    private async Task ShouldSayAsync(string changed, string sentence)
    {
        var (exit, output, errors) = await app.EndsAsync(changed: changed);

        exit.Should().Be(1, errors);
        errors.TrimEnd().Should().StartWith(sentence).And.NotContain("\n").And.NotContain("hunter2");
        output.Should().NotContain("   at ").And.NotContain("Exception");
    }

    [GeneratedRegex(
        "<link[^>]+rel=\"stylesheet\"[^>]+href=\"(?<address>[^\"]+)\"|<link[^>]+href=\"(?<address>[^\"]+)\"[^>]+rel=\"stylesheet\"")]
    private static partial Regex Stylesheet();

    [GeneratedRegex(@"https://\S+")]
    private static partial Regex Link();
}
