using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Components.Pages.Profile;

namespace ZoomCalendar.Tests.Screens;

/// <summary>A user's own security events under User Profile > Security.</summary>
[OnSqlite(ScreenTest.AtOnce)]
public sealed class SecurityEventsTests : ScreenTest
{
    private protected override void AddServices(IServiceCollection services) =>
        services.AddSingleton(new AuditReader(TestTenant.Database));

    [Fact]
    public async Task A_user_sees_their_own_events_alone_newest_first_and_older_ones_on_demand()
    {
        var log = new AuditLog(TestTenant.Database);
        await log.RecordAccountEventAsync(AuditKind.PasskeyAdded, Ben, "Phone", TestTenant.Now, default);
        for (var minute = 1; minute < 12; minute++)
        {
            await log.RecordAccountEventAsync(AuditKind.SignedIn, Ben, "", TestTenant.Now.AddMinutes(minute), default);
        }

        await log.RecordAccountEventAsync(AuditKind.PasswordChanged, TestTenant.Admin, "", TestTenant.Now.AddHours(1), default);

        var card = Show<SecurityEventsCard>(TestTenant.As(Ben), _ => { });
        card.WaitForAssertion(() => card.FindAll("tbody tr").Should().HaveCount(10));
        await card.Find("button").ClickAsync(new MouseEventArgs());

        card.WaitForAssertion(() => card.FindAll("tbody tr").Should().HaveCount(12));
        card.FindAll("tbody tr")[0].TextContent.Should().Contain("Signed in");
        card.FindAll("tbody tr")[11].TextContent.Should().Contain("Passkey added").And.Contain("Phone");
        card.FindAll("button").Should().BeEmpty();
        card.Markup.Should().NotContain("Password changed", "it is somebody else's");
    }
}
