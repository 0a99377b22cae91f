using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>A start to check, and the host if one was requested or must be kept.</summary>
public sealed record BookingRequest(Instant Start, Duration Length, Guid? HostId = null, BookingOverride Override = BookingOverride.None);

/// <summary>The reasons against the booking, or the hosts who are available.</summary>
public sealed record BookingCheckResult(IReadOnlyList<Reason> Reasons, IReadOnlyList<AvailableHost> Hosts)
{
    public bool IsAllowed => Reasons.Count == 0;
}

/// <summary>Checks one start by the rules that list free slots. A booking calls it again inside its transaction.</summary>
public static class BookingCheck
{
    /// <summary>Checks one start for all hosts or, if the request names one, for that host.</summary>
    public static BookingCheckResult Check(ScheduleInput input, BookingRequest request) =>
        new Schedule(input).Check(request.Start, request.Length, request.HostId, request.Override);

    /// <summary>
    /// Checks whether an appointment can last longer at its start. Returns the conflicts with other appointments and buffers, except those
    /// that exist at its <paramref name="present"/> length. The input excludes the appointment itself
    /// (<see cref="ScheduleInput.ExcludedAppointments"/>) and has the hosts whose time it takes.
    /// </summary>
    public static IReadOnlyList<Reason> CheckLengthening(
        ScheduleInput input, Instant start, Duration length, Guid? hostId, Duration? present = null)
    {
        var schedule = new Schedule(input);
        var reasons = schedule.Check(start, length, hostId).Reasons;

        if (!SlotRules.IsLength(length))
        {
            return reasons;
        }

        var existing = present is { } now ? schedule.Check(start, now, hostId).Reasons : [];

        return [.. reasons.Where(r => r.Kind is ReasonKind.HostBooked or ReasonKind.Buffer).Except(existing)];
    }
}
