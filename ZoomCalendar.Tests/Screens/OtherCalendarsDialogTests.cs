using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Components.Shared;

namespace ZoomCalendar.Tests.Screens;

public sealed class OtherCalendarsDialogTests : IAsyncLifetime
{
    private static readonly LocationChange Legacy = new(
        CalendarId.New(TestTenant.Monday), "Old sessions", MeetingLocation.AskTheBooker, "This is a legacy (V1) calendar.");

    private readonly BunitContext _bunit = new();
    private IRenderedComponent<MudDialogProvider> _provider = null!;
    private Task<bool?> _answer = null!;

    public async Task InitializeAsync()
    {
        _bunit.JSInterop.Mode = JSRuntimeMode.Loose;
        _bunit.Services.AddMudServices();
        _bunit.Services.AddLocalization();
        _bunit.Render<MudPopoverProvider>();
        _provider = _bunit.Render<MudDialogProvider>(provider => provider.Add(parameters => parameters.CloseButton, true));
        await AskAsync([Legacy, new(
            CalendarId.New(TestTenant.Monday), "Intro call", new MeetingLocation(MeetingLocationKind.Phone, "+1 555 0100"), null)]);
    }

    public async Task DisposeAsync() => await _bunit.DisposeAsync();

    [Fact]
    public void The_dialog_lists_which_calendars_change_and_which_cannot_and_why()
    {
        var sections = _provider.FindAll(".other-calendars section");

        sections[0].TextContent.Should().Contain("These would change to Zoom").And.Contain("Intro call")
            .And.Contain("now Phone: +1 555 0100").And.NotContain("Old sessions");
        sections[1].TextContent.Should().Contain("These would not change").And.Contain("Old sessions")
            .And.Contain("This is a legacy (V1) calendar.");
    }

    [Theory]
    [InlineData("Yes, all of them", true)]
    [InlineData("No, only the default", false)]
    public async Task Yes_and_No_have_different_effects(string button, bool answer)
    {
        _provider.FindAll("button").Single(candidate => candidate.TextContent.Trim() == button).Click();

        (await _answer.WaitAsync(TimeSpan.FromSeconds(10))).Should().Be(answer);
    }

    [Fact]
    public async Task Closing_the_dialog_answers_neither_yes_nor_no()
    {
        _provider.Find(".mud-button-close").Click();

        (await _answer.WaitAsync(TimeSpan.FromSeconds(10))).Should().BeNull();
    }

    [Fact]
    public async Task Without_changes_the_dialog_says_why_and_asks_only_whether_to_save()
    {
        _provider.Find(".mud-button-close").Click();
        await _answer;
        await AskAsync([Legacy]);

        _provider.Find(".other-calendars").TextContent.Should().Contain("No other calendar would change.")
            .And.Contain("This is a legacy (V1) calendar.");
        _provider.FindAll("button").Single(candidate => candidate.TextContent.Trim() == "Save the default").Click();
        (await _answer.WaitAsync(TimeSpan.FromSeconds(10))).Should().BeFalse();
    }

    private async Task AskAsync(LocationChange[] changes)
    {
        await _provider.InvokeAsync(() =>
        {
            _answer = OtherCalendarsDialog.AskAsync(_bunit.Services.GetRequiredService<IDialogService>(), changes, null);
        });
        _provider.WaitForElement(".other-calendars");
    }
}
