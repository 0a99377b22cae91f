namespace ZoomCalendar.Core.Messages;

/// <summary>The texts of messages until a sub-account writes its own.</summary>
public static class DefaultTemplates
{
    private const string Facts =
        """
        {{calendar.name}}
        With: {{host.name}}
        When: {{appointment.start_time}} ({{appointment.timezone}})
        That is {{appointment.calendar_time}}.
        Before: {{appointment.former_start_time}}
        Where: {{appointment.meeting_location}}
        Meeting ID: {{appointment.meeting_id}}
        Passcode: {{appointment.passcode}}
        {{appointment.link_status}}
        """;

    private const string HostFacts =
        """
        {{appointment.title}}, {{calendar.name}}
        When: {{appointment.start_time}} ({{appointment.timezone}})
        Before: {{appointment.former_start_time}}
        Where: {{appointment.meeting_location}}
        Meeting ID: {{appointment.meeting_id}}
        Passcode: {{appointment.passcode}}
        {{appointment.link_status}}

        Name: {{contact.name}}
        Email: {{contact.email}}
        Phone: {{contact.phone}}
        Notes: {{appointment.notes}}
        """;

    private const string Links =
        """
        Reschedule: {{appointment.reschedule_link}}
        Cancel: {{appointment.cancellation_link}}

        {{business.name}}
        """;

    /// <summary>The messages that admins can edit.</summary>
    public static IReadOnlyList<(MessageKind Kind, MessageReceiver Receiver)> Editable { get; } =
    [
        .. from receiver in (MessageReceiver[])[MessageReceiver.Booker, MessageReceiver.Host]
           from kind in (MessageKind[])[MessageKind.Confirmation, MessageKind.Change, MessageKind.Cancellation, MessageKind.Link,
               MessageKind.LinkLost, MessageKind.Reminder]
           select (kind, receiver),
    ];

    /// <summary>The default text of a message.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such message.</exception>
    public static (string Subject, string Body) Of(MessageKind kind, MessageReceiver receiver) => receiver switch
    {
        MessageReceiver.Booker => ToBooker(kind),
        MessageReceiver.FormerHost when kind is MessageKind.Cancellation => (
            "Reassigned: {{appointment.title}}",
            "{{appointment.title}}, {{calendar.name}}, is no longer yours. It was at {{appointment.former_start_time}}.\n"
                + "{{appointment.link_status}}\n\nHost now: {{host.name}}\nWhen: {{appointment.start_time}} ({{appointment.timezone}})"),
        MessageReceiver.FormerBooker when kind is MessageKind.Cancellation => (
            "Cancelled for this address: {{calendar.name}}, {{appointment.start_time}}",
            "Hello,\n\nthe appointment below is no longer booked under this email address. The links that we sent here to see "
                + "it, reschedule it or cancel it have ended.\n\n{{calendar.name}}\nWhen: {{appointment.start_time}} "
                + "({{appointment.timezone}})\n\nIf you did not expect this, answer this message.\n\n{{business.name}}"),
        MessageReceiver.Host => ToHost(kind),
        _ => throw NoTemplate(kind, receiver),
    };

    private static (string Subject, string Body) ToBooker(MessageKind kind) => kind switch
    {
        MessageKind.Confirmation => ("Booked: {{calendar.name}}, {{appointment.start_time}}", BookerBody("your appointment is booked.")),
        MessageKind.Change => ("Changed: {{calendar.name}}, {{appointment.start_time}}", BookerBody(
            "your appointment has changed. This is how it stands now.")),
        MessageKind.Link => ("Your Zoom link: {{calendar.name}}, {{appointment.start_time}}", BookerBody(
            "here is the Zoom link for your appointment. It replaces any earlier one.")),
        MessageKind.LinkLost => ("Zoom link no longer works: {{calendar.name}}, {{appointment.start_time}}", BookerBody(
            "the Zoom link that you had for your appointment no longer works. The appointment is still booked.")),
        MessageKind.Reminder =>
            ("Reminder: {{calendar.name}}, {{appointment.start_time}}", BookerBody("this is a reminder of your appointment.")),
        MessageKind.Cancellation => ("Cancelled: {{calendar.name}}, {{appointment.start_time}}",
            "Hello {{contact.first_name}},\n\nyour appointment is cancelled.\n{{appointment.link_status}}\n\n{{calendar.name}}\n"
                + "When: {{appointment.start_time}} ({{appointment.timezone}})\n\n{{business.name}}"),
        _ => throw NoTemplate(kind, MessageReceiver.Booker),
    };

    private static (string Subject, string Body) ToHost(MessageKind kind) => kind switch
    {
        MessageKind.Confirmation =>
            ("New booking: {{appointment.title}}, {{appointment.start_time}}", $"A new appointment with you.\n\n{HostFacts}"),
        MessageKind.Change =>
            ("Changed: {{appointment.title}}, {{appointment.start_time}}", $"An appointment with you has changed.\n\n{HostFacts}"),
        MessageKind.Link => ("Zoom link: {{appointment.title}}, {{appointment.start_time}}",
            $"The Zoom link is there. It replaces any earlier one.\n\n{HostFacts}"),
        MessageKind.LinkLost => ("Zoom meeting deleted: {{appointment.title}}, {{appointment.start_time}}",
            "The Zoom meeting of this appointment was deleted in Zoom, so its link no longer works. The appointment is still booked.\n\n"
                + $"{HostFacts}"),
        MessageKind.Reminder => ("Reminder: {{appointment.title}}, {{appointment.start_time}}", HostFacts),
        MessageKind.Cancellation => ("Cancelled: {{appointment.title}}, {{appointment.start_time}}",
            "This appointment is cancelled.\n\n{{appointment.title}}, {{calendar.name}}\nWhen: {{appointment.start_time}} "
                + "({{appointment.timezone}})\n\nName: {{contact.name}}\nEmail: {{contact.email}}"),
        _ => throw NoTemplate(kind, MessageReceiver.Host),
    };

    // An exception, because the text of another kind would be wrong.
    private static ArgumentOutOfRangeException NoTemplate(MessageKind kind, MessageReceiver receiver) =>
        new(nameof(kind), kind, $"There is no template for {receiver}.");

    private static string BookerBody(string announcement) => $"Hello {{{{contact.first_name}}}},\n\n{announcement}\n\n{Facts}\n\n{Links}";
}
