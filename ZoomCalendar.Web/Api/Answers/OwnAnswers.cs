using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Webhooks;

namespace ZoomCalendar.Web.Api.Answers;

/// <summary>Where an appointment's Zoom link stands.</summary>
internal sealed record LinkItem
{
    /// <summary>none, ready, onItsWay, waiting, unmanaged, missed or stopped (there is none, and none is made by itself).</summary>
    public required string State { get; init; }

    /// <summary>In words.</summary>
    public required string Sentence { get; init; }

    public string? JoinUrl { get; init; }

    public string? MeetingId { get; init; }

    public string? Passcode { get; init; }

    /// <summary>What it waits for, if it waits, or why it is not made.</summary>
    public string? WaitingFor { get; init; }

    public static LinkItem Of(AppointmentView view, DateTimeOffset now)
    {
        var status = view.Link(now);
        var isThere = status.JoinUrl is not null;
        return new LinkItem
        {
            State = Camel(status.State.ToString()),
            Sentence = LinkDescriber.ForStaff(status).Text,
            JoinUrl = status.JoinUrl,
            MeetingId = isThere ? view.Meeting?.ZoomMeetingId?.ToString(System.Globalization.CultureInfo.InvariantCulture) : null,
            Passcode = isThere ? view.Meeting?.Passcode : null,
            WaitingFor = status.State is LinkState.Waiting or LinkState.Stopped ? Camel(status.WaitingFor.ToString()) : null,
        };
    }

    private static string Camel(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);
}

internal sealed record LinkAnswer : ApiAnswer
{
    public required LinkItem Link { get; init; }
}

/// <summary>Something that happened to an appointment.</summary>
internal sealed record HistoryItem
{
    public required string At { get; init; }

    public required string Kind { get; init; }

    public required string Detail { get; init; }

    /// <summary>Who did it; missing: the app itself, or the booker.</summary>
    public string? UserId { get; init; }

    /// <summary>Rescheduled: the start that was given up.</summary>
    public string? FormerStartTime { get; init; }

    /// <summary>Rescheduled: the start that was taken.</summary>
    public string? StartTime { get; init; }

    public static HistoryItem Of(HistoryEvent past) => new()
    {
        At = ApiTime.Write(past.Event.At),
        Kind = past.Event.Kind.ToString(),
        Detail = past.Event.Detail,
        UserId = past.Event.ActorId?.ToString(),
        FormerStartTime = past.Event.FormerStart is { } former ? ApiTime.Write(former) : null,
        StartTime = past.NewStart is { } start ? ApiTime.Write(start) : null,
    };
}

internal sealed record HistoryAnswer : ApiAnswer
{
    public required IReadOnlyList<HistoryItem> History { get; init; }

    public string? NextCursor { get; init; }
}

/// <summary>A user's connection to Zoom in this sub-account, and the day of the Zoom account behind it.</summary>
internal sealed record ZoomAnswer : ApiAnswer
{
    public required bool IsConnected { get; init; }

    public ConnectionItem? Connection { get; init; }

    public QuotaItem? Quota { get; init; }
}

internal sealed record ConnectionItem
{
    /// <summary>Connected, ReconnectNeeded or ApprovalWithdrawn.</summary>
    public required string State { get; init; }

    public string? Reason { get; init; }

    public required string ZoomEmail { get; init; }

    public required string ConnectedAt { get; init; }

    public static ConnectionItem Of(ConnectionView card) => new()
    {
        State = card.State.ToString(),
        Reason = card.StateReason,
        ZoomEmail = card.Email,
        ConnectedAt = ApiTime.Write(card.ConnectedAt),
    };
}

internal sealed record QuotaItem
{
    /// <summary>The UTC day.</summary>
    public required string Day { get; init; }

    public int Limit { get; init; } = QuotaDay.Limit;

    /// <summary>Sent by this app. Other programs that use the same Zoom account are not counted here.</summary>
    public required int Used { get; init; }

    public required int Left { get; init; }

    public required int Waiting { get; init; }

    public required string ResetsAt { get; init; }

    /// <summary>Nothing more can be sent today: a hundred are counted here, or Zoom said so.</summary>
    public required bool IsUsedUp { get; init; }

    /// <summary>How the day stands, in words.</summary>
    public required string Sentence { get; init; }

    public static QuotaItem Of(QuotaStatus status) => new()
    {
        Day = status.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        Used = status.Used,
        Left = status.Left,
        Waiting = status.Waiting,
        ResetsAt = ApiTime.Write(status.ResetsAt),
        IsUsedUp = status.UsedUp,
        Sentence = LinkDescriber.OnQuota(status).Text,
    };
}

internal sealed record WebhookItem
{
    public required string Id { get; init; }

    public required string Url { get; init; }

    public required IReadOnlyList<string> Events { get; init; }

    public required string DateAdded { get; init; }

    public static WebhookItem Of(Webhook webhook) => new()
    {
        Id = webhook.Id.ToString(),
        Url = webhook.Url,
        Events = [.. WebhookTypes.Split(webhook.Types).Select(type => type.ToString())],
        DateAdded = ApiTime.Write(webhook.CreatedAt),
    };
}

internal sealed record WebhookAnswer : ApiAnswer
{
    public required WebhookItem Webhook { get; init; }
}

internal sealed record WebhooksAnswer : ApiAnswer
{
    public required IReadOnlyList<WebhookItem> Webhooks { get; init; }
}

/// <summary>One event told to one address. The body is not kept once it was taken.</summary>
internal sealed record DeliveryItem
{
    public required string Id { get; init; }

    public required string Type { get; init; }

    public required string AppointmentId { get; init; }

    /// <summary>Pending, Delivered or GivenUp.</summary>
    public required string State { get; init; }

    public required int Attempts { get; init; }

    public required string DateAdded { get; init; }

    public int? LastStatus { get; init; }

    public string? LastError { get; init; }

    public string? NextAttemptAt { get; init; }

    public string? DeliveredAt { get; init; }

    public static DeliveryItem Of(WebhookDelivery delivery) => new()
    {
        Id = delivery.Id.ToString(),
        Type = delivery.Type.ToString(),
        AppointmentId = delivery.AppointmentId.ToString(),
        State = delivery.State.ToString(),
        Attempts = delivery.Attempts,
        DateAdded = ApiTime.Write(delivery.CreatedAt),
        LastStatus = delivery.LastStatus,
        LastError = delivery.LastError,
        NextAttemptAt = delivery.NextAttemptAt is { } next ? ApiTime.Write(next) : null,
        DeliveredAt = delivery.DeliveredAt is { } at ? ApiTime.Write(at) : null,
    };
}

internal sealed record DeliveriesAnswer : ApiAnswer
{
    public required IReadOnlyList<DeliveryItem> Deliveries { get; init; }

    public string? NextCursor { get; init; }
}
