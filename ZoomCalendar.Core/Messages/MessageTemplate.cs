using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Messages;

/// <summary>A sub-account's own text for one message. The default text is used without a row or if the row is empty.</summary>
public sealed class MessageTemplate
{
    public const int BodyMaxLength = 8_000;

    public required SubAccountId SubAccountId { get; init; }

    public required MessageKind Kind { get; init; }

    public required MessageReceiver Receiver { get; init; }

    public required string Subject { get; set; }

    public required string Body { get; set; }

    /// <summary>The concurrency token.</summary>
    public int Version { get; set; }

    /// <summary>The template was reset. The row stays, so that its version keeps rising.</summary>
    public bool IsDefault => Body.Length == 0;
}
