using System.Text.Json;

namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// What a webhook says, once its signature has been proved. Only enough to know what to look at: what it claims is checked
/// with Zoom before it is believed. Events may repeat and arrive out of order; <see cref="Key"/> tells a repetition.
/// </summary>
public abstract record ZoomWebhook(string Event, long? EventTimestamp)
{
    public const int EventMaxLength = 60;
    public const int ClientIdMaxLength = 100;

    private const int PlainTokenMaxLength = 1_000;

    /// <summary>Event, time stamp and object: the same for every delivery of one event.</summary>
    public string Key => $"{Event}:{EventTimestamp}:{ObjectKey}";

    protected virtual string ObjectKey => "";

    // Events name people and carry tokens to echo.
    public sealed override string ToString() => Event;

    /// <summary>Zoom checks that the address is ours: answer with <see cref="ZoomWebhookSignature.EncryptedToken"/>.</summary>
    public sealed record UrlValidation(string PlainToken, long? EventTimestamp) : ZoomWebhook("endpoint.url_validation", EventTimestamp)
    {
        protected override string ObjectKey => PlainToken;
    }

    public sealed record AppDeauthorized(string UserId, string? AccountId, string? ClientId, DateTimeOffset? DeauthorizedAt, long? EventTimestamp)
        : ZoomWebhook("app_deauthorized", EventTimestamp)
    {
        protected override string ObjectKey => UserId;
    }

    public sealed record MeetingDeleted(long MeetingId, string? HostId, string? AccountId, long? EventTimestamp) : ZoomWebhook("meeting.deleted", EventTimestamp)
    {
        protected override string ObjectKey => $"{MeetingId}";
    }

    /// <summary>Something about the meeting changed, by anybody's hand, ours included.</summary>
    public sealed record MeetingUpdated(long MeetingId, string? HostId, string? AccountId, long? EventTimestamp) : ZoomWebhook("meeting.updated", EventTimestamp)
    {
        protected override string ObjectKey => $"{MeetingId}";
    }

    /// <summary>An event that we did not ask for: answered, and left alone.</summary>
    public sealed record Other(string Event, long? EventTimestamp) : ZoomWebhook(Event, EventTimestamp);

    /// <summary>Null if the body cannot be read, lacks what its event must have, or names somebody whom we could not write down.</summary>
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
            "endpoint.url_validation" => payload.ExactText("plainToken", PlainTokenMaxLength) is { Length: > 0 } token ? new UrlValidation(token, timestamp) : null,
            "app_deauthorized" => payload.ExactText("user_id", ZoomUser.IdMaxLength) is { Length: > 0 } user
                ? new AppDeauthorized(user, account, payload.ExactText("client_id", ClientIdMaxLength), payload.Instant("deauthorization_time"), timestamp)
                : null,
            "meeting.deleted" => meeting.Number("id") is > 0 and var id ? new MeetingDeleted(id, meeting.ShortText("host_id", ZoomUser.IdMaxLength), account, timestamp) : null,
            "meeting.updated" => meeting.Number("id") is > 0 and var id ? new MeetingUpdated(id, meeting.ShortText("host_id", ZoomUser.IdMaxLength), account, timestamp) : null,
            { } other => new Other(other, timestamp),
            null => null,
        };
    }
}
