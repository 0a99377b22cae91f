using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Tests.Testing;
using static Microsoft.Playwright.Assertions;

namespace ZoomCalendar.Tests.Pages.Schedule;

/// <summary>Details > Edit of the booker's address, and the confirmation once more, as staff use them.</summary>
[OnSqlite("What a page shows does not depend on the database.")]
[Trait("Category", "Browser")]
public sealed class ChangedBookerBrowserTests(AppHost app) : IClassFixture<AppHost>
{
    [ChromiumFact]
    public async Task Staff_correct_the_address_see_it_in_the_history_and_send_the_confirmation_again()
    {
        var id = await BookedAsync("tina@exmaple.test");
        var page = await Browser.OpenAsync(app);
        await page.SignInAsync("ada@demo.test");
        await page.VisitAsync($"/a/northwind/calendar?open={id}");
        var dialog = page.GetByRole(AriaRole.Dialog);

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await dialog.GetByLabel("Email").FillAsync("tina@example.test");
        await dialog.GetByLabel("Email").BlurAsync();
        await Expect(dialog.GetByText("The confirmation goes to tina@example.test.")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send confirmation again" }).ClickAsync();
        await Expect(dialog.GetByText("The confirmation goes to tina@example.test again.")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Show history" }).ClickAsync();

        await Expect(dialog.GetByText("Booker changed from tina@exmaple.test to tina@example.test")).ToBeVisibleAsync();
        await Expect(dialog.GetByText("Confirmation sent again to tina@example.test")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    private async Task<AppointmentId> BookedAsync(string email)
    {
        await using var db = await app.OpenDatabaseAsync();
        var calendar = await db.Calendars.SingleAsync(row => row.Slug == "intro-call");
        var ada = new Actor(
            calendar.SubAccountId,
            await db.Users.Where(row => row.Email == "ada@demo.test").Select(row => row.Id).SingleAsync(),
            Role.Admin);
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var free = await app.Services.GetRequiredService<FreeSlotFinder>()
            .FindAsync(calendar.Id, now.AddDays(1), now.AddDays(20), null, ada, now, default);
        var request = new BookRequest
        {
            CalendarId = calendar.Id,
            Start = free[free.Count / 2].Start.ToDateTimeOffset(),
            Booker = new Booker { Name = "Tina Wells", Email = email },
        };
        return (await app.Services.GetRequiredService<AppointmentBook>().BookAsync(request, ada, now, default)).AppointmentId!.Value;
    }
}
