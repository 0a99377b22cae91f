namespace ZoomCalendar.Core.Accounts;

public enum Refusal
{
    /// <summary>No such thing here; another sub-account's looks the same.</summary>
    NotFound,

    /// <summary>Yours to see, not yours to change.</summary>
    Forbidden,

    /// <summary>Somebody was faster; <c>BookingOutcome.Nearest</c> has free times.</summary>
    Taken,

    /// <summary>The rules do not offer this time.</summary>
    NotOffered,

    /// <summary>Somebody else changed it in the meantime.</summary>
    Changed,

    /// <summary>A field is not usable.</summary>
    Invalid,
}
