using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments;

/// <summary>The general sentences that bookers read when the reason of a refusal is for staff only.</summary>
public static class PublicRefusals
{
    /// <summary>The sentence for a kind of refusal.</summary>
    public static PublicSentence Of(Refusal refusal) => refusal switch
    {
        Refusal.Taken => PublicReasons.Taken,
        Refusal.NotOffered => PublicReasons.NotFree,
        Refusal.NotFound => new PublicSentence("This is no longer available. Please contact us."),
        Refusal.Changed => AppointmentTexts.Changed,
        Refusal.Invalid => new PublicSentence("Something in this form cannot be used. Please check it and send it again."),
        _ => new PublicSentence("This cannot be done here. Please contact us."),
    };
}
