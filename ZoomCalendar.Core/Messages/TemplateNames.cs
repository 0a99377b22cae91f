namespace ZoomCalendar.Core.Messages;

/// <summary>The names of messages on screen.</summary>
public static class TemplateNames
{
    public static string Of(MessageKind kind, MessageReceiver receiver) =>
        $"{Of(kind)} to the {(receiver is MessageReceiver.Booker ? "booker" : "host")}";

    public static string Of(MessageKind kind) => kind switch
    {
        MessageKind.Link => "New Zoom link",
        MessageKind.LinkLost => "Zoom link lost",
        MessageKind.Confirmation or MessageKind.Change or MessageKind.Cancellation or MessageKind.Reminder => kind.ToString(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Admins do not edit this message."),
    };
}
