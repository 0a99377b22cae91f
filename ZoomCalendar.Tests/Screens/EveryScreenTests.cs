using Microsoft.Playwright;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

/// <summary>
/// Visits every screen of a business with data, in both sizes and both themes. With <c>ZOOMCALENDAR_SCREENSHOTS</c> naming a folder,
/// each is photographed; <c>docs/screenshots/make</c> does that.
/// </summary>
[OnSqlite("What a page looks like does not depend on the database.")]
[Collection(nameof(ScreenTestHost))]
[Trait("Category", "Browser")]
public sealed class EveryScreenTests(ScreenTestHost testHost)
{
    // Each page is loaded at its size, and tried once more at a narrower one.
    private static readonly (string Name, int Width, int Height, int Narrower)[] Sizes =
        [("desk", 1440, 900, 768), ("phone", 390, 844, 320)];

    private readonly string? _folder = Environment.GetEnvironmentVariable("ZOOMCALENDAR_SCREENSHOTS");

    [ChromiumFact]
    public async Task Every_screen_passes_axe_fits_its_window_and_logs_no_error()
    {
        IReadOnlyList<AppPage> screens = [.. await AppPages.FindAsync(testHost), .. await AppPages.OpenedAsync(testHost)];

        var complaints = await Task.WhenAll(Sizes.Select(size => WalkAsync(screens, size)));

        complaints.SelectMany(each => each).Should().BeEmpty();
    }

    private async Task<List<string>> WalkAsync(IReadOnlyList<AppPage> screens, (string Name, int Width, int Height, int Narrower) kind)
    {
        var (size, width, height, narrower) = kind;
        List<string> complaints = [];
        foreach (var reader in screens.GroupBy(screen => screen.Who))
        {
            var page = await Browser.OpenAsync(testHost.App, options =>
            {
                options.ViewportSize = new ViewportSize { Width = width, Height = height };
                options.ReducedMotion = ReducedMotion.Reduce;
            });
            var here = "";
            page.Console += (_, message) =>
            {
                // A page that is not there answers 404, which the browser notes.
                if (message.Type == "error" && !message.Text.Contains("status of 40", StringComparison.Ordinal))
                {
                    complaints.Add($"{here} {size}: {message.Text}");
                }
            };
            if (reader.Key is { } email)
            {
                await page.SignInAsync(email);
            }

            foreach (var screen in reader)
            {
                here = screen.Name;
                await page.ShowAsync(screen);
                complaints.AddRange(await WidthAsync(page, $"{screen.Name} {size}"));
                // One load for both themes: only colours differ.
                foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
                {
                    await page.EmulateMediaAsync(new() { ColorScheme = theme });
                    await page.StillAsync();
                    complaints.AddRange((await page.AxeFaultsAsync()).Select(fault => $"{screen.Name} {size} {theme}: {fault}"));
                    if (_folder is not null)
                    {
                        var file = Path.Combine(_folder, $"{screen.Name}-{size}-{theme.ToString().ToLowerInvariant()}.png");
                        await page.ScreenshotAsync(new() { Path = file, FullPage = screen.Open is null });
                    }
                }

                // Which colours are forced does not depend on the size.
                if (kind == Sizes[0])
                {
                    await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ForcedColors = ForcedColors.Active });
                    await page.StillAsync();
                    complaints.AddRange((await page.AxeFaultsAsync()).Select(fault => $"{screen.Name} forced colours: {fault}"));
                }

                await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ForcedColors = ForcedColors.None });
                await page.SetViewportSizeAsync(narrower, height);
                await page.StillAsync();
                complaints.AddRange(await WidthAsync(page, $"{screen.Name} {narrower}"));
                complaints.AddRange((await page.AxeFaultsAsync()).Select(fault => $"{screen.Name} {narrower}: {fault}"));
                await page.SetViewportSizeAsync(width, height);
            }

            await page.Context.CloseAsync();
        }

        return complaints;
    }

    private static async Task<IEnumerable<string>> WidthAsync(IPage page, string where) =>
        await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth") ? [$"{where}: wider than its window"] : [];
}
