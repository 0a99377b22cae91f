using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Webhooks;
using ZoomCalendar.Web.Api.Answers;
using ZoomCalendar.Web.Api.Requests;

namespace ZoomCalendar.Web.Api.Endpoints;

internal static class WebhookEndpoints
{
    public const string PublicKeyPath = "/.well-known/webhook-signing-key.pem";

    private const string NotFound = "Webhook not found";

    public static void MapWebhooks(this RouteGroupBuilder api)
    {
        api.MapGet("/webhooks/", ListAsync)
            .Needs(TokenScopes.ReadWebhooks).Produces<WebhooksAnswer>()
            .WithName("get-webhooks").WithSummary("All webhooks");
        api.MapPost("/webhooks/", CreateAsync)
            .Needs(TokenScopes.WriteWebhooks).Takes<CreateWebhook>().Produces<WebhookAnswer>(StatusCodes.Status201Created)
            .WithName("create-webhook").WithSummary("Be told of changes")
            .WithDescription(
                $"Each message is signed: the header `{WebhookHttp.SignatureHeader}` is base64 of the Ed25519 signature of the "
                    + $"raw body; the public key is at `{PublicKeyPath}`. What is not answered 2xx within 10 seconds is sent again for "
                    + "a day.");
        api.MapDelete("/webhooks/{webhookId}", DeleteAsync)
            .Needs(TokenScopes.WriteWebhooks).Takes<EmptyBody>().Produces<SucceededAnswer>(StatusCodes.Status201Created)
            .WithName("delete-webhook").WithSummary("Remove a webhook");
        api.MapGet("/webhooks/{webhookId}/deliveries", DeliveriesAsync)
            .Needs(TokenScopes.ReadWebhooks).Produces<DeliveriesAnswer>()
            .WithName("get-webhook-deliveries").WithSummary("What was told to a webhook, the newest first");
    }

    public static async Task<IResult> PublicKeyAsync(WebhookSigner signer, CancellationToken cancellationToken) =>
        Results.Text(await signer.PublicKeyPemAsync(cancellationToken), "application/x-pem-file");

    private static async Task<ApiResult> ListAsync(ApiCall call, WebhookSubscriptions webhooks) =>
        ApiResult.Ok(new WebhooksAnswer
        {
            Webhooks = [.. (await webhooks.ListAsync(call.SubAccount, call.Cancel)).Select(WebhookItem.Of)],
        });

    private static async Task<ApiResult> CreateAsync(ApiCall call, WebhookSubscriptions webhooks, IdempotencyKeys keys)
    {
        var body = await call.ReadAsync<CreateWebhook>();
        if (body.Refused is { } refused)
        {
            return refused;
        }

        var (id, misused) = await call.NewIdAsync(keys);
        if (misused is not null)
        {
            return misused;
        }

        var types = (body.Value!.Events ?? []).Select(name => Enum.Parse<WebhookType>(name!)).ToList();
        var outcome = await webhooks.CreateAsync(
            new WebhookId(id ?? Guid.CreateVersion7(call.Now)),
            body.Value.Url!,
            types,
            call.SubAccount,
            call.Actor.UserId,
            call.Now,
            call.Cancel);
        return outcome.Webhook is { } webhook
            ? ApiResult.Created(new WebhookAnswer { Webhook = WebhookItem.Of(webhook) })
            : ApiResult.Unprocessable(outcome.Problem!);
    }

    private static async Task<ApiResult> DeleteAsync(string webhookId, ApiCall call, WebhookSubscriptions webhooks)
    {
        var body = await call.ReadAsync<EmptyBody>();
        if (body.Refused is { } refused)
        {
            return refused;
        }

        var id = new WebhookId(Ids.Read(webhookId));
        return await webhooks.DeleteAsync(id, call.SubAccount, call.Actor.UserId, call.Now, call.Cancel)
            ? ApiResult.Created(new SucceededAnswer())
            : ApiResult.NotFound(NotFound);
    }

    private static async Task<ApiResult> DeliveriesAsync(
        string webhookId, string? limit, string? cursor, ApiCall call, WebhookSubscriptions webhooks)
    {
        if (Cursor.Limit(limit) is not { } size)
        {
            return ApiResult.Unprocessable($"limit must be a number from 1 to {Cursor.MaxLimit}");
        }

        var before = string.IsNullOrEmpty(cursor) ? null : Cursor.Number(cursor);
        if (before is null && !string.IsNullOrEmpty(cursor))
        {
            return ApiResult.Unprocessable("cursor must be a nextCursor of an earlier answer");
        }

        if (await webhooks.DeliveriesAsync(
            new WebhookId(Ids.Read(webhookId)), call.SubAccount, before, size + 1, call.Cancel) is not { } deliveries)
        {
            return ApiResult.NotFound(NotFound);
        }

        return ApiResult.Ok(new DeliveriesAnswer
        {
            Deliveries = [.. deliveries.Take(size).Select(DeliveryItem.Of)],
            NextCursor = deliveries.Count > size ? Cursor.Of(deliveries[size - 1].EventId) : null,
        });
    }
}
