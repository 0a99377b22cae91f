using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace ZoomCalendar.Tests.Screens;

/// <summary>Renders one component with MudBlazor's services and popovers, without a database.</summary>
public abstract class ComponentTest : IAsyncLifetime
{
    private IRenderedComponent<MudPopoverProvider> _popovers = null!;

    private protected BunitContext Bunit { get; } = new();

    public virtual Task InitializeAsync()
    {
        Bunit.Services.AddMudServices();
        Bunit.Services.AddLocalization();
        Bunit.JSInterop.Mode = JSRuntimeMode.Loose;
        _popovers = Bunit.Render<MudPopoverProvider>();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await Bunit.DisposeAsync();

    /// <summary>Opens a MudSelect by its label.</summary>
    /// <returns>Its options.</returns>
    private protected Task<IReadOnlyList<IElement>> OpenAsync<TComponent>(IRenderedComponent<TComponent> component, string label)
        where TComponent : IComponent => OpenAsync(component, _popovers, label);

    internal static async Task<IReadOnlyList<IElement>> OpenAsync<TComponent>(
        IRenderedComponent<TComponent> component, IRenderedComponent<MudPopoverProvider> popovers, string label)
        where TComponent : IComponent
    {
        var field = component.Find($"[role=combobox][aria-label=\"{label}\"]").Closest(".mud-input-control")!;
        await field.MouseDownAsync(new MouseEventArgs());
        return popovers.FindAll("[role=option]");
    }
}
