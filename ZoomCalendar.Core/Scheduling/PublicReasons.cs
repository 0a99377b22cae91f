namespace ZoomCalendar.Core.Scheduling;

/// <summary>Reasons as a booker reads them: that a time is gone or not to be had, never why.</summary>
public static class PublicReasons
{
    public static readonly PublicSentence Taken = new("This time was just taken. Please choose another one.");
    public static readonly PublicSentence NotFree = new("This time is not free. Please choose another one.");
    public static readonly PublicSentence NoTimes = new("There are no times to choose from here at the moment. Please contact us.");

    public static PublicSentence Of(IReadOnlyList<Reason> reasons) =>
        AreTaken(reasons) ? Taken
        : reasons.Any(reason => reason.Kind is ReasonKind.NoHost) ? NoTimes
        : NotFree;

    /// <summary>What a race can cause is "just taken"; everything else the rules never offered.</summary>
    public static bool AreTaken(IReadOnlyList<Reason> reasons) =>
        reasons.All(reason => reason.Kind is ReasonKind.HostBooked or ReasonKind.Buffer or ReasonKind.SeatsTaken or ReasonKind.DayLimit);
}
