using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Tests.Web;

public sealed class AccessibilityTests(AppHost app) : IClassFixture<AppHost>
{
    private static readonly ViewportSize[] Sizes = [new() { Width = 1440, Height = 900 }, new() { Width = 390, Height = 844 }];

    /// <summary>From the route table, so that a new page cannot be forgotten. Pages about one thing (an id in the address) have tests of their own.</summary>
    private static IEnumerable<string> Paths => PageTable.Pages
        .Select(page => page.Template.Replace("{Slug}", "northwind", StringComparison.Ordinal).Replace("{Code:int}", "404", StringComparison.Ordinal))
        .Where(path => !path.Contains('{'))
        .OrderBy(path => path.StartsWith("/a/", StringComparison.Ordinal));

    [ChromiumFact]
    public async Task Axe_finds_nothing_on_any_page_in_light_and_dark_wide_and_narrow()
    {
        List<string> found = [];
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            foreach (var size in Sizes)
            {
                found.AddRange(await LookAsync(scheme, size));
            }
        }

        found.Should().BeEmpty();
    }

    private async Task<List<string>> LookAsync(ColorScheme scheme, ViewportSize size)
    {
        List<string> found = [];
        var page = await Browser.OpenAsync(app, options => (options.ColorScheme, options.ViewportSize, options.ReducedMotion) = (scheme, size, ReducedMotion.Reduce));
        var isSignedIn = false;
        foreach (var path in Paths)
        {
            if (path.StartsWith("/a/", StringComparison.Ordinal) && !isSignedIn)
            {
                await page.SignInAsync("ada@demo.test");
                isSignedIn = true;
            }

            var answer = await page.GotoAsync(path);
            if (isSignedIn && answer!.Status != 200)
            {
                found.Add($"{path} {scheme} {size.Width}: answered {answer.Status}");
            }

            if (await page.Locator("[data-interactive]").CountAsync() > 0)
            {
                await page.AliveAsync();
            }

            var axe = await page.RunAxe();
            found.AddRange(axe.Violations.Select(violation =>
                $"{path} {scheme} {size.Width}: {violation.Id} ({violation.Help}) at {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}"));
            if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"))
            {
                found.Add($"{path} {scheme} {size.Width}: wider than the screen");
            }
        }

        await page.Context.CloseAsync();
        return found;
    }
}
