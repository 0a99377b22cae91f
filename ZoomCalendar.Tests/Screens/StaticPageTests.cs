using Microsoft.Playwright;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

/// <summary>The pages without a circuit, for people who use forced colours, 400 % zoom or a keyboard.</summary>
[OnSqlite("What a page looks like does not depend on the database.")]
[Collection(nameof(ScreenTestHost))]
[Trait("Category", "Browser")]
public sealed class StaticPageTests(ScreenTestHost screens)
{
    // 1280 pixels at 400 %, and a phone.
    private static readonly (int Width, int Height)[] Sizes = [(320, 256), (320, 640)];

    private readonly string? _folder = Environment.GetEnvironmentVariable("ZOOMCALENDAR_SCREENSHOTS");

    [ChromiumFact]
    public async Task Static_pages_pass_axe_at_320_pixels_in_forced_colours()
    {
        var faults = await ForEachAsync(async (page, address, size) =>
        {
            List<string> found = [];
            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") is > 320 and var wide)
            {
                found.Add($"scrolls sideways: {wide} px");
            }

            // EveryScreenTests has them in light and dark; here those are for the pictures.
            PageEmulateMediaOptions[] forced = [new() { ColorScheme = ColorScheme.Dark, ForcedColors = ForcedColors.Active }];
            PageEmulateMediaOptions[] others = [new() { ColorScheme = ColorScheme.Light }, new() { ColorScheme = ColorScheme.Dark }];
            foreach (var look in _folder is null ? forced : [.. others, .. forced])
            {
                await page.EmulateMediaAsync(look);
                await page.StillAsync();
                // In forced colours the browser chooses the colours; axe reads those that they replace.
                var faults = await page.AxeFaultsAsync(without: look.ForcedColors is ForcedColors.Active ? "color-contrast" : null);
                found.AddRange(faults.Select(fault => $"{look.ColorScheme} {look.ForcedColors}: {fault}"));
                if (_folder is not null)
                {
                    var name = address.Split('?')[0].Trim('/').Replace('/', '-');
                    var file = $"static-{(name.Length > 60 ? name[..60] : name)}-{size.Height}-{look.ColorScheme}-{look.ForcedColors}.png";
                    await page.ScreenshotAsync(new() { Path = Path.Combine(_folder, file), FullPage = true });
                }
            }

            await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None });
            return found;
        });

        faults.Should().BeEmpty();
    }

    [ChromiumFact]
    public async Task Headings_start_with_one_first_level_and_leave_none_out()
    {
        var faults = await ForEachAsync(async (page, _, _) =>
        {
            var levels = await page.EvaluateAsync<int[]>("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])");
            var isInOrder = levels is [1, ..] && levels.Count(level => level == 1) == 1
                && levels.Zip(levels.Skip(1)).All(pair => pair.Second <= pair.First + 1);
            return isInOrder ? [] : [string.Join(" ", levels)];
        });

        faults.Should().BeEmpty();
    }

    [ChromiumFact]
    public async Task The_keyboard_reaches_everything_and_shows_where_it_is_in_forced_colours()
    {
        var faults = await ForEachAsync(async (page, _, _) =>
        {
            await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
            return await WalkAsync(page);
        });

        faults.Should().BeEmpty();
    }

    [ChromiumFact]
    public async Task The_chosen_day_is_told_from_free_days_and_other_days_in_forced_colours()
    {
        var page = await Browser.OpenAsync(screens.App, options => options.ForcedColors = ForcedColors.Active);
        await page.GotoAsync("/book/northwind/intro-call");

        var chosen = await LookAsync(page, ".day.free[aria-current]");
        var free = await LookAsync(page, ".day.free:not([aria-current])");
        var other = await LookAsync(page, ".day:not(.free)");

        free.Should().NotBe(other);
        chosen.Should().NotBe(free).And.NotBe(other);
        chosen.Split('|')[0].Should().NotBe(free.Split('|')[0], "its ground is another one");
        await page.Context.CloseAsync();
    }

    private static Task<string> LookAsync(IPage page, string selector) => page.Locator(selector).First.EvaluateAsync<string>(
        "day => { const s = getComputedStyle(day); return `${s.backgroundColor}|${s.borderTopWidth} ${s.borderTopStyle}`; }");

    // Each stop of the Tab key is seen: an outline that forced colours draw, and not hidden under anything.
    private static async Task<List<string>> WalkAsync(IPage page)
    {
        List<string> faults = [];
        HashSet<string> seen = [];
        for (var stop = 0; stop < 200; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            var at = await page.EvaluateAsync<string[]?>("""
                () => {
                  const at = document.activeElement;
                  if (!at || at === document.body) return null;
                  const style = getComputedStyle(at), box = at.getBoundingClientRect();
                  const middle = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, innerHeight) / 2);
                  const path = [...document.querySelectorAll("*")].indexOf(at).toString();
                  return [path, at.outerHTML.slice(0, 120), style.outlineStyle, parseFloat(style.outlineWidth).toString(),
                    String(!!middle && (at.contains(middle) || middle.contains(at)))];
                }
                """);
            if (at is null || !seen.Add(at[0]))
            {
                break;
            }

            if (at[2] == "none" || float.Parse(at[3], System.Globalization.CultureInfo.InvariantCulture) < 2)
            {
                faults.Add($"no outline on {at[1]}");
            }

            if (at[4] != "true")
            {
                faults.Add($"covered: {at[1]}");
            }
        }

        var all = await page.EvaluateAsync<int>("""
            [...document.querySelectorAll("a[href], button, input:not([type=hidden]):not([type=radio]), select, textarea, summary")]
              .filter(each => each.tabIndex >= 0 && each.checkVisibility({ visibilityProperty: true })).length
            """);
        if (seen.Count < all)
        {
            faults.Add($"{seen.Count} of {all} controls reached");
        }

        return faults;
    }

    private async Task<List<string>> ForEachAsync(Func<IPage, string, (int Width, int Height), Task<List<string>>> check)
    {
        // Everything that a visitor or a signed-in person sees without a circuit.
        var pages = (await AppPages.FindAsync(screens)).Where(page => page.Who is null).Select(page => page.Address)
            .Append("/book/northwind/intro-call?at=" + Uri.EscapeDataString(await FreeTimeAsync()))
            .Append("/no/such/page").Append("/book/no-such-calendar").ToList();
        List<string> faults = [];
        foreach (var size in Sizes)
        {
            var page = await Browser.OpenAsync(screens.App, options =>
            {
                options.ViewportSize = new ViewportSize { Width = size.Width, Height = size.Height };
                options.ReducedMotion = ReducedMotion.Reduce;
            });
            foreach (var address in pages)
            {
                await page.GotoAsync(address);
                (await page.Locator("[data-interactive]").CountAsync()).Should().Be(0, "{0} has no circuit", address);
                faults.AddRange((await check(page, address, size)).Select(fault => $"{address} {size}: {fault}"));
            }

            await page.Context.CloseAsync();
        }

        return faults;
    }

    private async Task<string> FreeTimeAsync()
    {
        using var visitor = screens.App.NewVisitor();
        var html = await (await visitor.GetAsync("/book/northwind/intro-call")).TextAsync();
        return Uri.UnescapeDataString(System.Text.RegularExpressions.Regex.Match(html, "at=([^\"&]+)").Groups[1].Value);
    }
}
