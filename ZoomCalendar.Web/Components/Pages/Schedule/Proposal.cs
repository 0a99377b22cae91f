using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Components.Pages.Schedule;

/// <summary>A move that was drawn with the pointer or the keyboard; nothing happens before it is confirmed.</summary>
/// <param name="Host">Null: the host stays.</param>
public sealed record Proposal(AppointmentCard Card, DateTimeOffset Start, DateTimeOffset End, UserId? Host)
{
    public bool IsSame => Start == Card.Start && End == Card.End && (Host is null || Host == Card.HostId);
}

/// <summary>An empty time that was chosen to be booked.</summary>
public sealed record EmptyTime(DateTimeOffset Start, UserId? Host);
