using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Web.Connect;

/// <summary>Receives Zoom's webhooks: checks the signature, stores the event and responds. The inbox service handles it later.</summary>
internal static class WebhookEndpoint
{
    public const string Path = "/zoom/webhooks";
    public const int MaxBytes = 64 * 1024;

    public static void MapZoomWebhooks(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, HandleAsync).AllowAnonymous().DisableAntiforgery();

    private static async Task<IResult> HandleAsync(
        HttpContext context, IOptions<ZoomOptions> options, WebhookInbox inbox, TimeProvider clock, CancellationToken cancellationToken)
    {
        // Zoom reads only the status code.
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
            secret,
            headers[ZoomWebhookSignature.TimestampHeader],
            headers[ZoomWebhookSignature.SignatureHeader],
            body.Span,
            clock.GetUtcNow()))
        {
            return TypedResults.StatusCode(StatusCodes.Status401Unauthorized);
        }

        switch (ZoomWebhook.Parse(body))
        {
            case null:
                return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
            case ZoomWebhook.UrlValidation validation:
                return TypedResults.Json(new
                {
                    validation.PlainToken,
                    EncryptedToken = ZoomWebhookSignature.EncryptedToken(secret!, validation.PlainToken),
                });
            case ZoomWebhook.Other:
                return TypedResults.Ok();
            case var webhook:
                await inbox.StoreAsync(webhook, clock.GetUtcNow(), cancellationToken);
                return TypedResults.Ok();
        }
    }

    /// <summary>Null: the body is too large.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBytes)
        {
            return null;
        }

        var buffer = new byte[MaxBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > MaxBytes ? null : buffer.AsMemory(0, length);
    }
}
