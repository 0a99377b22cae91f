using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;

namespace ZoomCalendar.Web.Hosting;

/// <summary>
/// A form that cannot be what one of our pages sent is refused before anything reads it, and a page says so. Left to themselves, Razor components answer
/// with a line for developers, and endpoints take a field that came twice for one text.
/// </summary>
internal static class ReadableForms
{
    private const string HandlerField = "_handler";

    /// <summary>After the antiforgery check, whose verdict and reading it uses.</summary>
    public static WebApplication UseReadableForms(this WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            if (await FaultAsync(context) is { } status)
            {
                context.Response.StatusCode = status;
                return;
            }

            await next(context);
        });
        return app;
    }

    private static async Task<int?> FaultAsync(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        if (!HttpMethods.IsPost(context.Request.Method) || metadata?.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: true })
        {
            return null;
        }

        // First of all: without a valid token the request does not even tell whether it holds a form.
        if (context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false })
        {
            return StatusCodes.Status400BadRequest;
        }

        if (!context.Request.HasFormContentType)
        {
            return StatusCodes.Status415UnsupportedMediaType;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var isPage = metadata.GetMetadata<ComponentTypeMetadata>() is not null;
        return form.Any(field => field.Value.Count != 1) || (isPage && !form.ContainsKey(HandlerField)) ? StatusCodes.Status400BadRequest : null;
    }
}
