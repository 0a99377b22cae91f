using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Webhooks;

public enum DeliveryState
{
    Pending,
    Delivered,

    /// <summary>Refused or not reached for a day; not tried again.</summary>
    GivenUp,
}

/// <summary>One event told to one address: sent until it is taken, and the log of it.</summary>
public sealed class WebhookDelivery
{
    public const int ErrorMaxLength = 300;

    /// <summary>So often an event that the receiver itself refuses keeps the later ones waiting; then they pass it.</summary>
    public const int AttemptsBeforeOthersPass = 3;

    public const string NotReached = "Not reached for a day.";

    // After the first try; a day in all.
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

    /// <summary>As it is signed and sent. Erased once it is delivered or given up: it holds a booker's data.</summary>
    public required string Body { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DeliveryState State { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>When a failed try is made again; who sends it moves this ahead first. Null: done.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    public int? LastStatus { get; private set; }

    public string? LastError { get; private set; }

    public DateTimeOffset? DeliveredAt { get; private set; }

    /// <summary>It is sent before any later event: not yet, or not only, because the receiver refuses it.</summary>
    public bool BlocksLaterDeliveries => Attempts < AttemptsBeforeOthersPass || LastStatus is null or >= 500 or 408 or 425 or 429;

    public void MarkDelivered(int status, DateTimeOffset now)
    {
        Attempts++;
        (State, LastStatus, LastError, DeliveredAt, NextAttemptAt, Body) = (DeliveryState.Delivered, status, null, now, null, "");
    }

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
