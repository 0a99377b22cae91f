using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;

namespace ZoomCalendar.Web.Hosting;

/// <summary>
/// Refuses a form that none of our pages can have sent, before an endpoint reads it; the status page explains it. Otherwise Razor
/// components would respond with a message for developers, and endpoints would read a repeated field as one text.
/// </summary>
internal static class FormValidation
{
    private const string HandlerField = "_handler";

    /// <summary>Must come after the antiforgery check, whose result it uses.</summary>
    public static WebApplication UseFormValidation(this WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            if (await FindProblemAsync(context) is { } status)
            {
                context.Response.StatusCode = status;
                return;
            }

            await next(context);
        });
        return app;
    }

    private static async Task<int?> FindProblemAsync(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        if (!HttpMethods.IsPost(context.Request.Method)
            || metadata?.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: true })
        {
            return null;
        }

        // This check comes first: after a failed antiforgery check the request throws when its form is read.
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
        return form.Any(field => field.Value.Count != 1) || (isPage && !form.ContainsKey(HandlerField))
            ? StatusCodes.Status400BadRequest
            : null;
    }
}
