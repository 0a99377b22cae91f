using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Operations.Privacy;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Components.Pages.Privacy;

namespace ZoomCalendar.Tests.Screens;

[OnSqlite(ScreenTest.AtOnce)]
public sealed class BookersPageTests : ScreenTest
{
    private IRenderedComponent<MudDialogProvider> _dialogs = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _dialogs = Bunit.Render<MudDialogProvider>();
    }

    private protected override void AddServices(IServiceCollection services)
    {
        services.AddSingleton(new BookerDataReader(TestTenant.Database));
        services.AddSingleton(new BookerErasure(TestTenant.Database, TestTenant.Signals));
        services.AddSingleton(new RetentionSettings(TestTenant.Database, TestTenant.Signals));
        Bunit.AddAuthorization();
    }

    [Fact]
    public async Task Address_under_which_nothing_is_stored_is_named_and_nothing_is_offered()
    {
        var page = Show();

        await FindAsync(page, "nobody@example.test");

        page.WaitForAssertion(() => page.Find("[role=status]").TextContent.Should().Contain("Nothing is stored under nobody@example.test."));
        Buttons(page).Should().NotContain("Erase").And.NotContain("Download as JSON");
    }

    [Theory]
    [InlineData("")]
    [InlineData("jo")]
    [InlineData("Jo <jo@example.test>")]
    public async Task Text_that_is_no_address_is_refused_beside_its_field(string typed)
    {
        var page = Show();

        await FindAsync(page, typed);

        page.WaitForAssertion(() => page.Find("input[type=email]").Closest(".mud-input-control")!.TextContent.Should()
            .Contain("Enter an email address such as jo@example.com."));
        page.FindAll("[role=status]").Should().BeEmpty();
    }

    [Fact]
    public async Task Found_booker_is_counted_downloaded_and_erased_after_a_question()
    {
        var id = await BookAsync();
        TestTenant.Now = TestTenant.Now.AddDays(1);
        Clock.SetUtcNow(TestTenant.Now);
        var page = Show();
        await FindAsync(page, "jo@example.test");
        page.WaitForAssertion(() => page.Find("[role=status]").TextContent.Should().Contain("Under jo@example.test: 1 appointment."));
        page.FindAll("form[action='/privacy/export'] input[name=email]").Should().HaveCount(2)
            .And.OnlyContain(field => field.GetAttribute("value") == "jo@example.test");

        Press(page, "Erase");
        _dialogs.WaitForAssertion(() => _dialogs.Markup.Should().Contain("Erase this booker's data?"));
        Press(_dialogs, "Erase");

        page.WaitForAssertion(() => page.Find("[role=status]").TextContent.Should().Contain("Nothing is stored"));
        (await TestTenant.AppointmentAsync(id)).Booker.Name.Should().Be(Booker.ErasedName);
    }

    [Fact]
    public async Task Appointment_that_is_still_to_come_is_linked_and_nothing_is_offered_for_erasing()
    {
        var id = await BookAsync();
        var page = Show();

        await FindAsync(page, "jo@example.test");

        page.WaitForAssertion(() => page.Find(".mud-alert").TextContent.Should().Contain("still to come: 1. Cancel them first"));
        page.FindAll("a").Select(link => link.GetAttribute("href")).Should().Contain($"/a/studio/calendar?open={id.Value:N}");
        Buttons(page).Should().NotContain("Erase");
    }

    [Fact]
    public async Task Refusals_are_shown_as_a_sentence()
    {
        var page = Show(TestTenant.As(Ben));

        await FindAsync(page, "jo@example.test");
        page.WaitForAssertion(() => page.Find("[role=alert]").TextContent.Should().Contain("Only an admin of this sub-account can do that."));

        await FindAsync(page, "");
        page.WaitForAssertion(() => page.FindAll(".mud-alert[role=alert]").Should().BeEmpty());
        await ChooseAsync(page, "Erase bookers' data", "12 months after the appointment");
        Press(page, "Save");
        Press(_dialogs, "Save");
        page.WaitForAssertion(() => page.Find("[role=alert]").TextContent.Should().Contain("Only an admin of this sub-account can do that."));
    }

    [Fact]
    public async Task Retention_is_saved_after_a_question_and_shown_the_next_time()
    {
        var page = Show();
        await ChooseAsync(page, "Erase bookers' data", "12 months after the appointment");

        Press(page, "Save");
        _dialogs.WaitForAssertion(() => _dialogs.Markup.Should().Contain("This cannot be undone."));
        Press(_dialogs, "Save");

        page.WaitForAssertion(() => page.FindAll("button").Single(button => button.TextContent.Trim() == "Save").HasAttribute("disabled")
            .Should().BeTrue("nothing is left to save"));
        (await TestTenant.Database.ReadAsync(db => db.SubAccounts.Select(row => row.BookerDataMonths).SingleAsync())).Should().Be(12);
        Show().Markup.Should().Contain("12 months after the appointment");
    }

    private Microsoft.Extensions.Time.Testing.FakeTimeProvider Clock =>
        (Microsoft.Extensions.Time.Testing.FakeTimeProvider)Bunit.Services.GetRequiredService<TimeProvider>();

    private static IEnumerable<string> Buttons(IRenderedComponent<BookersPage> page) =>
        page.FindAll("button").Select(button => button.TextContent.Trim());

    private static async Task FindAsync(IRenderedComponent<BookersPage> page, string email)
    {
        await page.Find("input[type=email]").InputAsync(new ChangeEventArgs { Value = email });
        Press(page, "Find");
    }

    // Not awaited: what is pressed may ask a question, and goes on when it is answered.
    private static void Press<TComponent>(IRenderedComponent<TComponent> where, string button)
        where TComponent : IComponent
    {
        where.WaitForState(() => where.FindAll("button").Any(each => each.TextContent.Trim() == button));
        where.FindAll("button").Single(each => each.TextContent.Trim() == button).Click();
    }

    private IRenderedComponent<BookersPage> Show(Actor? actor = null)
    {
        Bunit.Services.GetRequiredService<NavigationManager>().NavigateTo("/a/studio/settings/privacy");
        var page = Show<BookersPage>(actor ?? TestTenant.AsAdmin, parameters => parameters.Add(each => each.Slug, "studio"));
        page.WaitForState(() => page.FindAll("[role=combobox]").Count == 1);
        return page;
    }

    private async Task<AppointmentId> BookAsync()
    {
        var calendar = await TestTenant.CalendarAsync(
            CalendarType.Personal, [Ben], location: new MeetingLocation(MeetingLocationKind.Phone, "+1 312 555 0142"));
        return await TestTenant.BookedAsync(calendar, TestTenant.Now.AddHours(2));
    }
}
