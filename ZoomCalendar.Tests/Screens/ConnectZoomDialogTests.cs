using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using ZoomCalendar.Web.Components.Shared;

namespace ZoomCalendar.Tests.Screens;

public sealed class ConnectZoomDialogTests : IAsyncLifetime
{
    private readonly BunitContext _bunit = new();
    private IRenderedComponent<MudDialogProvider> _provider = null!;

    public Task InitializeAsync()
    {
        _bunit.JSInterop.Mode = JSRuntimeMode.Loose;
        _bunit.Services.AddMudServices();
        _bunit.Services.AddLocalization();
        _bunit.ComponentFactories.AddStub<Microsoft.AspNetCore.Components.Forms.AntiforgeryToken>();
        _bunit.Render<MudPopoverProvider>();
        _provider = _bunit.Render<MudDialogProvider>();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _bunit.DisposeAsync();

    [Fact]
    public async Task The_form_posts_the_sub_account_and_the_return_address()
    {
        await OpenAsync(null);

        var form = _provider.Find("form[method=post][action='/zoom/connect']");
        form.QuerySelector("input[name=subAccount]")!.GetAttribute("value").Should().Be("studio");
        form.QuerySelector("input[name=returnUrl]")!.GetAttribute("value").Should().Be("/a/studio/profile?location=Zoom&draft=1");
        _provider.FindAll("button[type=submit]").Single().TextContent.Trim().Should().Be("Connect to Zoom");
    }

    [Fact]
    public async Task The_dialog_says_that_a_Zoom_admin_may_have_to_approve()
    {
        await OpenAsync(null);

        _provider.Find(".mud-dialog-content").TextContent.Should().Contain("may ask for approval first").And.Contain("Sign in")
            .And.Contain("Allow");
        _provider.FindAll(".mud-dialog-content strong").Select(name => name.TextContent).Should().StartWith(["Sign in", "Allow"]);
        _provider.FindAll(".mud-alert-text-warning").Should().BeEmpty();
    }

    [Fact]
    public async Task An_account_connected_elsewhere_is_named_without_its_sub_account()
    {
        await OpenAsync("ben@zoom.test");

        _provider.Find(".mud-alert-text-warning").TextContent.Should().Contain("In another sub-account you use the Zoom account ben@zoom.test.")
            .And.Contain("not recommended");
    }

    [Fact]
    public async Task Not_now_closes_the_dialog()
    {
        await OpenAsync(null);

        _provider.FindAll("button").Single(button => button.TextContent.Trim() == "Not now").Click();

        _provider.WaitForState(() => _provider.FindAll(".mud-dialog-content").Count == 0);
    }

    private async Task OpenAsync(string? elsewhere)
    {
        await _provider.InvokeAsync(() => ConnectZoomDialog.ShowAsync(
            _bunit.Services.GetRequiredService<IDialogService>(), "studio", "/a/studio/profile?location=Zoom&draft=1", elsewhere));
        _provider.WaitForElement(".mud-dialog-content");
    }
}
