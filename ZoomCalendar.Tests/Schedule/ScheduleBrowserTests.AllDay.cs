using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;
using static Microsoft.Playwright.Assertions;

namespace ZoomCalendar.Tests.Pages.Schedule;

/// <summary>The calendar for people who look at it all day.</summary>
public sealed partial class ScheduleBrowserTests
{
    /// <summary>Where the calendar stood in each frame that was painted, from its first.</summary>
    private const string WatchScrolling = """
        window.tops = [];
        const look = () => {
          const painted = new MessageChannel();
          // After the frame is painted, when the whole page has arrived. The circuit draws a new grid: one that is gone stands at 0.
          painted.port1.onmessage = () => {
            const grid = document.querySelector(".tg-scroll");
            if (grid && document.readyState !== "loading") tops.push(Math.round(grid.scrollTop));
          };
          painted.port2.postMessage(0);
          requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
        """;

    private const string SmallTargets = """
        () => {
          const roles = ["button", "combobox", "checkbox"].map(role => `[role=${role}]`).join();
          // The label of a box is part of its target.
          const boxOf = target => (target.matches("input[type=checkbox]") ? target.closest("label") : target).getBoundingClientRect();
          return [...document.querySelectorAll(`.schedule :is(button, a[href], input, ${roles}):not([tabindex='-1'])`)]
            .filter(target => target.checkVisibility())
            .map(target => ({ target, box: boxOf(target) }))
            .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
            .map(({ target, box }) => `${target.className} ${target.textContent.slice(0, 20)} ${box.width}x${box.height}`);
        }
        """;

    [ChromiumFact]
    public async Task The_first_paint_already_shows_the_working_hours_and_stays_there()
    {
        var page = await OpenAsync("ben@demo.test", "view=month");
        await page.AddInitScriptAsync(WatchScrolling);

        await page.VisitAsync($"/a/northwind/calendar?view=week&date={Iso(Free(9))}");
        await page.WaitForFunctionAsync("() => document.querySelector('.tg-scroll[data-scrolled]') && tops.length > 3");

        (await page.EvaluateAsync<int[]>("tops")).Should().OnlyContain(top => top == 8 * 60 - 12);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Search_finds_over_all_time_as_one_types_and_a_view_ends_it()
    {
        var page = await OpenAsync("ben@demo.test", $"view=week&date={Iso(Free(30))}");
        await FillClassAsync(Free(60), 1, "Far away talk");
        var search = page.GetByLabel("Search");
        var found = page.Locator(".agenda .ap", new() { HasText = "Far away talk" });

        await search.PressSequentiallyAsync("far awa");

        await Expect(found).ToBeVisibleAsync();
        await Expect(page.GetByText("1 appointment matches “far awa”.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Search results");
        await Expect(search).ToHaveValueAsync("far awa");
        await Expect(search).ToBeFocusedAsync();

        await page.ReloadAsync();
        await Expect(search).ToHaveValueAsync("far awa");
        await Expect(found).ToBeVisibleAsync();
        await page.AliveAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Week", Exact = true }).ClickAsync();
        await Expect(page.Locator(".tg")).ToBeVisibleAsync();
        await Expect(search).ToHaveValueAsync("");

        await search.FillAsync("nobody is called that");
        await Expect(page.GetByText("No appointments match “nobody is called that”.")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task A_class_slot_opens_to_its_people()
    {
        var day = Free(8);
        await FillClassAsync(day, 8);
        var page = await OpenAsync("ben@demo.test", $"view=week&date={Iso(day)}");
        var dialog = page.GetByRole(AriaRole.Dialog);
        var block = page.Locator(".ap", new() { HasText = "Yoga class" });
        await Expect(block).ToHaveCountAsync(1);
        await Expect(block).ToContainTextAsync("8 of 8");

        await block.ClickAsync();
        await Expect(dialog).ToContainTextAsync("8 of 8 seats booked");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Person 5" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Heading, new() { Name = "Person 5" })).ToBeVisibleAsync();
        await Expect(dialog).ToContainTextAsync("7 other appointments in this slot");
        await CloseAsync(dialog);

        await block.ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel all 8" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Cancel the whole slot" })
            .GetByRole(AriaRole.Button, new() { Name = "Cancel all 8" }).ClickAsync();
        await Expect(block).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task Every_target_of_the_calendar_is_at_least_24_pixels()
    {
        var day = Free(10);
        await FillClassAsync(day, 3);
        var page = await OpenAsync("ada@demo.test", "view=week");
        List<string> small = [];
        foreach (var (width, height) in new[] { (1440, 900), (390, 844) })
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var view in new[] { "day", "week", "month", "agenda" })
            {
                await page.VisitAsync($"/a/northwind/calendar?view={view}&date={Iso(day)}");
                await page.Locator(".schedule :is(.cell, .month, .agenda)").First
                    .WaitForAsync(new() { State = WaitForSelectorState.Attached });
                small.AddRange((await page.EvaluateAsync<string[]>(SmallTargets)).Select(target => $"{view} {width}: {target}"));
            }
        }

        small.Should().BeEmpty();
        await page.Context.CloseAsync();
    }

    /// <summary>People in one slot of the demo's class, at 18:00 of that day.</summary>
    private async Task FillClassAsync(NodaTime.LocalDate day, int people, string name = "Person")
    {
        await using var db = await app.OpenDatabaseAsync();
        var calendar = await db.Calendars.Include(row => row.Members).SingleAsync(row => row.Name == "Yoga class");
        var start = Chicago.AtStrictly(day + new NodaTime.LocalTime(18, 0)).ToDateTimeOffset().ToUniversalTime();
        db.Appointments.AddRange(Enumerable.Range(1, people).Select(number =>
            new Appointment(
                AppointmentId.New(start),
                calendar.SubAccountId,
                new Slot(calendar.Id, calendar.PrimaryOwner!.UserId, start),
                start.AddMinutes(60),
                start)
            {
                Title = $"{name} {number}",
                Booker = new Booker { Name = $"{name} {number}" },
                Location = calendar.LocationOf(calendar.PrimaryOwner!.UserId),
            }));
        await db.SaveChangesAsync();
    }
}
