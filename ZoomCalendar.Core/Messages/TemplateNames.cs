namespace ZoomCalendar.Core.Messages;

/// <summary>The names of messages on screen.</summary>
public static class TemplateNames
{
    /// <summary>The name of a message to a receiver.</summary>
    public static string Of(MessageKind kind, MessageReceiver receiver) =>
        $"{Of(kind)} to the {(receiver is MessageReceiver.Booker ? "booker" : "host")}";

    /// <summary>The name of a kind of message.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Admins cannot edit this kind.</exception>
    public static string Of(MessageKind kind) => kind switch
    {
        MessageKind.Link => "New Zoom link",
        MessageKind.LinkLost => "Zoom link lost",
        MessageKind.Confirmation or MessageKind.Change or MessageKind.Cancellation or MessageKind.Reminder => kind.ToString(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Admins do not edit this message."),
    };
}
