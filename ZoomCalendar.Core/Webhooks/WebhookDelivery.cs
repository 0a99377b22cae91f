using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Webhooks;

/// <summary>The state of a delivery. Stored as text.</summary>
public enum DeliveryState
{
    Pending,
    Delivered,

    /// <summary>Refused, or the receiver was unavailable for a day. Not attempted again.</summary>
    GivenUp,
}

/// <summary>The delivery of one event to one webhook, with its log.</summary>
public sealed class WebhookDelivery
{
    public const int ErrorMaxLength = 300;

    /// <summary>After this number of refused attempts, later deliveries no longer wait for this one.</summary>
    public const int AttemptsBeforeOthersPass = 3;

    public const string NotReached = "Not reached for a day.";

    public const string BookerErased = "The booker's data were erased before it was delivered.";

    // The pauses between attempts, about a day in total.
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15),
        TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
    ];

    public required Guid Id { get; init; }

    public required WebhookId WebhookId { get; init; }

    public required long EventId { get; init; }

    public required AppointmentId AppointmentId { get; init; }

    public required WebhookType Type { get; init; }

    /// <summary>The body that is signed and sent. Erased after the delivery ends, because it contains a booker's data.</summary>
    public required string Body { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DeliveryState State { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>The time of the next attempt. The sender moves it ahead before it sends. Null: done.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    public int? LastStatus { get; private set; }

    public string? LastError { get; private set; }

    public DateTimeOffset? DeliveredAt { get; private set; }

    /// <summary>True if later deliveries wait for this one.</summary>
    public bool BlocksLaterDeliveries => Attempts < AttemptsBeforeOthersPass || WebhookResponse.IsTemporary(LastStatus);

    /// <summary>Records that the receiver accepted it.</summary>
    public void MarkDelivered(int status, DateTimeOffset now)
    {
        Attempts++;
        (State, LastStatus, LastError, DeliveredAt, NextAttemptAt, Body) = (DeliveryState.Delivered, status, null, now, null, "");
    }

    /// <summary>Ends the delivery, because the booker's data in its body were erased.</summary>
    public void Erase()
    {
        Body = "";
        if (State is DeliveryState.Pending)
        {
            (State, NextAttemptAt, LastError) = (DeliveryState.GivenUp, null, BookerErased);
        }
    }

    /// <summary>Records a failed attempt and schedules the next one, or gives up after the last.</summary>
    public void MarkFailed(int? status, string error, DateTimeOffset now)
    {
        Attempts++;
        (LastStatus, LastError) = (status, Storage.StorableText.Shorten(error, ErrorMaxLength));
        if (Attempts <= Pauses.Length)
        {
            NextAttemptAt = now + Pauses[Attempts - 1];
            return;
        }

        (State, NextAttemptAt, Body) = (DeliveryState.GivenUp, null, "");
    }
}
