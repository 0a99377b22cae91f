namespace ZoomCalendar.Core.Scheduling;

/// <summary>Reasons in sentences for a booker. They say that a time is not available, and never why.</summary>
public static class PublicReasons
{
    public static readonly PublicSentence Taken = new("This time was just taken. Please choose another one.");
    public static readonly PublicSentence NotFree = new("This time is not free. Please choose another one.");
    public static readonly PublicSentence NoTimes = new("There are no times to choose from here at the moment. Please contact us.");

    /// <summary>The one sentence for a booker that covers all reasons.</summary>
    public static PublicSentence Of(IReadOnlyList<Reason> reasons) =>
        AreTaken(reasons) ? Taken
        : reasons.Any(reason => reason.Kind is ReasonKind.NoHost) ? NoTimes
        : NotFree;

    /// <summary>True if a concurrent booking can explain all reasons. Any other reason means that the time was never offered.</summary>
    public static bool AreTaken(IReadOnlyList<Reason> reasons) =>
        reasons.All(reason => reason.Kind is ReasonKind.HostBooked or ReasonKind.Buffer or ReasonKind.SeatsTaken or ReasonKind.DayLimit);
}
