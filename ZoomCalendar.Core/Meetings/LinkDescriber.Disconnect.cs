using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Meetings;

/// <content>The effect of disconnecting, for the confirmation dialog.</content>
public static partial class LinkDescriber
{
    /// <summary>One sentence for each kind of link among the user's upcoming appointments.</summary>
    public static IReadOnlyList<StaffSentence> OnDisconnect(DisconnectPreview preview) =>
        preview.UpcomingAppointments == 0 ? [new("No upcoming appointment of yours uses Zoom.")]
        :
        [
            .. If(preview.Unmanaged, "upcoming appointment has a Zoom link. It", "upcoming appointments have a Zoom link. They",
                " stays and keeps working, but the app no longer changes or deletes the meeting.",
                " stay and keep working, but the app no longer changes or deletes the meetings."),
            .. If(preview.Managed, "upcoming appointment has a Zoom link. It", "upcoming appointments have a Zoom link. They",
                " stays, and the app keeps managing its meeting.", " stay, and the app keeps managing their meetings."),
            .. If(preview.WithoutLink, "upcoming appointment has no Zoom link yet.", "upcoming appointments have no Zoom link yet.",
                " It gets none until you connect again.", " They get none until you connect again."),
            .. If(
                preview.Stopped,
                "upcoming appointment has no Zoom link, and none is made automatically.",
                "upcoming appointments have no Zoom link, and none is made automatically.",
                "",
                ""),
        ];

    private static IEnumerable<StaffSentence> If(int count, string one, string many, string ofOne, string ofMany) =>
        count == 0 ? [] : [new(Count(count, one + ofOne, many + ofMany))];
}
