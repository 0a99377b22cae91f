using Microsoft.Playwright;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

/// <summary>What was found on one page in one width.</summary>
/// <param name="Shift">The sum of the layout shifts as the page opened, without those that follow on input.</param>
/// <param name="Shifted">What moved.</param>
internal sealed record PageVisit(string Name, int Width, IReadOnlyList<string> FocusFaults, double Shift, string Shifted)
{
    public override string ToString() => $"{Name} {Width}";
}

/// <summary>
/// Opens every page once in two widths, measures it and goes through it with the Tab key. Several tests ask for the result.
/// </summary>
public sealed class PageWalk
{
    // Forced colours draw neither shadows nor grounds; which of them a focus has does not depend on the width.
    internal static readonly (int Width, int Height, ForcedColors Forced)[] Sizes =
        [(1440, 900, ForcedColors.None), (390, 844, ForcedColors.Active)];

    private const string WatchShifts = """
        window.shift = { sum: 0, moved: [] };
        new PerformanceObserver(list => {
          for (const entry of list.getEntries().filter(entry => !entry.hadRecentInput)) {
            shift.sum += entry.value;
            shift.moved.push(...entry.sources.map(({ node, previousRect, currentRect }) =>
              `${node?.nodeName} ${node?.className ?? ""} from ${previousRect.y} to ${currentRect.y}`));
          }
        }).observe({ type: "layout-shift", buffered: true });
        """;

    private readonly Lazy<Task<IReadOnlyList<PageVisit>>> _visits;

    public PageWalk(ScreenTestHost screens)
    {
        _visits = new(() => WalkAsync(screens));
    }

    internal Task<IReadOnlyList<PageVisit>> VisitsAsync() => _visits.Value;

    internal static async Task<IPage> OpenAsync(
        ScreenTestHost screens, string? who, int width, int height, ForcedColors forced = ForcedColors.None)
    {
        var page = await Browser.OpenAsync(screens.App, options =>
        {
            options.ViewportSize = new ViewportSize { Width = width, Height = height };
            options.ReducedMotion = ReducedMotion.Reduce;
            options.ForcedColors = forced;
        });
        if (who is not null)
        {
            await page.SignInAsync(who);
        }

        return page;
    }

    private static async Task<IReadOnlyList<PageVisit>> WalkAsync(ScreenTestHost screens)
    {
        IReadOnlyList<AppPage> pages =
        [
            .. await AppPages.FindAsync(screens),
            .. await AppPages.OpenedAsync(screens),
            .. new[] { "day", "month", "agenda" }
                .Select(view => new AppPage($"calendar-{view}", ScreenTestHost.Ada, $"/a/northwind/calendar?view={view}")),
            new("menu-main", ScreenTestHost.Ada, "/a/northwind/activity", OpenMainMenuAsync),
            new(
                "menu-actions",
                ScreenTestHost.Ada,
                "/a/northwind/settings/calendars",
                page => page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Actions for") }).First.PressAsync("Enter")),
        ];
        return [.. (await Task.WhenAll(Sizes.Select(size => WalkAsync(screens, pages, size)))).SelectMany(each => each)];
    }

    private static async Task<List<PageVisit>> WalkAsync(
        ScreenTestHost screens, IReadOnlyList<AppPage> pages, (int Width, int Height, ForcedColors Forced) size)
    {
        List<PageVisit> visits = [];
        foreach (var reader in pages.GroupBy(page => page.Who))
        {
            var page = await OpenAsync(screens, reader.Key, size.Width, size.Height, size.Forced);
            await page.AddInitScriptAsync(WatchShifts);
            // When a font comes depends on the speed of the machine.
            await page.RouteAsync("**/*.woff2", route => route.AbortAsync());
            foreach (var screen in reader)
            {
                await page.ShowAsync(screen);
                await page.StillAsync();
                var shift = await page.EvaluateAsync<double>("shift.sum");
                var shifted = await page.EvaluateAsync<string>("shift.moved.slice(0, 3).join('; ')");
                var faults = await page.FocusFaultsAsync(size.Forced is ForcedColors.Active);
                visits.Add(new PageVisit(screen.Name, size.Width, faults, shift, shifted));
            }

            await page.Context.CloseAsync();
        }

        return visits;
    }

    // In a wide window it stands beside the page.
    private static async Task OpenMainMenuAsync(IPage page)
    {
        var menu = page.GetByRole(AriaRole.Button, new() { Name = "Menu", Exact = true });
        if (await menu.IsVisibleAsync())
        {
            await menu.PressAsync("Enter");
            await Assertions.Expect(menu).ToHaveAttributeAsync("aria-expanded", "true");
        }
    }
}
