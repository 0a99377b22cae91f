using Bunit;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Components.Pages.Team;

namespace ZoomCalendar.Tests.Screens;

/// <summary>A member's Zoom connection in Team Management.</summary>
[OnSqlite(ScreenTest.AtOnce)]
public sealed class ZoomHealthTests : ScreenTest
{
    private const string Red = ".mud-chip-color-error";

    private static readonly DateTimeOffset Yesterday = TestTenant.Monday.AddDays(-1);

    private bool _asked;

    [Fact]
    public void A_working_connection_is_green_and_offers_nothing()
    {
        var health = Show(ZoomAccountState.Connected, null);

        health.Find(".mud-chip-color-success").TextContent.Should().Be("Zoom connected");
        health.FindAll("button, a").Should().BeEmpty();
    }

    [Fact]
    public void A_member_who_never_connected_and_misses_no_link_is_neither_red_nor_asked()
    {
        var health = Show(null, null);

        health.Find(".mud-chip").TextContent.Should().Be("Zoom not connected");
        health.FindAll($"{Red}, button").Should().BeEmpty();
    }

    [Theory]
    [InlineData(ZoomAccountState.ReconnectNeeded, 0, "Zoom: reconnect needed")]
    [InlineData(ZoomAccountState.ApprovalWithdrawn, 1, "Zoom approval withdrawn", "1 appointment has no Zoom link")]
    [InlineData(null, 3, "Zoom disconnected", "3 appointments have no Zoom link")]
    public void A_lost_connection_is_red_counts_the_missing_links_and_one_click_asks_the_member_to_reconnect(
        ZoomAccountState? state, int withoutLink, params string[] words)
    {
        var health = Show(state, new ConnectionProblem(Yesterday, withoutLink));

        health.FindAll(Red).Select(chip => chip.TextContent).Should().Equal(words);
        var ask = health.Find("button[aria-label='Ask to reconnect: ben']");
        ask.TextContent.Should().Be("Ask to reconnect");
        ask.Click();
        _asked.Should().BeTrue();
    }

    [Fact]
    public void A_member_without_a_connection_whose_appointments_miss_links_is_asked_to_connect()
    {
        var health = Show(null, new ConnectionProblem(null, 2));

        health.FindAll(Red).Select(chip => chip.TextContent).Should().Equal("Zoom not connected", "2 appointments have no Zoom link");
        health.Find("button").TextContent.Should().Be("Ask to connect");
    }

    [Fact]
    public void An_admin_reconnects_their_own_account_under_Integrations()
    {
        var health = Show(ZoomAccountState.ReconnectNeeded, new ConnectionProblem(Yesterday, 1), TestTenant.Admin);

        health.Find("a").TextContent.Should().Be("Reconnect");
        health.Find("a").GetAttribute("href").Should().Be("/a/studio/profile/integrations");
    }

    private IRenderedComponent<ZoomHealth> Show(ZoomAccountState? state, ConnectionProblem? trouble, UserId? user = null)
    {
        var member = new TeamMember(
            user ?? Ben, "ben", "ben@studio.test", Role.User, 1, state, "ben@zoom.test", MeetingLocation.AskTheBooker, 0);
        return Show<ZoomHealth>(TestTenant.AsAdmin, health => health
            .Add(parameters => parameters.Member, member)
            .Add(parameters => parameters.Trouble, trouble)
            .Add(parameters => parameters.OnAsk, () => _asked = true));
    }
}
