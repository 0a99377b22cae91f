using System.Net;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Tests.Testing.Circuits;
using ZoomCalendar.Web.Workspaces;
using static ZoomCalendar.Tests.Fuzzing.HostileText;

namespace ZoomCalendar.Tests.Fuzzing;

/// <summary>Whatever is typed into the fields of the pages behind sign-in, over a real circuit: the page lives on.</summary>
[OnSqlite("What a database does with text is tested by OddTextTests on both.")]
[Collection(nameof(FuzzHost))]
public sealed class CircuitFuzzTests(FuzzHost host)
{
    private const int Cases = 14;
    private const int Steps = 12;

    // Typing and sending forms in CI; in the long run buttons are pressed as well, which deletes, archives and removes.
    private static readonly HashSet<string> Events =
        Fuzz.IsLong ? ["change", "input", "keydown", "blur", "submit", "click", "focus"] : ["change", "input", "keydown", "blur", "submit"];

    [Fact]
    public async Task Random_text_in_the_fields_of_signed_in_pages_ends_no_page()
    {
        var pages = await PagesAsync();
        var (http, cookies) = await host.SignedInAsync("ada@demo.test");
        var seen = 0;

        await Fuzz.RunAsync(Cases, random => new FuzzInput(Pick(random, pages), [.. Enumerable.Range(0, Steps).Select(
            step => new FuzzPart($"{random.Next(1_000_000)}", Next(random), ""))]), async input =>
        {
            await using var page = await OpenAsync(input.Target);
            foreach (var step in input.Parts)
            {
                var handlers = page.Handlers.Where(handler => Events.Contains(handler.Event)).ToList();
                if (handlers.Count == 0)
                {
                    break;
                }

                var handler = handlers[int.Parse(step.Name, System.Globalization.CultureInfo.InvariantCulture) % handlers.Count];
                await SendAsync(page, handler, step.Value);
                seen++;
                var errors = host.TakeErrors();
                if (!page.IsOpen || errors is not null)
                {
                    return $"{handler.Event} of <{handler.Element}>: {page.Error}\n{errors}";
                }
            }

            return null;
        });

        seen.Should().BeGreaterThan(Cases * Steps / 2, "the pages have fields");
        http.Dispose();

        async Task<CircuitClient> OpenAsync(string path)
        {
            try
            {
                return await CircuitClient.OpenAsync(http, cookies, path);
            }
            catch (HttpRequestException refused) when (refused.StatusCode is HttpStatusCode.Redirect && Fuzz.IsLong)
            {
                // A pressed button ended the session.
                (http, cookies) = await host.SignedInAsync("ada@demo.test");
                return await CircuitClient.OpenAsync(http, cookies, path);
            }
        }
    }

    private static Task SendAsync(CircuitClient page, PageHandler handler, string text) => handler.Event switch
    {
        "change" or "input" when handler.Element.Contains("type=checkbox", StringComparison.Ordinal) =>
            page.SendAsync(handler, """{"value":true}""", "true"),
        "change" or "input" => page.SendAsync(handler, $$"""{"value":{{Quoted(text)}}}""", Quoted(text)),
        "keydown" => page.SendAsync(
            handler, $$"""{"type":"keydown","key":{{Quoted(text.Length is 0 or > 20 ? "Enter" : text)}},"code":"Enter"}"""),
        "click" => PressAsync(page, handler),
        _ => page.SendAsync(handler, "{}"),
    };

    // A press that opens a dialog is not dealt with until the dialog is closed.
    private static async Task PressAsync(CircuitClient page, PageHandler handler)
    {
        var drawn = page.NextBatch;
        await await Task.WhenAny(page.SendAsync(handler, "{}"), drawn);
    }

    private async Task<List<string>> PagesAsync()
    {
        await using var db = await host.App.OpenDatabaseAsync();
        var calendar = await db.Calendars.Where(row => row.Slug == "intro-call").Select(row => row.Id).SingleAsync();
        var ben = await host.Api.UserIdAsync("ben@demo.test");
        return
        [
            .. PageRoutes.Pages.Select(page => page.Template)
                .Where(template => template.StartsWith("/a/{Slug}/", StringComparison.Ordinal)
                    && !template.Contains("zoom/confirm", StringComparison.Ordinal))
                .Select(template => template.Replace("{Slug}", "northwind", StringComparison.Ordinal)
                    .Replace("settings/calendars/{Id}", $"settings/calendars/{calendar.Value}", StringComparison.Ordinal)
                    .Replace("settings/team/{Id}", $"settings/team/{ben}", StringComparison.Ordinal)),
            $"/a/northwind/settings/calendars/{calendar.Value}?tab=availability",
            $"/a/northwind/settings/calendars/{calendar.Value}?tab=team",
            $"/a/northwind/settings/calendars/{calendar.Value}?tab=meetings",
        ];
    }
}
