using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Components.Pages.Profile;

namespace ZoomCalendar.Tests.Screens;

/// <summary>A user's hours and blocked times: each problem is said beside its field, and nothing is saved.</summary>
[OnSqlite(AtOnce)]
public sealed class AvailabilityPageTests : ScreenTest
{
    [Theory]
    [InlineData("from", "", "Enter a time")]
    [InlineData("from", "09:00:30", "Enter a time")]
    [InlineData("until", "", "Enter a time")]
    [InlineData("until", "09:00", "The end must be different from the start.")]
    public async Task Hours_that_cannot_be_read_are_refused_beside_their_field_and_kept(string field, string typed, string problem)
    {
        var before = await StoredAsync();
        var page = Open();
        page.Find("input[aria-label='Monday, from']").Change("09:00");

        page.Find($"input[aria-label='Monday, {field}']").Change(typed);
        await Hours(page).SubmitAsync();

        var time = page.Find($"input[aria-label='Monday, {field}']");
        time.Closest(".mud-input-control")!.TextContent.Should().Contain(problem);
        (time.GetAttribute("value") ?? "").Should().Be(typed);
        page.FindAll(".mud-alert").Should().BeEmpty();
        (await StoredAsync()).Should().Be(before);
    }

    [Fact]
    public async Task A_corrected_start_takes_back_the_complaint_about_the_end()
    {
        var page = Open();
        page.Find("input[aria-label='Monday, from']").Change("09:00");
        page.Find("input[aria-label='Monday, until']").Change("09:00");
        await Hours(page).SubmitAsync();
        page.FindAll(".mud-input-error").Should().NotBeEmpty();

        page.Find("input[aria-label='Monday, from']").Change("08:00");

        page.FindAll(".mud-input-error").Should().BeEmpty();
    }

    [Fact]
    public async Task A_date_override_without_a_date_is_refused_beside_its_field()
    {
        var before = await StoredAsync();
        var page = Open();
        Press(page, "Add a date");

        await Hours(page).SubmitAsync();

        Dates(page).Single().Closest(".mud-input-control")!.TextContent.Should().Contain("Choose a date.");
        page.FindAll(".mud-alert").Should().BeEmpty();
        (await StoredAsync()).Should().Be(before);
    }

    [Theory]
    [InlineData("31/12/1999", "Choose a date from the year 2000 to the year 2199.")]
    [InlineData("24/12/2026", "This date is listed twice. Choose another one, or remove one of them.")]
    public async Task A_date_override_out_of_range_or_listed_twice_is_refused_beside_its_field(string date, string problem)
    {
        var before = await StoredAsync();
        var page = Open();
        Press(page, "Add a date");
        Press(page, "Add a date");
        Dates(page)[0].Change("24/12/2026");
        Dates(page)[1].Change(date);

        await Hours(page).SubmitAsync();

        Dates(page)[1].Closest(".mud-input-control")!.TextContent.Should().Contain(problem);
        page.FindAll(".mud-alert").Should().BeEmpty();
        (await StoredAsync()).Should().Be(before);
    }

    [Theory]
    [InlineData("2026-12-24T10:00", "2026-12-24T10:00", "Until", "Choose an end after the start.")]
    [InlineData("2024-12-24T10:00", "2024-12-24T11:00", "Until", "This time is over already. Choose a later end.")]
    [InlineData("2026-12-24T10:00", "2028-12-24T10:00", "Until", "A blocked time lasts at most a year. Choose an earlier end.")]
    [InlineData("", "2026-12-24T10:00", "From", "Choose when it begins.")]
    public async Task A_blocked_time_that_cannot_be_is_refused_beside_its_field_and_kept(
        string from, string until, string field, string problem)
    {
        var page = Open();

        Field(page, "From").Change(from);
        Field(page, "Until").Change(until);
        await Field(page, "Until").Closest("form")!.SubmitAsync();

        Field(page, field).Closest(".mud-input-control")!.TextContent.Should().Contain(problem);
        (Field(page, "Until").GetAttribute("value") ?? "").Should().Be(until);
        page.FindAll(".mud-alert").Should().BeEmpty();
        (await ViewAsync()).Blocked.Should().BeEmpty();
    }

    private protected override void AddServices(IServiceCollection services) =>
        services.AddSingleton(new UserAvailability(TestTenant.Database, TestTenant.Signals));

    private static IElement Hours(IRenderedComponent<AvailabilityPage> page) => page.Find("fieldset.hours").Closest("form")!;

    private static IReadOnlyList<IElement> Dates(IRenderedComponent<AvailabilityPage> page) =>
        [.. page.FindAll(".date input")];

    private static IElement Field(IRenderedComponent<AvailabilityPage> page, string label) =>
        page.Find($"#{page.FindAll("label").Single(each => each.TextContent.Trim() == label).GetAttribute("for")}");

    private static void Press(IRenderedComponent<AvailabilityPage> page, string button) =>
        page.FindAll("button").Single(each => each.TextContent.Trim() == button).Click();

    private IRenderedComponent<AvailabilityPage> Open()
    {
        var page = Show<AvailabilityPage>(TestTenant.As(Ben), parameters => parameters.Add(availability => availability.Slug, "studio"));
        page.WaitForElement("fieldset.hours");
        return page;
    }

    private async Task<AvailabilityView> ViewAsync() =>
        (await Bunit.Services.GetRequiredService<UserAvailability>().FindAsync(TestTenant.As(Ben), TestTenant.Now, default))!;

    private async Task<string?> StoredAsync() => (await ViewAsync()).Stored;
}
