using System.Text.Json;

namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// A webhook event, after its signature was verified. It only says what to look at: its content is verified with Zoom before it is used.
/// Events may repeat and arrive out of order; <see cref="Key"/> identifies repeats.
/// </summary>
public abstract record ZoomWebhook(string Event, long? EventTimestamp)
{
    public const int EventMaxLength = 60;
    public const int ClientIdMaxLength = 100;

    private const int PlainTokenMaxLength = 1_000;

    /// <summary>Event, timestamp and object: the same for every delivery of one event.</summary>
    public string Key => $"{Event}:{EventTimestamp}:{ObjectKey}";

    protected virtual string ObjectKey => "";

    // Events contain personal data and tokens, so only the name is printed.
    public sealed override string ToString() => Event;

    /// <summary>Zoom validates the webhook address. Respond with <see cref="ZoomWebhookSignature.EncryptedToken"/>.</summary>
    public sealed record UrlValidation(string PlainToken, long? EventTimestamp) : ZoomWebhook("endpoint.url_validation", EventTimestamp)
    {
        protected override string ObjectKey => PlainToken;
    }

    public sealed record AppDeauthorized(
        string UserId, string? AccountId, string? ClientId, DateTimeOffset? DeauthorizedAt, long? EventTimestamp)
        : ZoomWebhook("app_deauthorized", EventTimestamp)
    {
        protected override string ObjectKey => UserId;
    }

    public sealed record MeetingDeleted(
        long MeetingId, string? HostId, string? AccountId, long? EventTimestamp) : ZoomWebhook("meeting.deleted", EventTimestamp)
    {
        protected override string ObjectKey => $"{MeetingId}";
    }

    /// <summary>A meeting was changed, possibly by our own request.</summary>
    public sealed record MeetingUpdated(
        long MeetingId, string? HostId, string? AccountId, long? EventTimestamp) : ZoomWebhook("meeting.updated", EventTimestamp)
    {
        protected override string ObjectKey => $"{MeetingId}";
    }

    /// <summary>Any other event. It is acknowledged and ignored.</summary>
    public sealed record Other(string Event, long? EventTimestamp) : ZoomWebhook(Event, EventTimestamp);

    /// <summary>Null if the body cannot be read, lacks a required member, or has a value that cannot be stored.</summary>
    public static ZoomWebhook? Parse(ReadOnlyMemory<byte> rawBody) =>
        ZoomJson.TryRead(rawBody, Read, out var webhook) ? webhook : null;

    private static ZoomWebhook? Read(JsonElement body)
    {
        var payload = body.Member("payload") ?? default;
        var meeting = payload.Member("object") ?? default;
        var timestamp = body.Number("event_ts") ?? payload.Number("event_ts") ?? payload.Number("time_stamp");
        var account = payload.ShortText("account_id", ZoomUser.AccountIdMaxLength);

        return body.ExactText("event", EventMaxLength) switch
        {
            "endpoint.url_validation" => payload.ExactText("plainToken", PlainTokenMaxLength) is { Length: > 0 } token
                ? new UrlValidation(token, timestamp)
                : null,
            "app_deauthorized" => payload.ExactText("user_id", ZoomUser.IdMaxLength) is { Length: > 0 } user
                ? new AppDeauthorized(
                    user, account, payload.ExactText("client_id", ClientIdMaxLength), payload.Instant("deauthorization_time"), timestamp)
                : null,
            "meeting.deleted" => meeting.Number("id") is > 0 and var id
                ? new MeetingDeleted(id, meeting.ShortText("host_id", ZoomUser.IdMaxLength), account, timestamp)
                : null,
            "meeting.updated" => meeting.Number("id") is > 0 and var id
                ? new MeetingUpdated(id, meeting.ShortText("host_id", ZoomUser.IdMaxLength), account, timestamp)
                : null,
            { } other => new Other(other, timestamp),
            null => null,
        };
    }
}
