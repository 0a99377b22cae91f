using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Web.Connect;

/// <summary>Zoom's webhooks: proved, stored, answered. What they say is looked into afterwards.</summary>
internal static class WebhookEndpoint
{
    public const string Path = "/zoom/webhooks";
    public const int MostBytes = 64 * 1024;

    public static void MapZoomWebhooks(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, HandleAsync).AllowAnonymous().DisableAntiforgery();

    private static async Task<IResult> HandleAsync(
        HttpContext context, IOptions<ZoomOptions> options, WebhookInbox inbox, TimeProvider clock, CancellationToken cancellationToken)
    {
        // Zoom reads the number alone.
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        if (await ReadAsync(context.Request, cancellationToken) is not { } body)
        {
            return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        var (secret, headers) = (options.Value.WebhookSecretToken, context.Request.Headers);
        if (!ZoomWebhookSignature.IsValid(
            secret, headers[ZoomWebhookSignature.TimestampHeader], headers[ZoomWebhookSignature.SignatureHeader], body.Span, clock.GetUtcNow()))
        {
            return TypedResults.StatusCode(StatusCodes.Status401Unauthorized);
        }

        switch (ZoomWebhook.Parse(body))
        {
            case null:
                return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
            case ZoomWebhook.UrlValidation validation:
                return TypedResults.Json(new { validation.PlainToken, EncryptedToken = ZoomWebhookSignature.EncryptedToken(secret!, validation.PlainToken) });
            case ZoomWebhook.Other:
                return TypedResults.Ok();
            case var webhook:
                await inbox.StoreAsync(webhook, clock.GetUtcNow(), cancellationToken);
                return TypedResults.Ok();
        }
    }

    /// <summary>Null: more than we read.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MostBytes)
        {
            return null;
        }

        var buffer = new byte[MostBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > MostBytes ? null : buffer.AsMemory(0, length);
    }
}
