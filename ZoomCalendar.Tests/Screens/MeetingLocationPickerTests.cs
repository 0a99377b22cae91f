using AngleSharp.Dom;
using Bunit;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Web.Components.Shared;

namespace ZoomCalendar.Tests.Screens;

public sealed class MeetingLocationPickerTests : ComponentTest
{
    private LocationDraft _chosen = new(MeetingLocationKind.AskTheBooker, "");
    private bool _connects;

    [Fact]
    public async Task All_locations_are_offered_by_name()
    {
        var picker = Show(isOwn: true);

        (await OptionsAsync(picker)).Select(option => option.TextContent.Trim()).Should()
            .Equal("Zoom", "Phone", "In person", "Custom", "Ask the booker");
    }

    [Theory]
    [InlineData(MeetingLocationKind.Phone, "Phone number")]
    [InlineData(MeetingLocationKind.InPerson, "Address")]
    [InlineData(MeetingLocationKind.Custom, "Link or text")]
    public void Each_location_asks_for_the_detail_it_needs(MeetingLocationKind kind, string label)
    {
        var picker = Show(isOwn: true, kind: kind);

        picker.FindAll("label").Select(element => element.TextContent).Should().Equal("Meeting Location", label);
    }

    [Fact]
    public async Task A_user_without_a_connection_can_choose_Zoom_and_connect_in_place()
    {
        var picker = Show(isOwn: true);

        var zoom = await ZoomAsync(picker);
        IsDisabled(zoom).Should().BeFalse();
        await zoom.ClickAsync(new());
        Show(isOwn: true, kind: _chosen.Kind).Find("button").Click();

        _chosen.Kind.Should().Be(MeetingLocationKind.Zoom);
        _connects.Should().BeTrue();
    }

    [Fact]
    public void A_connected_user_is_asked_for_nothing_more()
    {
        var picker = Show(isOwn: true, isConnected: true, kind: MeetingLocationKind.Zoom);

        picker.FindAll("button").Should().BeEmpty();
        Hint(picker).Should().BeEmpty();
    }

    [Fact]
    public async Task For_another_user_it_says_that_this_user_has_to_log_in_and_connect()
    {
        var picker = Show(isOwn: false);

        IsDisabled(await ZoomAsync(picker)).Should().BeTrue();
        Hint(picker).Should().Be("Zoom: Ben has to log in and connect Zoom first.");
        picker.FindAll("button").Should().BeEmpty();
    }

    [Fact]
    public async Task A_calendar_that_cannot_use_Zoom_says_why_even_to_a_connected_user()
    {
        var picker = Show(isOwn: true, isConnected: true, whyNoZoom: "This is a legacy (V1) calendar. Upgrade it to V3 to use Zoom.");

        IsDisabled(await ZoomAsync(picker)).Should().BeTrue();
        Hint(picker).Should().Contain("Upgrade it to V3");
    }

    [Theory]
    [InlineData(MeetingLocationKind.Phone, "Enter the phone number that is called.")]
    [InlineData(MeetingLocationKind.InPerson, "Enter the address to come to.")]
    [InlineData(MeetingLocationKind.Custom, "Enter the link or the words that say where to meet.")]
    public async Task A_detail_that_is_missing_is_asked_for_beside_its_field_and_the_form_is_not_sent(
        MeetingLocationKind kind, string problem)
    {
        var isSent = false;
        var form = Bunit.Render<SaveForm>(parameters => parameters
            .Add(form => form.OnSubmit, () => isSent = true)
            .AddChildContent<MeetingLocationPicker>(picker => picker.Add(parameters => parameters.Value, new LocationDraft(kind, ""))));

        await form.Find("form").SubmitAsync();

        form.Find("input[maxlength='500']").Closest(".mud-input-control")!.TextContent.Should().Contain(problem);
        isSent.Should().BeFalse();
    }

    private static string Hint(IRenderedComponent<MeetingLocationPicker> picker) =>
        string.Concat(picker.FindAll(".mud-input-helper-text").Select(hint => hint.TextContent.Trim()));

    private static bool IsDisabled(IElement option) => option.ClassList.Contains("mud-list-item-disabled");

    private async Task<IElement> ZoomAsync(IRenderedComponent<MeetingLocationPicker> picker) =>
        (await OptionsAsync(picker)).Single(option => option.TextContent.Trim() == "Zoom");

    private Task<IReadOnlyList<IElement>> OptionsAsync(IRenderedComponent<MeetingLocationPicker> picker) =>
        OpenAsync(picker, "Meeting Location");

    private IRenderedComponent<MeetingLocationPicker> Show(
        bool isOwn, bool isConnected = false, MeetingLocationKind kind = MeetingLocationKind.AskTheBooker, string? whyNoZoom = null) =>
        Bunit.Render<MeetingLocationPicker>(picker => picker
            .Add(parameters => parameters.Value, new LocationDraft(kind, ""))
            .Add(parameters => parameters.ValueChanged, draft => _chosen = draft)
            .Add(parameters => parameters.IsOwn, isOwn)
            .Add(parameters => parameters.IsConnected, isConnected)
            .Add(parameters => parameters.UserName, "Ben")
            .Add(parameters => parameters.WhyNoZoom, whyNoZoom)
            .Add(parameters => parameters.OnConnect, () => _connects = true));
}
