using Microsoft.Playwright;

namespace ZoomCalendar.Tests.Testing;

/// <summary>
/// Goes through a page with the keyboard and looks at each stop: is the focus seen (WCAG 2.2, 2.4.7), and is what has it not hidden
/// under something else (2.4.11)? One walk at a time on a page.
/// </summary>
internal static class FocusWalk
{
    private const int MostStops = 200;

    /// <summary>Milliseconds that something may take to get out of the way.</summary>
    private const float Patience = 10_000;

    // Stops are looked at as the next key goes down: by then the browser has scrolled to them.
    private const string Begin = """
        isForced => {
          // What a transition shows on its way is not what there is to see.
          const calm = new CSSStyleSheet();
          calm.replaceSync("*, ::before, ::after { transition: none !important; animation: none !important; scroll-behavior: auto !important; }");
          document.adoptedStyleSheets = [...document.adoptedStyleSheets, calm];

          const name = stop => {
            const text = stop.getAttribute("aria-label") ?? stop.labels?.[0]?.textContent ?? stop.textContent;
            return `${stop.tagName.toLowerCase()} "${text.trim().replace(/\s+/g, " ").slice(0, 60)}" (${stop.className})`;
          };
          // A field is drawn by the frame around it, a box or a switch by the mark beside it.
          const frameOf = stop => stop.closest(".mud-input-control, label, .mud-switch, .mud-radio, .mud-checkbox") ?? stop;
          const isClear = colour => /^rgba\(.*, 0\)$/.test(colour);
          const sides = ["Top", "Right", "Bottom", "Left"];
          // Forced colours draw outlines and borders in colours of their own, and neither shadows nor most grounds.
          const lookOf = style => [
            style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 1 || (!isForced && isClear(style.outlineColor)) ? ""
              : `${style.outlineStyle} ${style.outlineWidth} ${isForced ? "" : style.outlineColor}`,
            ...sides.map(side => style[`border${side}Style`] === "none" ? ""
              : `${style[`border${side}Style`]} ${style[`border${side}Width`]} ${isForced ? "" : style[`border${side}Color`]}`),
            ...(isForced ? [] : [style.boxShadow, style.backgroundColor]),
          ].join();
          const look = stop => [frameOf(stop), ...frameOf(stop).querySelectorAll("*")]
            .flatMap(each => [null, "::before", "::after"].map(pseudo => lookOf(getComputedStyle(each, pseudo)))).join();
          const isCovered = stop => {
            const events = stop.style.pointerEvents;
            stop.style.pointerEvents = "auto";
            const isHit = [...stop.getClientRects()].some(box => [.1, .5, .9].some(x => [.1, .5, .9].some(y => {
              const top = document.elementFromPoint(box.x + box.width * x, box.y + box.height * y);
              return !!top && frameOf(stop).contains(top);
            })));
            stop.style.pointerEvents = events;
            return !isHit;
          };
          // Behind an open dialog there is nothing to go to; of a group of radio buttons the keyboard stops at one; through a list that
          // opens at a field the arrow keys go.
          const all = () => [...([...document.querySelectorAll("[role=dialog]")].at(-1) ?? document)
            .querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
            .filter(each => each.tabIndex >= 0 && !each.disabled && each.type !== "radio" && !each.matches(".mud-focus-trap > *, .mud-popover *")
              && each.checkVisibility({ visibilityProperty: true }));

          const stops = new Map(), covered = [], faults = [];
          const note = () => {
            const at = document.activeElement;
            // What was focused for somebody who uses the mouse need not show it.
            if (!at || at === document.body || at.tabIndex < 0 || stops.has(at) || !at.matches(":focus-visible")) return;
            stops.set(at, look(at));
            if (isCovered(at)) covered.push(at);
          };
          addEventListener("keydown", note, true);
          window.focusWalk = {
            hasMore: () => { note(); return all().some(each => !stops.has(each)); },
            // As with Shift and Tab: what is above is scrolled to from below. A field that opens its list when it has the focus is left out:
            // lists would open one after the other.
            goBack: () => {
              faults.push(...all().filter(each => !stops.has(each)).map(each => `not reached by Tab: ${name(each)}`));
              for (const stop of [...stops.keys()].reverse().filter(stop => stop.role !== "combobox")) {
                stop.focus({ focusVisible: true });
                if (document.activeElement === stop && isCovered(stop) && !covered.includes(stop)) covered.push(stop);
              }
            },
            // What was in the way may be on its way out: it is waited for.
            covered: () => covered.length,
            goBackTo: number => covered[number].focus({ focusVisible: true }),
            isSeen: number => document.activeElement !== covered[number] || !isCovered(covered[number]),
            nameOf: number => name(covered[number]),
            isHereSeen: () => !isCovered(document.activeElement),
            nameHere: () => name(document.activeElement),
            // What is drawn anew as the keyboard goes on is compared with itself on the spot.
            blink: () => {
              const at = document.activeElement, focused = look(at);
              at.blur();
              if (look(at) === focused) faults.push(`the focus is not seen on ${name(at)}`);
              at.focus({ preventScroll: true });
            },
            end: () => {
              removeEventListener("keydown", note, true);
              document.activeElement?.blur();
              for (const [stop, focused] of stops) {
                if (stop.isConnected && look(stop) === focused) faults.push(`the focus is not seen on ${name(stop)}`);
              }
              document.adoptedStyleSheets = document.adoptedStyleSheets.filter(each => each !== calm);
              return faults;
            },
          };
        }
        """;

    /// <summary>Presses Tab until every control was reached, and goes back through them. The page must be still.</summary>
    public static async Task<IReadOnlyList<string>> FocusFaultsAsync(this IPage page, bool isForced)
    {
        await page.EvaluateAsync(Begin, isForced);
        var stops = 0;
        while (stops < MostStops && await page.EvaluateAsync<bool>("focusWalk.hasMore()"))
        {
            for (var press = 0; press < 10; press++, stops++)
            {
                await page.Keyboard.PressAsync("Tab");
            }
        }

        await page.EvaluateAsync("focusWalk.goBack()");
        List<string> faults = [];
        for (var covered = await page.EvaluateAsync<int>("focusWalk.covered()") - 1; covered >= 0; covered--)
        {
            await page.EvaluateAsync($"focusWalk.goBackTo({covered})");
            await ExpectSeenAsync(page, $"focusWalk.isSeen({covered})", $"focusWalk.nameOf({covered})", faults);
        }

        return [.. faults, .. await page.EvaluateAsync<string[]>("focusWalk.end()")];
    }

    /// <summary>Presses a key, which must take the keyboard somewhere else, until it is where it should go; then the next.</summary>
    /// <param name="place">A script's expression for where the keyboard is; <c>at</c> is the element that has it.</param>
    /// <param name="legs">The keys, each with an expression of <c>at</c> and the number of <c>presses</c>.</param>
    public static async Task<IReadOnlyList<string>> FocusFaultsAsync(
        this IPage page, string place, params IEnumerable<(string Key, string Until)> legs)
    {
        await page.EvaluateAsync(Begin, false);
        List<string> faults = [];
        // Between two drawings nothing may have the focus.
        var where = $"(at => at.closest('[data-keyboard]') ? {place} : before)(document.activeElement)";
        foreach (var (key, until) in legs)
        {
            var presses = 0;
            do
            {
                var before = await page.EvaluateAsync<string>($"before => {where}", "");
                await page.Keyboard.PressAsync(key);
                await page.WaitForFunctionAsync($"before => {where} !== before", before);
                await ExpectSeenAsync(page, "focusWalk.isHereSeen()", "focusWalk.nameHere()", faults);
                await page.EvaluateAsync("focusWalk.blink()");
                presses++;
            }
            while (!await page.EvaluateAsync<bool>($"presses => (at => {until})(document.activeElement)", presses));
        }

        return [.. faults, .. await page.EvaluateAsync<string[]>("focusWalk.end()")];
    }

    /// <summary>The page may still be scrolling, or something be on its way out.</summary>
    private static async Task ExpectSeenAsync(IPage page, string isSeen, string name, List<string> faults)
    {
        try
        {
            await page.WaitForFunctionAsync($"() => {isSeen}", null, new() { Timeout = Patience });
        }
        catch (TimeoutException)
        {
            faults.Add($"covered while it has the focus: {await page.EvaluateAsync<string>(name)}");
        }
    }
}
