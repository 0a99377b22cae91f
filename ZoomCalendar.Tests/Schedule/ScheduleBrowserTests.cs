using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using NodaTime;
using NodaTime.Extensions;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;
using static Microsoft.Playwright.Assertions;

namespace ZoomCalendar.Tests.Pages.Schedule;

/// <summary>The staff calendar in Chromium, by labels and roles.</summary>
[OnSqlite("What a press, a drag or a key does does not depend on the database; what is read and saved by it is tested on both.")]
[Trait("Category", "Browser")]
public sealed partial class ScheduleBrowserTests(AppHost app) : IClassFixture<AppHost>
{
    private static readonly DateTimeZone Chicago = DateTimeZoneProviders.Tzdb["America/Chicago"];

    /// <summary>A Wednesday that the demo has left free.</summary>
    private static LocalDate Free(int weeks = 2) =>
        TimeProvider.System.GetUtcNow().ToInstant().InZone(Chicago).Date.Next(IsoDayOfWeek.Wednesday).PlusWeeks(weeks);

    [ChromiumFact]
    public async Task Staff_book_edit_reschedule_and_cancel()
    {
        var page = await OpenAsync("ben@demo.test", $"view=week&date={Iso(Free())}");
        var dialog = page.GetByRole(AriaRole.Dialog);
        var appointment = page.Locator(".ap", new() { HasText = "Intake" });

        await BookAsync(page, "Intake <call>", "10:00");
        await Expect(dialog.GetByRole(AriaRole.Heading, new() { Name = "Intake <call>" })).ToBeVisibleAsync();

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await dialog.GetByLabel("Title").FillAsync("Intake talk");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Heading, new() { Name = "Intake talk" })).ToBeVisibleAsync();

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Reschedule" }).ClickAsync();
        await Expect(dialog.GetByText("What happens to the link")).ToBeVisibleAsync();
        await dialog.GetByLabel("Time").FillAsync("14:00");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Reschedule" }).ClickAsync();
        await Expect(appointment.GetByText("14:00–14:30")).ToBeVisibleAsync();

        await appointment.ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel appointment" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Yes, cancel it" }).ClickAsync();
        await Expect(appointment).ToHaveCountAsync(0);

        await page.GetByLabel("Show cancelled").CheckAsync();
        await Expect(appointment).ToHaveCountAsync(1);
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task S138_A_booking_and_a_cancellation_appear_on_another_page_without_reload()
    {
        var query = $"view=week&date={Iso(Free(3))}";
        var ben = await OpenAsync("ben@demo.test", query);
        var ada = await OpenAsync("ada@demo.test", query);
        var seen = ada.Locator(".ap", new() { HasText = "Seen at once" });

        await BookAsync(ben, "Seen at once", "11:00", weeks: 3);
        await Expect(seen).ToBeVisibleAsync(new() { Timeout = 5_000 });

        await ben.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel appointment" }).ClickAsync();
        await ben.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Yes, cancel it" }).ClickAsync();
        await Expect(seen).ToHaveCountAsync(0, new() { Timeout = 5_000 });
        await ben.Context.CloseAsync();
        await ada.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task A_member_removed_while_the_page_is_open_no_longer_sees_it()
    {
        var page = await OpenAsync("cleo@demo.test", "view=week");
        await using var db = await app.OpenDatabaseAsync();
        var membership = await db.Memberships.SingleAsync(
            row => db.Set<User>().Any(user => user.Id == row.UserId && user.Email == "cleo@demo.test"));
        db.Memberships.Remove(membership);
        db.Events.Add(new Event
        {
            At = TimeProvider.System.GetUtcNow(),
            SubAccountId = membership.SubAccountId,
            Kind = EventKind.MembershipChanged,
        });

        await db.SaveChangesAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Not found" })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task The_keyboard_alone_books_moves_and_opens()
    {
        var page = await OpenAsync("ben@demo.test", $"view=day&date={Iso(Free(4))}&who={await IdOfBenAsync()}");
        var dialog = page.GetByRole(AriaRole.Dialog);

        await page.Locator(".cell").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator(".cell:focus"))
            .ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("09:30: free"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog.GetByLabel("Time")).ToHaveValueAsync("09:30");
        await FillAsync(dialog, "By keys");
        await dialog.GetByLabel("Name").PressAsync("Enter");
        await Expect(dialog.GetByRole(AriaRole.Heading, new() { Name = "By keys" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);

        var appointment = page.Locator(".ap", new() { HasText = "By keys" });
        // The free time that opened the dialog is taken now, so the keyboard stands at what was booked.
        await Expect(appointment).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("m");
        await Expect(page.GetByText("Moving By keys")).ToBeAttachedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.GetByText("09:45–10:15").First).ToBeAttachedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.GetByText("10:00–10:30").First).ToBeAttachedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog.GetByLabel("Time")).ToHaveValueAsync("10:00");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Reschedule" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(appointment.GetByText("10:00–10:30")).ToBeVisibleAsync();
        await Expect(appointment).ToBeFocusedAsync();
        await page.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task The_later_of_two_concurrent_edits_is_refused_and_nothing_is_lost()
    {
        var query = $"view=week&date={Iso(Free(3))}";
        var ben = await OpenAsync("ben@demo.test", query);
        await BookAsync(ben, "Edited twice", "13:00", weeks: 3);
        var ada = await OpenAsync("ada@demo.test", query);
        await ada.Locator(".ap", new() { HasText = "Edited twice" }).ClickAsync();
        var (his, hers) = (ben.GetByRole(AriaRole.Dialog), ada.GetByRole(AriaRole.Dialog));
        await his.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await hers.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await his.GetByLabel("Title").FillAsync("Ben's title");
        await hers.GetByLabel("Title").FillAsync("Ada's title");

        await his.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(his.GetByRole(AriaRole.Heading, new() { Name = "Ben's title" })).ToBeVisibleAsync();
        await hers.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(hers.GetByText("changed")).ToBeVisibleAsync();
        await Expect(hers.GetByLabel("Title")).ToHaveValueAsync("Ada's title");
        await using var db = await app.OpenDatabaseAsync();
        (await db.Appointments.CountAsync(row => row.Title == "Ben's title")).Should().Be(1);
        (await db.Appointments.CountAsync(row => row.Title == "Ada's title")).Should().Be(0);
        await ben.Context.CloseAsync();
        await ada.Context.CloseAsync();
    }

    [ChromiumFact]
    public async Task A_change_of_week_with_500_appointments_in_view_is_one_message_of_at_most_280_kB()
    {
        var week = Free(20).PlusDays(-2);
        await FillAsync(week);
        await FillAsync(week.PlusWeeks(1));
        var page = await Browser.OpenAsync(app);
        // The largest message is the week; what the page still says about its own opening may arrive beside it.
        var largest = 0;
        page.WebSocket += (_, socket) =>
            socket.FrameReceived += (_, frame) => largest = Math.Max(largest, frame.Binary?.Length ?? frame.Text?.Length ?? 0);
        await page.SignInAsync("ada@demo.test");
        await page.VisitAsync($"/a/northwind/calendar?view=week&date={Iso(week)}");
        await Expect(page.Locator(".ap")).ToHaveCountAsync(504);
        largest = 0;

        await page.GetByRole(AriaRole.Button, new() { Name = "Next week" }).ClickAsync();
        await Expect(page.Locator(".ap[data-i='0']").First.Locator("time"))
            .ToHaveAttributeAsync("datetime", new System.Text.RegularExpressions.Regex(Iso(week.PlusWeeks(1))));
        await Expect(page.Locator(".ap")).ToHaveCountAsync(504);

        largest.Should().BeInRange(10_000, 280_000);
        await page.Context.CloseAsync();
    }

    private static string Iso(LocalDate date) => date.ToString("R", null);

    /// <summary>While it is open, elements behind it do not react to the mouse.</summary>
    private static async Task CloseAsync(ILocator dialog)
    {
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
    }

    private static async Task FillAsync(ILocator dialog, string name)
    {
        await dialog.ChooseAsync("Calendar", "Intro call");
        await dialog.GetByLabel("Name").FillAsync(name);
    }

    private static async Task BookAsync(IPage page, string title, string time, int weeks = 2)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Book appointment" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await FillAsync(dialog, "Jo Field");
        await dialog.GetByLabel("Date").FillAsync(Iso(Free(weeks)));
        await dialog.GetByLabel("Time").FillAsync(time);
        await dialog.GetByLabel("Title").FillAsync(title);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Book", Exact = true }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel appointment" })).ToBeVisibleAsync();
    }

    private async Task<IPage> OpenAsync(string email, string query)
    {
        var page = await Browser.OpenAsync(app);
        await page.SignInAsync(email);
        await page.VisitAsync($"/a/northwind/calendar?{query}");
        return page;
    }

    private async Task<string> IdOfBenAsync()
    {
        await using var db = await app.OpenDatabaseAsync();
        return (await db.Users.SingleAsync(user => user.Email == "ben@demo.test")).Id.Value.ToString("N");
    }

    /// <summary>504 appointments of 20 minutes, one after the other: all of them are drawn.</summary>
    private async Task FillAsync(LocalDate monday)
    {
        await using var db = await app.OpenDatabaseAsync();
        var calendar = await db.Calendars.Include(row => row.Members).SingleAsync(row => row.Name == "Intro call");
        var host = calendar.PrimaryOwner!.UserId;
        var start = Chicago.AtStartOfDay(monday).ToDateTimeOffset().ToUniversalTime();
        db.Appointments.AddRange(Enumerable.Range(0, 504).Select(number =>
            new Appointment(
                AppointmentId.New(start),
                calendar.SubAccountId,
                new Slot(calendar.Id, host, start.AddMinutes(20 * number)),
                start.AddMinutes(20 * (number + 1)),
                start)
            {
                Title = $"Appointment number {number}",
                Booker = new Booker { Name = $"Customer {number} of the week" },
                Location = MeetingLocation.Zoom,
            }));
        await db.SaveChangesAsync();
    }
}
