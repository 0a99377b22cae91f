using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Server.ProtectedBrowserStorage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Accounts;
using ZoomCalendar.Web.Components.Pages.Profile;
using ZoomCalendar.Web.Components.Shared;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Tests.Screens;

[OnSqlite(AtOnce)]
public sealed class ProfilePageTests : ScreenTest
{
    [Fact]
    public async Task A_save_that_loads_the_page_again_first_forgets_the_input()
    {
        var forgotten = Bunit.JSInterop.SetupVoid("sessionStorage.removeItem", _ => true);
        var drafts = new Drafts(
            new ProtectedSessionStorage(Bunit.Services.GetRequiredService<IJSRuntime>(), new EphemeralDataProtectionProvider()));
        Bunit.RenderTree.Add<CascadingValue<UnsavedInputs>>(cascade => cascade
            .Add(value => value.Value, new UnsavedInputs(drafts, (_, _) => Task.FromResult(true))));
        var page = Show<ProfilePage>(TestTenant.As(Ben), parameters => parameters.Add(profile => profile.Slug, "studio"));
        page.WaitForElement("#name");
        var navigation = Bunit.Services.GetRequiredService<BunitNavigationManager>();

        await ChooseAsync(page, "Time format", "24 hours (14:30)");
        var saving = page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => forgotten.Invocations.Should().ContainSingle());
        var before = navigation.History.Count;
        var isUnsaved = page.Find("[data-draft]").HasAttribute("data-unsaved");
        forgotten.SetVoidResult();
        await saving;

        (before, isUnsaved).Should().Be((0, false), "the browser would ask, and the next page would show it as not saved");
        navigation.History.Should().ContainSingle().Which.Uri.Should().EndWith("/a/studio/profile?saved=true");
    }

    [Theory]
    [InlineData("\u200b", "Enter your name.")]
    [InlineData("long", "Enter a name of at most 100 characters.")]
    public async Task A_name_that_cannot_be_stored_is_refused_beside_its_field_and_kept(string typed, string problem)
    {
        var text = typed is "long" ? new string('a', User.NameMaxLength + 1) : typed;
        var page = Open();

        page.Find("#name").Change(text);
        await page.Find("form").SubmitAsync();

        page.Find("#name").Closest(".mud-input-control")!.TextContent.Should().Contain(problem);
        page.Find("#name").GetAttribute("value").Should().Be(text);
        page.FindAll(".mud-alert").Should().BeEmpty();
    }

    [Fact]
    public async Task A_default_location_without_its_detail_is_refused_beside_that_field_and_nothing_is_saved()
    {
        var page = Open();
        await ChooseAsync(page, "Default Meeting Location", "Phone");

        await page.Find("input[maxlength='500']").Closest("form")!.SubmitAsync();

        page.Find("input[maxlength='500']").Closest(".mud-input-control")!.TextContent.Should()
            .Contain("Enter the phone number that is called.");
        page.FindAll(".mud-alert").Should().BeEmpty();
        var saved = await Bunit.Services.GetRequiredService<DefaultLocations>().FindAsync(Ben, TestTenant.As(Ben), default);
        saved!.Location.Kind.Should().Be(MeetingLocationKind.AskTheBooker);
    }

    [Fact]
    public void Security_is_a_section_like_its_neighbours()
    {
        var page = Open();

        var security = page.Find("section[aria-labelledby=security]");
        security.QuerySelectorAll(".mud-paper a.mud-button-root").Select(link => link.TextContent.Trim()).Should().Equal("Open Security");
        page.FindAll("a.button, section.card").Should().BeEmpty();
    }

    private IRenderedComponent<ProfilePage> Open()
    {
        var page = Show<ProfilePage>(TestTenant.As(Ben), parameters => parameters.Add(profile => profile.Slug, "studio"));
        page.WaitForElement("#name");
        page.WaitForElement("[aria-label='Default Meeting Location']");
        return page;
    }

    private protected override void AddServices(IServiceCollection services)
    {
        services.AddSingleton(new ProfileEditor(TestTenant.Database));
        services.AddSingleton(new CurrentWorkspace(null!));
        services.AddSingleton(new DefaultLocations(TestTenant.Database, TestTenant.Signals));
    }
}
