using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Components.Pages.Schedule;

/// <summary>A move proposed by pointer or keyboard. It takes effect when it is confirmed.</summary>
/// <param name="Card">The appointment, or one of the slot's.</param>
/// <param name="Start">The new start.</param>
/// <param name="End">The new end.</param>
/// <param name="Host">Null: the host stays.</param>
/// <param name="WholeSlot">All appointments of the slot move.</param>
public sealed record Proposal(AppointmentCard Card, DateTimeOffset Start, DateTimeOffset End, UserId? Host, bool WholeSlot = false)
{
    public bool IsSame => Start == Card.Start && End == Card.End && (Host is null || Host == Card.HostId);
}

/// <summary>An empty time that was chosen to be booked.</summary>
public sealed record EmptyTime(DateTimeOffset Start, UserId? Host);
