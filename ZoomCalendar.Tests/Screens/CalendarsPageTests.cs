using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Components.Pages.Calendars;

namespace ZoomCalendar.Tests.Screens;

/// <summary>The list of calendars and the dialog that creates one.</summary>
[OnSqlite(ScreenTest.AtOnce)]
public sealed class CalendarsPageTests : CalendarScreenTest
{
    [Fact]
    public async Task Each_calendar_shows_its_type_length_members_and_meeting_location()
    {
        await CalendarAsync("Intro call", CalendarType.Personal, [Ben]);
        await CalendarAsync("Old", CalendarType.Personal, [Cleo], change: calendar => calendar.Archive());

        var page = ShowList(TestTenant.AsAdmin);

        var card = page.FindAll("[role=listitem]").Should().ContainSingle().Subject;
        card.QuerySelector("h2 a")!.TextContent.Should().Be("Intro call");
        card.TextContent.Should().Contain("Personal").And.Contain("Active").And.Contain("30 minutes").And.Contain("Phone").And.Contain("ben");
        page.Markup.Should().Contain("Show archived calendars");
    }

    [Fact]
    public async Task A_calendar_on_Zoom_says_whether_its_hosts_have_connected_Zoom()
    {
        await TestTenant.ConnectAsync(Ben, "ben");
        await CalendarAsync("Connected", CalendarType.Personal, [Ben], MeetingLocation.Zoom);
        await CalendarAsync("Not connected", CalendarType.RoundRobin, [Ben, Cleo], MeetingLocation.Zoom);

        var page = ShowList(TestTenant.AsAdmin);

        Card(page, "Connected").TextContent.Should().Contain("Zoom connected");
        Card(page, "Not connected").TextContent.Should().Contain("Zoom not connected: cleo");
    }

    [Fact]
    public async Task Several_locations_are_counted_and_a_collective_calendar_shows_its_primary_owners()
    {
        var mixed = await CalendarAsync("Mixed", CalendarType.RoundRobin, [Ben, Cleo]);
        var together = await CalendarAsync("Together", CalendarType.Collective, [Ben, Cleo]);
        var team = Bunit.Services.GetRequiredService<CalendarTeam>();
        foreach (var calendar in new[] { mixed, together })
        {
            (await team.ChangeLocationAsync(calendar, 0, Cleo, MeetingLocation.AskTheBooker, TestTenant.AsAdmin, TestTenant.Now, default))
                .Succeeded.Should().BeTrue();
        }

        var rows = await TestTenant.CalendarQueries.ListAsync(TestTenant.AsAdmin, default);

        CalendarTexts.Locations(rows.Single(row => row.Id == mixed).Locations).Should().Be("Ask the booker (1), Phone (1)");
        CalendarTexts.Locations(rows.Single(row => row.Id == together).Locations).Should().Be("Phone");
    }

    [Fact]
    public async Task Users_see_their_calendars_without_actions()
    {
        await CalendarAsync("Mine", CalendarType.Personal, [Ben]);
        await CalendarAsync("Other", CalendarType.Personal, [Cleo]);

        var page = ShowList(TestTenant.As(Ben));

        page.FindAll("h2").Select(heading => heading.TextContent.Trim()).Should().Equal("Mine");
        page.FindAll("button[aria-label^='Actions']").Should().BeEmpty();
        page.FindAll("button").Select(button => button.TextContent).Should().NotContain("New calendar");
        Card(page, "Mine").TextContent.Should().Contain("https://book.example.test/book/studio/", "anybody on a calendar may share its address");
    }

    [Fact]
    public void Without_a_calendar_the_page_says_what_to_do() =>
        ShowList(TestTenant.AsAdmin).Markup.Should().Contain("There are no calendars yet. Create the first one");

    [Fact]
    public async Task A_new_calendar_without_a_name_is_refused_beside_the_field_and_nothing_is_created()
    {
        var dialog = await DialogAsync();

        dialog.Find("#new-calendar").Submit();

        Below(dialog, "new-name").Should().Be("Enter a name.");
        (await TestTenant.CalendarQueries.ListAsync(TestTenant.AsAdmin, default)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_new_calendars_address_follows_its_name_and_one_in_use_is_refused_beside_its_field()
    {
        await CalendarAsync("Intro call", CalendarType.Personal, [Ben]);
        var dialog = await DialogAsync();

        dialog.Find("#new-name").Input("Intro call");
        ValueOf(dialog, "new-slug").Should().Be("intro-call");
        Below(dialog, "new-slug").Should().Contain("https://book.example.test/book/studio/intro-call");
        dialog.Find("#new-calendar").Submit();

        Below(dialog, "new-slug").Should().StartWith("This address is taken by another calendar.");
        ValueOf(dialog, "new-name").Should().Be("Intro call");

        dialog.Find("#new-slug").Change("intro-call-2");
        dialog.Find("#new-calendar").Submit();
        (await TestTenant.CalendarQueries.ListAsync(TestTenant.AsAdmin, default)).Select(row => row.Slug).Should()
            .BeEquivalentTo(["intro-call", "intro-call-2"]);
    }

    [Fact]
    public async Task After_Create_the_dialog_shows_the_booking_address_with_copy_view_and_QR_code()
    {
        var dialog = await DialogAsync();

        dialog.Find("#new-name").Input("Intro call");
        dialog.Find("#new-calendar").Submit();

        dialog.FindAll("a").Select(link => link.GetAttribute("href")).Distinct().Should()
            .Equal("https://book.example.test/book/studio/intro-call");
        dialog.FindAll("button, a").Select(element => element.TextContent.Trim()).Should()
            .Contain(["Copy link", "Copy signature", "View", "QR code", "Open calendar settings", "Close"]).And.NotContain("Create");
    }

    [Fact]
    public async Task A_calendar_created_for_somebody_else_offers_no_signature()
    {
        var dialog = await DialogAsync();

        dialog.Find("#new-name").Input("Intro call");
        await ChooseAsync(dialog, "Owner", "cleo");
        dialog.Find("#new-calendar").Submit();

        dialog.FindAll("button").Select(button => button.TextContent.Trim()).Should().Contain("Copy link").And.NotContain("Copy signature");
    }

    [Fact]
    public async Task A_calendar_that_is_created_is_in_the_list_when_the_dialog_is_closed()
    {
        var page = ShowList(TestTenant.AsAdmin);
        var dialogs = Bunit.Render<MudDialogProvider>();
        page.FindAll("button").Single(button => button.TextContent.Trim() == "New calendar").Click();

        dialogs.Find("#new-name").Input("Intro call");
        dialogs.Find("#new-calendar").Submit();
        dialogs.FindAll("button").Single(button => button.TextContent.Trim() == "Close").Click();

        page.WaitForAssertion(() => Card(page, "Intro call").TextContent.Should().Contain("/book/studio/intro-call"));
    }

    [Fact]
    public async Task A_calendar_that_can_be_booked_shows_its_address_and_an_archived_one_does_not()
    {
        await CalendarAsync("Intro call", CalendarType.Personal, [Ben]);
        var old = await CalendarAsync("Old", CalendarType.Personal, [Ben], change: calendar => calendar.Archive());

        Card(ShowList(TestTenant.AsAdmin), "Intro call").TextContent.Should()
            .Contain("https://book.example.test/book/studio/intro-call").And.Contain("QR code");

        Open(old, TestTenant.AsAdmin).Find(".page-head").TextContent.Should().NotContain("https://book.example.test/book/studio/old");
    }

    private static IElement Card(IRenderedComponent<CalendarsPage> page, string name) =>
        page.FindAll("[role=listitem]").Single(card => card.QuerySelector("h2")!.TextContent.Trim() == name);

    private IRenderedComponent<CalendarsPage> ShowList(Actor actor) =>
        Show<CalendarsPage>(actor, page => page.Add(list => list.Slug, "studio"));

    private async Task<IRenderedComponent<MudDialogProvider>> DialogAsync()
    {
        var dialogs = Bunit.Render<MudDialogProvider>();
        var parameters = new DialogParameters<NewCalendarDialog> { { dialog => dialog.Workspace, WorkspaceOf(TestTenant.AsAdmin) } };
        await dialogs.InvokeAsync(
            () => Bunit.Services.GetRequiredService<IDialogService>().ShowAsync<NewCalendarDialog>("New calendar", parameters));
        return dialogs;
    }
}
