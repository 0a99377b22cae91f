using NodaTime;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>One start to be booked; a host if one was asked for or is to be kept.</summary>
public sealed record BookingRequest(Instant Start, Duration Length, Guid? HostId = null, BookingOverride Override = BookingOverride.None);

/// <summary>Either reasons, or the hosts who can hold the slot.</summary>
public sealed record BookingCheckResult(IReadOnlyList<Reason> Reasons, IReadOnlyList<AvailableHost> Hosts)
{
    public bool IsAllowed => Reasons.Count == 0;
}

/// <summary>The rules of the listing for one start, asked again inside the booking's transaction with the rows as they are then.</summary>
public static class BookingCheck
{
    public static BookingCheckResult Check(ScheduleInput input, BookingRequest request) =>
        new Schedule(input).Check(request.Start, request.Length, request.HostId, request.Override);

    /// <summary>
    /// What stands in the way of an appointment lasting longer where it is: other appointments and their buffers, as far as they are not in
    /// its way at its <paramref name="present"/> length already. The appointment itself is in <see cref="ScheduleInput.ExcludedAppointments"/>; the input's
    /// hosts are those whose time it takes.
    /// </summary>
    public static IReadOnlyList<Reason> CheckLengthening(ScheduleInput input, Instant start, Duration length, Guid? hostId, Duration? present = null)
    {
        var schedule = new Schedule(input);
        var reasons = schedule.Check(start, length, hostId).Reasons;

        return SlotRules.IsLength(length)
            ? [.. reasons.Where(r => r.Kind is ReasonKind.HostBooked or ReasonKind.Buffer).Except(present is { } now ? schedule.Check(start, now, hostId).Reasons : [])]
            : reasons;
    }
}
