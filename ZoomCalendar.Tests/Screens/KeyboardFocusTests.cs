using Xunit.Abstractions;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

/// <summary>Where the keyboard is can be seen (WCAG 2.2, 2.4.7 and 2.4.11), and nothing moves on a page that opens.</summary>
[OnSqlite("What a page looks like does not depend on the database.")]
[Collection(nameof(ScreenTestHost))]
[Trait("Category", "Browser")]
public sealed class KeyboardFocusTests(ScreenTestHost screens, PageWalk walk, ITestOutputHelper log) : IClassFixture<PageWalk>
{
    // The aim is 0.05, and the log says what was measured. Where the server answers late a little may move; a fault of the page is more.
    private const double MostShift = 0.25;

    // Where the keyboard is in the calendar: the column, and the time or the appointment in it.
    private const string Place = """
        [at.closest("[data-col]")?.dataset.col, at.closest("[data-day]")?.dataset.day, at.className, at.dataset.i, at.style.cssText].join()
        """;

    private const string Minute = "+at.style.getPropertyValue('--f')";
    private const string Column = "+at.closest('[data-col]').dataset.col";

    [ChromiumFact]
    public async Task On_every_page_the_Tab_key_reaches_everything_and_its_place_is_seen_and_not_covered()
    {
        var visits = await walk.VisitsAsync();

        string.Join('\n', visits.SelectMany(visit => visit.FocusFaults.Select(fault => $"{visit}: {fault}"))).Should().BeEmpty();
    }

    [ChromiumFact]
    public async Task No_page_shifts_its_layout_as_it_opens()
    {
        var visits = await walk.VisitsAsync();

        foreach (var visit in visits.Where(visit => visit.Shift > 0))
        {
            log.WriteLine($"Layout shift of {visit}: {visit.Shift:0.0000}");
        }

        log.WriteLine($"Layout shift of the other {visits.Count(visit => visit.Shift == 0)} pages and widths: 0");
        visits.Where(visit => visit.Shift >= MostShift).Select(visit => $"{visit}: {visit.Shift:0.0000}, {visit.Shifted}")
            .Should().BeEmpty();
    }

    [ChromiumFact]
    public async Task In_the_calendar_the_place_of_the_arrow_keys_is_seen_and_not_covered()
    {
        (string, string)[] week =
        [
            ("ArrowRight", $"{Column} === 6"), ("ArrowLeft", $"{Column} === 0"),
            ("ArrowUp", $"{Minute} === 0"), ("ArrowDown", $"{Minute} >= 23.5 * 60"),
        ];
        (string, string)[] month = [("ArrowRight", "presses === 7"), ("ArrowDown", "presses === 3"), ("ArrowLeft", "presses === 7")];
        var next = screens.Now.AddDays(7);
        List<string> faults = [];
        foreach (var (width, height, _) in PageWalk.Sizes)
        {
            var page = await PageWalk.OpenAsync(screens, ScreenTestHost.Ada, width, height);
            foreach (var (view, legs) in new[] { ("week", week), ("month", month) })
            {
                await page.VisitAsync($"/a/northwind/calendar?view={view}&date={next:yyyy-MM-dd}");
                await page.Locator("[data-keyboard] [tabindex='0']").First.FocusAsync();
                faults.AddRange((await page.FocusFaultsAsync(Place, legs)).Select(fault => $"{view} {width}: {fault}"));
            }

            await page.Context.CloseAsync();
        }

        string.Join('\n', faults).Should().BeEmpty();
    }
}
