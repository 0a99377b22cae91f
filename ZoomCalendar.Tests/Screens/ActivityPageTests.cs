using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Activity;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Components.Pages.Activity;

namespace ZoomCalendar.Tests.Screens;

[OnSqlite(ScreenTest.AtOnce)]
public sealed class ActivityPageTests : ScreenTest
{
    private protected override void AddServices(IServiceCollection services) =>
        services.AddSingleton(new ActivityReader(TestTenant.Database));

    [Fact]
    public void Without_events_the_page_says_so()
    {
        var page = Show();

        page.WaitForAssertion(() => page.Find("table").TextContent.Should().Contain("Nothing to show yet."));
    }

    [Fact]
    public async Task Older_events_follow_on_a_page_of_their_own_and_Newest_leads_back()
    {
        await BookAsync(31);
        var page = Show();
        page.WaitForState(() => page.FindAll("tbody tr").Count == 30);
        page.FindAll("a").Select(link => link.TextContent).Should().Contain("Older").And.NotContain("Newest");

        Follow(page, "Older");
        page.WaitForState(() => page.FindAll("tbody tr").Count == 1);
        page.FindAll("a").Select(link => link.TextContent).Should().Contain("Newest").And.NotContain("Older");

        Follow(page, "Newest");
        page.WaitForState(() => page.FindAll("tbody tr").Count == 30);
    }

    [Fact]
    public async Task A_chosen_topic_is_kept_in_the_address_and_filters_the_list()
    {
        await BookAsync(1);
        var page = Show();
        page.WaitForState(() => page.FindAll("tbody time").Count == 1);

        await ChooseAsync(page, "Show", "Quota");

        Navigation.Uri.Should().EndWith("/a/studio/activity?show=Quota");
        page.WaitForAssertion(() => page.Find("table").TextContent.Should().Contain("Nothing to show with this filter."));
    }

    [Fact]
    public async Task Each_event_is_one_row_with_its_appointment_and_time_that_is_not_stacked_on_a_phone()
    {
        await BookAsync(1);

        var page = Show();

        page.WaitForState(() => page.FindAll("tbody time").Count == 1);
        page.Find("tbody td").TextContent.Should().Contain("Booked · Jo Field, Personal").And.Contain("08:00");
        page.FindAll(".mud-sm-table, .mud-xs-table, .mud-md-table").Should().BeEmpty("cells with labels of their own take five lines");
        page.FindAll("thead th").Select(head => head.TextContent.Trim()).Should().Equal("Event");
    }

    [Fact]
    public async Task An_appointments_history_is_a_timeline_of_its_own_events()
    {
        var (first, _) = (await BookAsync(2), 0);
        var history = Show<AppointmentHistory>(TestTenant.AsAdmin, component => component.Add(each => each.AppointmentId, first));

        history.FindAll(".mud-timeline [role=listitem]").Should().ContainSingle().Which.TextContent.Should().Contain("Booked");
    }

    private NavigationManager Navigation => Bunit.Services.GetRequiredService<NavigationManager>();

    private IRenderedComponent<ActivityPage> Show()
    {
        Navigation.NavigateTo("/a/studio/activity");
        return Show<ActivityPage>(TestTenant.AsAdmin, page => page.Add(each => each.Slug, "studio"));
    }

    private void Follow(IRenderedComponent<ActivityPage> page, string link) =>
        Navigation.NavigateTo(page.FindAll("a").Single(each => each.TextContent == link).GetAttribute("href")!);

    private async Task<AppointmentId> BookAsync(int count)
    {
        var calendar = await TestTenant.CalendarAsync(CalendarType.Personal, [Ben]);
        var ids = new List<AppointmentId>();
        foreach (var day in Enumerable.Range(1, count))
        {
            ids.Add(await TestTenant.BookedAsync(calendar, TestTenant.Now.AddDays(day)));
        }

        return ids[0];
    }
}
