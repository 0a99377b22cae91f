using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Messages;

/// <summary>A sub-account's own words for one kind of message; without a row, or an empty one, the default's count.</summary>
public sealed class MessageTemplate
{
    public const int BodyMaxLength = 8_000;

    public required SubAccountId SubAccountId { get; init; }

    public required MessageKind Kind { get; init; }

    public required MessageReceiver Receiver { get; init; }

    public required string Subject { get; set; }

    public required string Body { get; set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; set; }

    /// <summary>Set back: the row stays, so that its version goes on rising.</summary>
    public bool IsDefault => Body.Length == 0;
}
