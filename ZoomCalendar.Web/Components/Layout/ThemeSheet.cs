using Microsoft.AspNetCore.Components.Web;

namespace ZoomCalendar.Web.Components.Layout;

/// <summary>
/// The theme's styles as text, rendered once: they are equal on every page, and rendering them is half the cost of a small page.
/// </summary>
internal sealed class ThemeSheet(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    private Task<string>? _html;

    public Task<string> HtmlAsync() => _html is { IsFaulted: false } html ? html : _html = RenderAsync();

    private async Task<string> RenderAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<ThemeStyles>()).ToHtmlString());
    }
}
