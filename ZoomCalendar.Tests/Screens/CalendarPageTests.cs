using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Components.Pages.Calendars;

namespace ZoomCalendar.Tests.Screens;

/// <summary>One calendar's settings.</summary>
[OnSqlite(ScreenTest.AtOnce)]
public sealed class CalendarPageTests : CalendarScreenTest
{
    [Theory]
    [InlineData("")]
    [InlineData("?tab=team")]
    [InlineData("?tab=general")]
    public async Task Opening_a_calendar_shows_each_user_with_their_meeting_location(string query)
    {
        var calendar = await CalendarAsync("Consultation", CalendarType.RoundRobin, [Ben, Cleo]);

        var page = Open(calendar, TestTenant.AsAdmin, query);

        var shown = page.Find("[role=tabpanel].mud-tab-panel-active");
        shown.QuerySelectorAll("form h2").Select(heading => heading.TextContent).Should().StartWith(["User ben", "User cleo"]);
        foreach (var heading in new[] { "User ben", "User cleo" })
        {
            FormOf(page, heading).TextContent.Should().Contain("Meeting Location").And.Contain("Phone number");
        }
    }

    [Fact]
    public async Task The_head_shows_the_booking_address_the_members_signature_and_the_embed_code_of_a_calendar_that_may_be_embedded()
    {
        var calendar = await CalendarAsync(
            "Intro call", CalendarType.Personal, [Ben], change: calendar => calendar.EmbedOrigins = "https://www.example.test");

        var head = Open(calendar, TestTenant.As(Ben)).Find(".page-head");
        head.TextContent.Should().Contain("https://book.example.test/book/studio/intro-call");
        Buttons(head).Should().Contain(["Copy link", "Copy signature", "QR code", "Copy embed code"]);

        Buttons(Open(calendar, TestTenant.AsAdmin).Find(".page-head")).Should().NotContain("Copy signature");
    }

    [Fact]
    public async Task A_calendar_that_no_site_may_embed_has_no_embed_code_at_its_head()
    {
        var calendar = await CalendarAsync("Intro call", CalendarType.Personal, [Ben]);

        Buttons(Open(calendar, TestTenant.As(Ben)).Find(".page-head")).Should().Contain("QR code").And.NotContain("Copy embed code");
    }

    [Fact]
    public async Task A_tab_is_part_of_the_address()
    {
        var calendar = await CalendarAsync("Consultation", CalendarType.Personal, [Ben]);
        var page = Open(calendar, TestTenant.AsAdmin, "?tab=meetings");
        Shown(page).Should().Contain("Waiting room");

        await page.FindAll("[role=tab]").Single(tab => tab.TextContent.Trim() == "Availability").ClickAsync(new());

        Bunit.Services.GetRequiredService<NavigationManager>().Uri.Should().EndWith($"{calendar.Value}?tab=availability");
        Shown(page).Should().Contain("Slot rules");
    }

    [Fact]
    public async Task A_user_finds_their_own_location_first_and_may_change_only_that()
    {
        var calendar = await CalendarAsync("Consultation", CalendarType.RoundRobin, [Ben, Cleo]);

        var page = Open(calendar, TestTenant.As(Cleo));

        page.FindAll("form h2").First().TextContent.Should().Be("User cleo");
        Buttons(FormOf(page, "User cleo")).Should().Contain("Save").And.NotContain("Remove");
        Buttons(FormOf(page, "User ben")).Should().BeEmpty();
        FormOf(page, "General").QuerySelectorAll("input, textarea").Should().OnlyContain(field => field.HasAttribute("disabled"));
        page.Markup.Should().Contain("Only admins can change these settings.").And.NotContain("Archive this calendar");
    }

    [Fact]
    public async Task A_saved_meeting_location_is_stored_for_that_user_alone()
    {
        var calendar = await CalendarAsync("Consultation", CalendarType.RoundRobin, [Ben, Cleo]);
        var page = Open(calendar, TestTenant.As(Ben));

        FormOf(page, "User ben").QuerySelector("input[maxlength='500']")!.Change("+1 555 0199");
        FormOf(page, "User ben").Submit();

        var members = (await ViewAsync(calendar)).Members;
        members.Select(member => member.Location.Detail).Should().BeEquivalentTo(["+1 555 0199", "+1 555 0100"]);
    }

    [Theory]
    [InlineData("", "Enter the phone number that is called.")]
    [InlineData(" ", "Enter the phone number that is called.")]
    [InlineData("\u200b", "Enter the phone number that is called.")]
    [InlineData("long", "That is too long: use at most 500 characters.")]
    public async Task A_location_whose_detail_is_missing_or_too_long_is_refused_beside_that_field_and_kept(string typed, string problem)
    {
        var calendar = await CalendarAsync("Consultation", CalendarType.Personal, [Ben]);
        var page = Open(calendar, TestTenant.As(Ben));
        var text = typed is "long" ? new string('5', MeetingLocation.DetailMaxLength + 1) : typed;

        FormOf(page, "User ben").QuerySelector("input[maxlength='500']")!.Change(text);
        FormOf(page, "User ben").Submit();

        var detail = FormOf(page, "User ben").QuerySelector("input[maxlength='500']")!;
        detail.Closest(".mud-input-control")!.TextContent.Should().Contain(problem);
        detail.GetAttribute("value").Should().Be(text);
        FormOf(page, "User ben").QuerySelectorAll(".mud-alert").Should().BeEmpty("the sentence stands beside the field");
        (await ViewAsync(calendar)).Members.Single().Location.Should().Be(Phone);
    }

    [Fact]
    public async Task An_event_calendars_location_without_its_detail_is_refused_beside_that_field()
    {
        var calendar = await CalendarAsync("Open house", CalendarType.Event, []);
        var page = Open(calendar, TestTenant.AsAdmin);
        var before = await ViewAsync(calendar);
        await ChooseAsync(page, "Meeting Location", "In person");

        FormOf(page, "Meeting location").Submit();

        FormOf(page, "Meeting location").QuerySelector("input[maxlength='500']")!.Closest(".mud-input-control")!.TextContent.Should()
            .Contain("Enter the address to come to.");
        FormOf(page, "Meeting location").QuerySelectorAll(".mud-alert").Should().BeEmpty();
        (await ViewAsync(calendar)).RowVersion.Should().Be(before.RowVersion);
    }

    [Fact]
    public async Task Another_kind_of_location_starts_without_the_complaint_about_the_former_one()
    {
        var calendar = await CalendarAsync("Consultation", CalendarType.Personal, [Ben]);
        var page = Open(calendar, TestTenant.As(Ben));
        FormOf(page, "User ben").QuerySelector("input[maxlength='500']")!.Change("");
        FormOf(page, "User ben").Submit();

        await ChooseAsync(page, "Meeting Location", "Custom");

        FormOf(page, "User ben").QuerySelectorAll(".mud-input-error").Should().BeEmpty();
    }

    [Fact]
    public async Task A_calendars_own_hours_that_cannot_be_read_are_refused_beside_their_field()
    {
        var calendar = await CalendarAsync("Open house", CalendarType.Event, []);
        var page = Open(calendar, TestTenant.AsAdmin, "?tab=availability");
        var before = await ViewAsync(calendar);
        page.Find("button[aria-label='Add hours to Sunday']").Click();

        page.Find("input[aria-label='Sunday, until']").Change("");
        FormOf(page, "Slot rules").Submit();

        page.Find("input[aria-label='Sunday, until']").Closest(".mud-input-control")!.TextContent.Should().Contain("Enter a time");
        FormOf(page, "Slot rules").QuerySelectorAll(".mud-alert").Should().BeEmpty();
        (await ViewAsync(calendar)).RowVersion.Should().Be(before.RowVersion);
    }

    [Fact]
    public async Task A_second_save_from_an_outdated_page_says_so_beside_its_button_and_shows_the_present_state()
    {
        var calendar = await CalendarAsync("Consultation", CalendarType.Personal, [Ben]);
        var page = Open(calendar, TestTenant.AsAdmin);
        var request = new EditCalendar(calendar, 0) { Name = "Elsewhere", Slug = "elsewhere", TimeZone = "Etc/UTC" };
        (await TestTenant.CalendarSettings.EditAsync(request, TestTenant.AsAdmin, TestTenant.Now, default)).Succeeded.Should().BeTrue();

        page.Find("#name").Change("Here");
        FormOf(page, "General").Submit();

        FormOf(page, "General").QuerySelector("[role=alert]")!.TextContent.Should().Contain("in the meantime");
        ValueOf(page, "name").Should().Be("Elsewhere");
    }

    [Theory]
    [InlineData("name", "", "Enter a name.")]
    [InlineData("name", "\u200b", "Enter a name.")]
    [InlineData("slug", "Not An Address", "The address may hold small letters")]
    [InlineData("slug", "", "The address may hold small letters")]
    [InlineData("slug", "waiting", "The app's own pages use \"waiting\" as an address.")]
    [InlineData("embed-origins", "https://example.test/path", "is not a site's address")]
    public async Task A_wrong_text_is_refused_beside_its_field_and_kept(string field, string text, string problem)
    {
        var calendar = await CalendarAsync("Consultation", CalendarType.Personal, [Ben]);
        var page = Open(calendar, TestTenant.AsAdmin);

        page.Find($"#{field}").Change(text);
        FormOf(page, "General").Submit();

        Below(page, field).Should().Contain(problem);
        ValueOf(page, field).Should().Be(text);
        (await ViewAsync(calendar)).Should().Match<CalendarView>(view => view.Name == "Consultation" && view.RowVersion == 0);
    }

    [Fact]
    public async Task An_address_in_use_is_refused_beside_its_field_and_another_one_is_saved()
    {
        await CalendarAsync("Taken", CalendarType.Personal, [Ben]);
        var calendar = await CalendarAsync("Consultation", CalendarType.Personal, [Ben]);
        var page = Open(calendar, TestTenant.AsAdmin);

        page.Find("#description").Change("Half an hour");
        page.Find("#slug").Change("taken");
        FormOf(page, "General").Submit();

        Below(page, "slug").Should().StartWith("This address is taken by another calendar.");
        ValueOf(page, "slug").Should().Be("taken");
        ValueOf(page, "description").Should().Be("Half an hour");
        (await ViewAsync(calendar)).Slug.Should().Be("consultation");

        page.Find("#slug").Change("free");
        Below(page, "slug").Should().NotContain("taken");
        FormOf(page, "General").Submit();
        (await ViewAsync(calendar)).Should().Match<CalendarView>(view => view.Slug == "free" && view.Description == "Half an hour");
    }

    [Theory]
    [InlineData("length", "1", "The duration must be 5 minutes to 24 hours")]
    [InlineData("interval", "2000", "The slot interval must be 5 minutes to 24 hours")]
    [InlineData("before", "1441", "The buffer before must be 0 to 24 hours")]
    [InlineData("after", "1441", "The buffer after must be 0 to 24 hours")]
    [InlineData("notice", "9999999", "The minimum notice must be 0 minutes to 2 years")]
    [InlineData("horizon", "0", "The booking window must be 1 day to 2 years")]
    [InlineData("seats", "0", "The appointments per slot must be 1 to 9,999.")]
    [InlineData("day-limit", "0", "The limit per day must be 1 or more")]
    [InlineData("cutoff", "9999999", "The cancellation deadline must be 0 minutes to 2 years")]
    [InlineData("length", "", "Enter a number.")]
    public async Task A_number_outside_its_bounds_is_refused_beside_its_field_and_kept(string field, string number, string problem)
    {
        var calendar = await CalendarAsync("Consultation", CalendarType.Personal, [Ben]);
        var page = Open(calendar, TestTenant.AsAdmin, "?tab=availability");

        page.Find($"#{field}").Change(number);
        FormOf(page, "Slot rules").Submit();

        Below(page, field).Should().StartWith(problem);
        ValueOf(page, field).Should().Be(number);
        (await ViewAsync(calendar)).RowVersion.Should().Be(0);
    }

    [Fact]
    public async Task Slot_rules_within_their_bounds_are_saved_and_an_empty_limit_is_none()
    {
        var calendar = await CalendarAsync(
            "Consultation", CalendarType.Personal, [Ben], change: calendar => calendar.Rules = calendar.Rules with { DayLimit = 3 });
        var page = Open(calendar, TestTenant.AsAdmin, "?tab=availability");

        page.Find("#length").Change("45");
        page.Find("#day-limit").Change("");
        FormOf(page, "Slot rules").Submit();

        (await ViewAsync(calendar)).Rules.Should()
            .Match<BookingRules>(rules => rules.LengthMinutes == 45 && rules.DayLimit == null && rules.HorizonDays == 60);
    }

    [Fact]
    public async Task A_passcode_that_Zoom_does_not_accept_is_refused_beside_its_field()
    {
        var calendar = await CalendarAsync("Consultation", CalendarType.Personal, [Ben]);
        var page = Open(calendar, TestTenant.AsAdmin, "?tab=meetings");

        page.Find("#passcode").Change("no space");
        FormOf(page, "Meeting settings").Submit();

        Below(page, "passcode").Should().StartWith("A passcode may hold letters, digits");
        ValueOf(page, "passcode").Should().Be("no space");
        (await ViewAsync(calendar)).RowVersion.Should().Be(0);
    }

    [Fact]
    public async Task A_chosen_recording_is_saved()
    {
        var calendar = await CalendarAsync("Consultation", CalendarType.Personal, [Ben]);
        var page = Open(calendar, TestTenant.AsAdmin, "?tab=meetings");

        await ChooseAsync(page, "Recording", "In the Zoom cloud");
        FormOf(page, "Meeting settings").Submit();

        (await ViewAsync(calendar)).MeetingSettings.Recording.Should().Be(Recording.Cloud);
    }

    [Fact]
    public async Task A_reminder_outside_its_bounds_is_refused_beside_its_field()
    {
        var calendar = await CalendarAsync("Consultation", CalendarType.Personal, [Ben]);
        var page = Open(calendar, TestTenant.AsAdmin);

        var number = page.Find("[aria-label='Reminder 1: how long before the start']");
        number.Change("31");
        FormOf(page, "General").Submit();

        page.Find("[aria-label='Reminder 1: how long before the start']").Closest(".mud-input-control")!.TextContent.Should()
            .Contain("Choose 5 minutes to 30 days.");
        (await ViewAsync(calendar)).RowVersion.Should().Be(0);
    }

    [Fact]
    public async Task A_priority_is_saved_at_once_and_a_wrong_one_is_refused_beside_its_field()
    {
        var calendar = await CalendarAsync("Consultation", CalendarType.RoundRobin, [Ben]);
        var page = Open(calendar, TestTenant.AsAdmin);

        Priority(page).Change("11");
        Priority(page).Closest(".mud-input-control")!.TextContent.Should().Contain("A priority is a number from 0 to 10.");
        (await ViewAsync(calendar)).Members.Single().Priority.Should().Be(0);

        Priority(page).Change("7");
        (await ViewAsync(calendar)).Members.Single().Priority.Should().Be(7);
    }

    [Fact]
    public async Task A_calendar_is_given_to_another_owner()
    {
        var calendar = await CalendarAsync("Consultation", CalendarType.Personal, [Ben]);
        var page = Open(calendar, TestTenant.AsAdmin);

        await ChooseAsync(page, "New owner", "cleo");
        FormOf(page, "Change owner").Submit();

        (await ViewAsync(calendar)).Members.Single().UserId.Should().Be(Cleo);
        page.FindAll("form h2").First().TextContent.Should().Be("User cleo");
    }

    [Fact]
    public async Task An_event_calendar_has_one_meeting_location_and_no_users()
    {
        var calendar = await CalendarAsync("Open house", CalendarType.Event, []);

        var page = Open(calendar, TestTenant.AsAdmin);

        FormOf(page, "Meeting location").TextContent.Should().Contain("An event calendar has no members.");
        page.FindAll("h2").Should().NotContain(heading => heading.TextContent.StartsWith("User ", StringComparison.Ordinal));
    }

    private static IElement Priority(IRenderedComponent<CalendarPage> page) =>
        page.FindAll("label").Single(label => label.TextContent == "Priority").Closest(".mud-input-control")!.QuerySelector("input")!;

    private static IEnumerable<string> Buttons(IElement part) =>
        part.QuerySelectorAll("button").Select(button => button.TextContent.Trim());

    private static string Shown(IRenderedComponent<CalendarPage> page) =>
        page.Find("[role=tabpanel].mud-tab-panel-active").TextContent;
}
