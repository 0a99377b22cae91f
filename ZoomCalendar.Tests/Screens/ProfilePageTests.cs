using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Server.ProtectedBrowserStorage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
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

    private protected override void AddServices(IServiceCollection services)
    {
        services.AddSingleton(new ProfileEditor(TestTenant.Database));
        services.AddSingleton(new CurrentWorkspace(null!));
        services.AddSingleton(new DefaultLocations(TestTenant.Database, TestTenant.Signals));
    }
}
