using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Components.Pages.Privacy;

namespace ZoomCalendar.Tests.Screens;

[OnSqlite(ScreenTest.AtOnce)]
public sealed class SecurityLogPageTests : ScreenTest
{
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36";

    private AuditLog _log = null!;

    private protected override void AddServices(IServiceCollection services)
    {
        _log = new AuditLog(TestTenant.Database);
        services.AddSingleton(new AuditReader(TestTenant.Database));
    }

    [Fact]
    public void Without_events_the_page_says_so()
    {
        var page = Show();

        page.WaitForAssertion(() => page.Find("table").TextContent.Should().Contain("Nothing has happened yet."));
    }

    [Fact]
    public async Task Event_is_shown_with_its_time_its_person_its_address_and_the_name_of_the_browser()
    {
        RequestOrigin.Current = new RequestOrigin("192.0.2.7", Browser);
        await _log.RecordAccountEventAsync(AuditKind.SignedIn, Ben, "", TestTenant.Now, default);
        await WriteAsync(AuditKind.RoleChanged, "ben: admin");

        var page = Show();

        page.WaitForState(() => page.FindAll("tbody time").Count == 2);
        var rows = page.FindAll("tbody tr");
        rows[0].TextContent.Should().Contain("Role changed").And.Contain("ben: admin").And.Contain("admin-of-studio");
        rows[1].TextContent.Should().Contain("Signed in").And.Contain("ben").And.Contain("192.0.2.7").And.Contain("Chrome on Linux")
            .And.Contain("08:00");
    }

    [Fact]
    public async Task Chosen_kind_is_kept_in_the_address_and_filters_the_list()
    {
        await WriteAsync(AuditKind.TokenMade, "Reports");
        var page = Show();
        page.WaitForState(() => page.FindAll("tbody time").Count == 1);

        await ChooseAsync(page, "Show", "Role changed");

        Navigation.Uri.Should().EndWith("/a/studio/settings/security-log?show=RoleChanged");
        page.WaitForAssertion(() => page.Find("table").TextContent.Should().Contain("Nothing to show with this filter."));
    }

    [Fact]
    public async Task Older_events_follow_on_a_page_of_their_own_and_Newest_leads_back()
    {
        for (var number = 0; number < 31; number++)
        {
            await WriteAsync(AuditKind.TokenMade, $"Token {number}");
        }

        var page = Show();
        page.WaitForState(() => page.FindAll("tbody time").Count == 30);
        page.FindAll("a").Select(link => link.TextContent).Should().Contain("Older").And.NotContain("Newest");

        Follow(page, "Older");
        page.WaitForState(() => page.FindAll("tbody time").Count == 1);
        page.Find("tbody").TextContent.Should().Contain("Token 0");

        Follow(page, "Newest");
        page.WaitForState(() => page.FindAll("tbody time").Count == 30);
    }

    [Fact]
    public async Task Member_who_is_no_admin_sees_no_event()
    {
        await WriteAsync(AuditKind.TokenMade, "Reports");

        var page = Show(TestTenant.As(Ben));

        page.WaitForAssertion(() => page.Find("table").TextContent.Should().Contain("Nothing has happened yet."));
        page.Markup.Should().NotContain("Reports");
    }

    private NavigationManager Navigation => Bunit.Services.GetRequiredService<NavigationManager>();

    private IRenderedComponent<SecurityLogPage> Show(Core.Ids.Actor? actor = null)
    {
        Navigation.NavigateTo("/a/studio/settings/security-log");
        return Show<SecurityLogPage>(actor ?? TestTenant.AsAdmin, page => page.Add(each => each.Slug, "studio"));
    }

    private void Follow(IRenderedComponent<SecurityLogPage> page, string link) =>
        Navigation.NavigateTo(page.FindAll("a").Single(each => each.TextContent == link).GetAttribute("href")!);

    private Task WriteAsync(AuditKind kind, string subject) => TestTenant.Database.WriteAsync(db =>
    {
        AuditLog.Add(db, kind, TestTenant.AsAdmin, subject, TestTenant.Now);
        return Task.CompletedTask;
    });
}
