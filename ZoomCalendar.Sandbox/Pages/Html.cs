using System.Net;

namespace ZoomCalendar.Sandbox.Pages;

internal static class Html
{
    public static string E(string? text) => WebUtility.HtmlEncode(text) ?? "";

    public static string Hidden(string name, string? value) => $"""<input type="hidden" name="{name}" value="{E(value)}">""";

    /// <summary>No form-action in the policy: Allow must redirect to the app.</summary>
    public static IResult Page(HttpContext context, string title, string body, int status = StatusCodes.Status200OK, bool wide = false)
    {
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";
        context.Response.Headers.CacheControl = "no-store";

        var html = $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{E(title)} - Zoom sandbox</title>
            <link rel="stylesheet" href="/sandbox.css">
            </head>
            <body>
            <p class="banner" role="note">Zoom sandbox - not the real Zoom</p>
            <main{(wide ? " class=\"wide\"" : "")}>
            <h1>{E(title)}</h1>
            {body}
            </main>
            </body>
            </html>
            """;

        return Results.Content(html, "text/html; charset=utf-8", statusCode: status);
    }
}
