using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components.Web;

namespace ZoomCalendar.Web.Components.Layout;

/// <summary>
/// The theme's styles as text, rendered once: they are equal on every page, and rendering them is half the cost of a small page.
/// </summary>
internal sealed partial class ThemeSheet(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    private Task<string>? _html;

    public Task<string> HtmlAsync() => _html is { IsFaulted: false } html ? html : _html = RenderAsync();

    /// <summary>What stands in its style elements.</summary>
    public static IEnumerable<string> StylesIn(string html) => StyleElement().Matches(html).Select(match => match.Groups["style"].Value);

    private async Task<string> RenderAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<ThemeStyles>()).ToHtmlString());
        // As a browser reads it.
        return html.ReplaceLineEndings("\n");
    }

    [GeneratedRegex("<style[^>]*>(?<style>.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex StyleElement();
}
