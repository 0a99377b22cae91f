using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Calendars;

/// <summary>One line of the list.</summary>
public sealed record CalendarRow(
    CalendarId Id, string Name, string Slug, CalendarType Type, CalendarVersion Version, bool IsArchived, int Color, IReadOnlyList<string> Members);

/// <summary>A calendar's settings as somebody who may see them finds them.</summary>
public sealed record CalendarView
{
    public required CalendarId Id { get; init; }

    public required string Name { get; init; }

    public required string Slug { get; init; }

    public required string Description { get; init; }

    public required CalendarType Type { get; init; }

    public required CalendarVersion Version { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>As <c>AvailabilityJson</c> writes them; null: the members' hours count.</summary>
    public required string? Hours { get; init; }

    public required BookingRules Rules { get; init; }

    public required RoundRobinBy RoundRobinBy { get; init; }

    public required MeetingSettings MeetingSettings { get; init; }

    /// <summary>Of an event calendar.</summary>
    public required MeetingLocation Location { get; init; }

    public required int Color { get; init; }

    /// <summary>As <see cref="Calendars.EmbedOrigins"/> reads them.</summary>
    public required string EmbedOrigins { get; init; }

    /// <summary>As <see cref="Reminders"/> reads them.</summary>
    public required string ReminderMinutes { get; init; }

    public required bool IsArchived { get; init; }

    public required string? WhyNoZoom { get; init; }

    public required bool HasHost { get; init; }

    /// <summary>One owner and nobody else: personal, class booking and legacy calendars.</summary>
    public required bool HasOneOwner { get; init; }

    /// <summary>To be handed back when saving.</summary>
    public required int RowVersion { get; init; }

    public required IReadOnlyList<CalendarMemberView> Members { get; init; }

    /// <summary>An admin may change everything; a member their own meeting location.</summary>
    public required bool MayEdit { get; init; }
}

public sealed record CalendarMemberView(UserId UserId, string Name, MeetingLocation Location, bool IsPrimaryOwner, int Priority, bool IsConnected, int UpcomingAppointments);

public sealed record MemberChoice(UserId UserId, string Name);

public sealed record CreateCalendar
{
    public required string Name { get; init; }

    public required string Slug { get; init; }

    public required CalendarType Type { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>The first member, who owns it; null on event calendars.</summary>
    public UserId? Owner { get; init; }
}

/// <param name="RowVersion">As in <see cref="CalendarView"/>.</param>
public sealed record EditCalendar(CalendarId Id, int RowVersion)
{
    public required string Name { get; init; }

    public required string Slug { get; init; }

    public string Description { get; init; } = "";

    public required string TimeZone { get; init; }

    public RoundRobinBy RoundRobinBy { get; init; }

    public int Color { get; init; }

    /// <summary>Null: as they are.</summary>
    public string? EmbedOrigins { get; init; }

    /// <summary>Null: as they are.</summary>
    public string? ReminderMinutes { get; init; }
}

/// <param name="Hours">As <c>AvailabilityJson</c> writes them; null: the members' hours count.</param>
public sealed record EditRules(CalendarId Id, int RowVersion, BookingRules Rules, string? Hours);

public sealed record EditMeetingSettings(CalendarId Id, int RowVersion, MeetingSettings Settings);
