using Bunit;
using NodaTime;
using ZoomCalendar.Tests.Screens;
using ZoomCalendar.Web.Components.Pages.Profile;

namespace ZoomCalendar.Tests.Web.Profile;

public sealed class ZoomCardTests : ComponentTest
{
    private static readonly DateTimeOffset Since = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Not_connected_offers_to_connect_and_nothing_else()
    {
        var card = Show(ZoomCardView.NotConnected);

        card.Find("[role=status]").TextContent.Trim().Should().Be("Not connected");
        Buttons(card).Should().Equal("Connect");
    }

    [Fact]
    public void Connected_names_the_account_and_the_day_in_the_users_zone()
    {
        var card = Show(new ZoomCardView(ZoomCardState.Connected, "ben@studio.example", "Ben Okafor", Since));

        card.Find("[role=status]").TextContent.Trim().Should().Be("Connected");
        card.Markup.Should().Contain("Ben Okafor").And.Contain("ben@studio.example");
        card.Find("time").TextContent.Should().StartWith("22 November", "in Chicago it was still the day before");
        Buttons(card).Should().Equal("Disconnect");
    }

    [Fact]
    public void A_broken_connection_says_why_and_offers_both_ways_out()
    {
        var card = Show(
            new ZoomCardView(ZoomCardState.ReconnectNeeded, "ben@studio.example", "Ben Okafor", Since, "Zoom refused the connection."));

        card.Find("[role=status]").TextContent.Trim().Should().Be("Reconnect needed");
        card.Find(".mud-alert").TextContent.Trim().Should().Be("Zoom refused the connection.");
        Buttons(card).Should().Equal("Reconnect", "Disconnect");
    }

    [Fact]
    public void A_withdrawn_approval_says_whom_to_ask()
    {
        var card = Show(new ZoomCardView(ZoomCardState.ApprovalWithdrawn, "ben@studio.example", "Ben Okafor", Since));

        card.Find("[role=status]").TextContent.Trim().Should().Be("Approval withdrawn");
        card.Find(".mud-alert").TextContent.Trim().Should().Contain("Ask the admin to approve the app again");
    }

    [Fact]
    public void A_user_who_did_not_return_from_Zoom_learns_whom_to_ask()
    {
        var card = Show(ZoomCardView.NotConnected with { WentToZoomAt = Since });

        card.Find("[role=status]").TextContent.Trim().Should().Be("Not connected");
        card.Find(".mud-alert").TextContent.Trim().Should()
            .Contain("If your Zoom account's admin must approve the app first, ask them, then connect again.");
        Buttons(card).Should().Equal("Connect");
    }

    [Fact]
    public void A_shared_account_is_called_shared_without_naming_the_others()
    {
        var card = Show(new ZoomCardView(ZoomCardState.Connected, "ben@studio.example", "Ben Okafor", Since) { IsShared = true });

        card.Markup.Should().Contain("Another profile uses this Zoom account too.");
    }

    [Theory]
    [InlineData(0, "Disconnecting in a moment")]
    [InlineData(1, "Disconnecting when 1 deletion has been sent.")]
    [InlineData(3, "Disconnecting when 3 deletions have been sent.")]
    public void A_delayed_disconnect_is_shown_and_can_be_withdrawn(int deletions, string words)
    {
        var card = Show(
            new ZoomCardView(ZoomCardState.Connected, "ben@studio.example", "Ben Okafor", Since) { EndsAfterDeletions = deletions });

        card.Find(".mud-alert").TextContent.Trim().Should().StartWith(words);
        Buttons(card).Should().Equal("Stay connected", "Disconnect now");
    }

    private IRenderedComponent<ZoomCard> Show(ZoomCardView view) => Bunit.Render<ZoomCard>(card => card
        .Add(parameters => parameters.View, view)
        .Add(parameters => parameters.Zone, DateTimeZoneProviders.Tzdb["America/Chicago"]));

    private static IEnumerable<string> Buttons(IRenderedComponent<ZoomCard> card) =>
        card.FindAll("button").Select(button => button.TextContent.Trim());
}
