using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace ZoomCalendar.Tests.Testing;

/// <summary>
/// What axe-core finds wrong on a page. Run in the page itself: the package's own runner opens a second page for each run, which took
/// half of the time.
/// </summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <param name="without">The id of a rule that is not asked.</param>
    public static async Task<IReadOnlyList<string>> AxeFaultsAsync(this IPage page, string? without = null)
    {
        await page.EvaluateAsync(Script);
        return await page.EvaluateAsync<string[]>("""
            async without => {
              // Off in axe's defaults: WCAG 2.2, 2.5.8.
              const rules = { "target-size": { enabled: true } };
              if (without) rules[without] = { enabled: false };
              return (await axe.run(document, { resultTypes: ["violations"], iframes: false, rules })).violations
                .map(found => `${found.id} (${found.help}) at ${found.nodes.slice(0, 3).map(node => node.html).join(" | ")}`);
            }
            """, without);
    }
}
