using System.Diagnostics;
using Microsoft.Playwright;
using Xunit.Abstractions;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

/// <summary>
/// How long it takes to go to another page of the main menu. Written to the log: a test machine's speed is not the app's.
/// </summary>
[OnSqlite("The figure is a browser's.")]
[Collection(nameof(ScreenTestHost))]
[Trait("Category", "Browser")]
public sealed class WarmNavigationTests(ScreenTestHost screens, ITestOutputHelper log)
{
    [ChromiumFact]
    public async Task Every_page_of_the_main_menu_opens_without_loading_the_document_again()
    {
        var page = await Browser.OpenAsync(screens.App);
        await page.SignInAsync(ScreenTestHost.Ada);
        // Not in the menu, so that its first link leads elsewhere, too.
        await page.VisitAsync("/a/northwind/set-up");
        var links = page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link);
        var names = await links.AllInnerTextsAsync();
        await page.EvaluateAsync("window.isSameDocument = true");
        List<double> times = [];

        // The first round warms up.
        for (var round = 0; round < 2; round++)
        {
            times.Clear();
            foreach (var name in names)
            {
                await page.EvaluateAsync("document.querySelector('h1')?.setAttribute('data-before', '')");
                var started = Stopwatch.GetTimestamp();
                await links.Filter(new() { HasText = name }).First.ClickAsync();
                await page.WaitForFunctionAsync("() => document.querySelector('h1:not([data-before])')");
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        times.Sort();
        log.WriteLine($"Warm navigation: median {times[times.Count / 2]:0} ms, maximum {times[^1]:0} ms of {times.Count} pages");
        (await page.EvaluateAsync<bool>("window.isSameDocument === true")).Should().BeTrue();
        await page.Context.CloseAsync();
    }
}
