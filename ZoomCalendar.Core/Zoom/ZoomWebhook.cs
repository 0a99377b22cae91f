using System.Text.Json;

namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// What a webhook says, once its signature has been proved. Only enough to know what to look at: what it claims is checked
/// with Zoom before it is believed. Events may repeat and arrive out of order; <see cref="Key"/> tells a repetition.
/// </summary>
public abstract record ZoomWebhook(string Event, long? EventTimestamp)
{
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

    /// <summary>Null if the body cannot be read or lacks what its event must have.</summary>
    public static ZoomWebhook? Parse(ReadOnlyMemory<byte> rawBody) =>
        ZoomJson.TryRead(rawBody, Read, out var webhook) ? webhook : null;

    private static ZoomWebhook? Read(JsonElement body)
    {
        var payload = body.Member("payload") ?? default;
        var meeting = payload.Member("object") ?? default;
        var timestamp = body.Number("event_ts") ?? payload.Number("event_ts") ?? payload.Number("time_stamp");
        var account = payload.Text("account_id");

        return body.Text("event") switch
        {
            "endpoint.url_validation" => payload.Text("plainToken") is { Length: > 0 } token ? new UrlValidation(token, timestamp) : null,
            "app_deauthorized" => payload.Text("user_id") is { Length: > 0 } user
                ? new AppDeauthorized(user, account, payload.Text("client_id"), payload.Instant("deauthorization_time"), timestamp)
                : null,
            "meeting.deleted" => meeting.Number("id") is { } id ? new MeetingDeleted(id, meeting.Text("host_id"), account, timestamp) : null,
            "meeting.updated" => meeting.Number("id") is { } id ? new MeetingUpdated(id, meeting.Text("host_id"), account, timestamp) : null,
            { } other => new Other(other, timestamp),
            null => null,
        };
    }
}
