using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Calendars;

/// <summary>A calendar in a list.</summary>
public sealed record CalendarRow
{
    public required CalendarId Id { get; init; }

    public required string Name { get; init; }

    public required string Slug { get; init; }

    public required CalendarType Type { get; init; }

    public required CalendarVersion Version { get; init; }

    public required bool IsArchived { get; init; }

    public required int Color { get; init; }

    public required int LengthMinutes { get; init; }

    /// <summary>Their names, in order.</summary>
    public required IReadOnlyList<string> Members { get; init; }

    /// <summary>
    /// The meeting locations that new appointments can get: each member's, on a collective calendar the primary owner's, on an event
    /// calendar its own.
    /// </summary>
    public required IReadOnlyList<CalendarRowLocation> Locations { get; init; }

    /// <summary>Pass it back when archiving or restoring.</summary>
    public required int RowVersion { get; init; }
}

/// <param name="Member">The member's name. Null: the location is the calendar's own.</param>
/// <param name="Kind">Where appointments take place.</param>
/// <param name="IsConnected">The member has connected Zoom in this sub-account.</param>
public sealed record CalendarRowLocation(string? Member, MeetingLocationKind Kind, bool IsConnected);

/// <summary>A calendar that somebody hosts, with its address in the business.</summary>
/// <param name="IsEmbeddable">Other sites may show its booking page.</param>
public sealed record HostedCalendar(CalendarId Id, string Name, string Slug, bool IsEmbeddable);

/// <summary>The settings of a calendar, for users who may see them.</summary>
public sealed record CalendarView
{
    public required CalendarId Id { get; init; }

    public required string Name { get; init; }

    public required string Slug { get; init; }

    public required string Description { get; init; }

    public required CalendarType Type { get; init; }

    public required CalendarVersion Version { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>In the form of <see cref="AvailabilityJson"/>. Null: the members' hours count.</summary>
    public required string? Hours { get; init; }

    public required BookingRules Rules { get; init; }

    public required RoundRobinBy RoundRobinBy { get; init; }

    public required MeetingSettings MeetingSettings { get; init; }

    /// <summary>The meeting location of an event calendar.</summary>
    public required MeetingLocation Location { get; init; }

    public required int Color { get; init; }

    /// <summary>In the form of <see cref="Calendars.EmbedOrigins"/>.</summary>
    public required string EmbedOrigins { get; init; }

    /// <summary>In the form of <see cref="Reminders"/>.</summary>
    public required string ReminderMinutes { get; init; }

    public required bool IsArchived { get; init; }

    public required string? WhyNoZoom { get; init; }

    public required bool HasHost { get; init; }

    /// <summary>True for calendars with exactly one member: personal, class booking and legacy calendars.</summary>
    public required bool HasOneOwner { get; init; }

    /// <summary>Pass it back when saving.</summary>
    public required int RowVersion { get; init; }

    public required IReadOnlyList<CalendarMemberView> Members { get; init; }

    /// <summary>True for admins. Members may change only their own meeting location.</summary>
    public required bool MayEdit { get; init; }
}

/// <summary>A member in the calendar's settings, with the number of upcoming appointments that they host.</summary>
public sealed record CalendarMemberView(
    UserId UserId, string Name, MeetingLocation Location, bool IsPrimaryOwner, int Priority, bool IsConnected, int UpcomingAppointments);

/// <summary>A member of the sub-account, for a selection list.</summary>
public sealed record MemberChoice(UserId UserId, string Name);

/// <summary>A request to create a calendar.</summary>
public sealed record CreateCalendar
{
    public required string Name { get; init; }

    public required string Slug { get; init; }

    public required CalendarType Type { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>The first member and owner. Null on event calendars.</summary>
    public UserId? Owner { get; init; }

    /// <summary>How long an appointment is; free times begin at the same interval.</summary>
    public int LengthMinutes { get; init; } = new BookingRules().LengthMinutes;
}

/// <param name="RowVersion">The version of the <see cref="CalendarView"/>.</param>
public sealed record EditCalendar(CalendarId Id, int RowVersion)
{
    public required string Name { get; init; }

    public required string Slug { get; init; }

    public string Description { get; init; } = "";

    public required string TimeZone { get; init; }

    public RoundRobinBy RoundRobinBy { get; init; }

    public int Color { get; init; }

    /// <summary>Null: unchanged.</summary>
    public string? EmbedOrigins { get; init; }

    /// <summary>Null: unchanged.</summary>
    public string? ReminderMinutes { get; init; }
}

/// <param name="Hours">In the form of <see cref="AvailabilityJson"/>. Null: the members' hours count.</param>
public sealed record EditRules(CalendarId Id, int RowVersion, BookingRules Rules, string? Hours);

/// <summary>A request to change the settings of the calendar's Zoom meetings.</summary>
public sealed record EditMeetingSettings(CalendarId Id, int RowVersion, MeetingSettings Settings);
