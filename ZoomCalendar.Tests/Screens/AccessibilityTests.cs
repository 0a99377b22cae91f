using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

[OnSqlite("What a page looks like does not depend on the database.")]
[Collection(nameof(Business))]
public sealed class AccessibilityTests(Business business)
{
    private static readonly (int Width, int Height)[] Sizes = [(1440, 900), (390, 844)];

    [ChromiumFact]
    public async Task Axe_finds_nothing_on_any_page_in_light_and_dark_wide_and_narrow() =>
        (await LookAsync(await AppPages.FindAsync(business))).Should().BeEmpty();

    [ChromiumFact]
    public async Task Axe_finds_nothing_in_dialogs_and_panels_either() =>
        (await LookAsync(await AppPages.OpenedAsync(business))).Should().BeEmpty();

    // One load for both themes; both sizes side by side.
    private async Task<List<string>> LookAsync(IReadOnlyList<AppPage> pages) =>
        [.. (await Task.WhenAll(Sizes.Select(size => LookAsync(pages, size.Width, size.Height)))).SelectMany(found => found)];

    private async Task<List<string>> LookAsync(IReadOnlyList<AppPage> pages, int width, int height)
    {
        List<string> found = [];
        foreach (var reader in pages.GroupBy(page => page.Who))
        {
            var page = await Browser.OpenAsync(business.App, options =>
            {
                options.ViewportSize = new ViewportSize { Width = width, Height = height };
                options.ReducedMotion = ReducedMotion.Reduce;
            });
            if (reader.Key is { } email)
            {
                await page.SignInAsync(email);
            }

            foreach (var screen in reader)
            {
                await page.ShowAsync(screen);
                foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
                {
                    await page.EmulateMediaAsync(new() { ColorScheme = theme });
                    found.AddRange((await page.RunAxe()).Violations.Select(violation =>
                        $"{screen.Name} {theme} {width}: {violation.Id} ({violation.Help}) at {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}"));
                }

                if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"))
                {
                    found.Add($"{screen.Name} {width}: wider than the screen");
                }
            }

            await page.Context.CloseAsync();
        }

        return found;
    }
}
