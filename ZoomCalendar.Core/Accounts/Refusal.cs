namespace ZoomCalendar.Core.Accounts;

/// <summary>Why a use case refused a request.</summary>
public enum Refusal
{
    /// <summary>It does not exist in this sub-account. Objects of other sub-accounts get the same answer.</summary>
    NotFound,

    /// <summary>The user may see it, but not change it.</summary>
    Forbidden,

    /// <summary>The time was taken by another booking. <c>BookingOutcome.Nearest</c> has free times.</summary>
    Taken,

    /// <summary>The rules do not offer this time.</summary>
    NotOffered,

    /// <summary>It was changed in the meantime.</summary>
    Changed,

    /// <summary>A value is invalid.</summary>
    Invalid,

    /// <summary>The user has to prove afresh who they are (<see cref="FreshProof"/>), and may then do it again.</summary>
    ProofNeeded,
}
