using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Web.Api.Answers;

/// <summary>A calendar. Some field names are misspelt on purpose: clients know them so.</summary>
internal sealed record CalendarItem
{
    private const int MinutesPerHour = 60;

    public required string Id { get; init; }

    public required string LocationId { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required string Slug { get; init; }

    public required string WidgetSlug { get; init; }

    public required string CalendarType { get; init; }

    /// <summary>False: archived. It takes no bookings, its appointments stay.</summary>
    public required bool IsActive { get; init; }

    public required IReadOnlyList<TeamMemberItem> TeamMembers { get; init; }

    public string? EventType { get; init; }

    public string EventTitle { get; init; } = Names.DefaultEventTitle;

    public required string EventColor { get; init; }

    public IReadOnlyList<LocationItem>? LocationConfigurations { get; init; }

    public required int SlotDuration { get; init; }

    public string SlotDurationUnit { get; init; } = "mins";

    public required int SlotInterval { get; init; }

    public string SlotIntervalUnit { get; init; } = "mins";

    public required int SlotBuffer { get; init; }

    public string SlotBufferUnit { get; init; } = "mins";

    public required int PreBuffer { get; init; }

    public string PreBufferUnit { get; init; } = "mins";

    public required int AppoinmentPerSlot { get; init; }

    public int? AppoinmentPerDay { get; init; }

    public required decimal AllowBookingAfter { get; init; }

    public string AllowBookingAfterUnit { get; init; } = "hours";

    public required int AllowBookingFor { get; init; }

    public string AllowBookingForUnit { get; init; } = "days";

    /// <summary>The calendar's own week; missing: its members' hours count.</summary>
    public IReadOnlyList<OpenHourItem>? OpenHours { get; init; }

    public IReadOnlyList<AvailabilityItem>? Availabilities { get; init; }

    public bool EnableRecurring { get; init; }

    public bool AutoConfirm { get; init; } = true;

    public bool AllowReschedule { get; init; } = true;

    public bool AllowCancellation { get; init; } = true;

    /// <summary>IANA id; ours alone.</summary>
    public required string Timezone { get; init; }

    public static CalendarItem Of(Calendar calendar)
    {
        var rules = calendar.Rules;
        var hours = calendar.Hours is { } json ? AvailabilityJson.Parse(json) : null;
        return new CalendarItem
        {
            Id = calendar.Id.ToString(),
            LocationId = calendar.SubAccountId.ToString(),
            Name = calendar.Name,
            Description = calendar.Description,
            Slug = calendar.Slug,
            WidgetSlug = calendar.Slug,
            CalendarType = Names.Of(calendar.Type),
            IsActive = !calendar.IsArchived,
            TeamMembers = [.. calendar.Members.OrderByDescending(
                member => member.IsPrimaryOwner).ThenBy(member => member.UserId.Value).Select(TeamMemberItem.Of)],
            EventType = calendar.Type is Core.Scheduling.CalendarType.RoundRobin ? Names.Of(calendar.RoundRobinBy) : null,
            EventColor = Names.Colors[Math.Abs(calendar.Color) % Names.Colors.Count],
            LocationConfigurations = calendar.HasHost ? null : [LocationItem.Of(calendar.Location)],
            SlotDuration = rules.LengthMinutes,
            SlotInterval = rules.IntervalMinutes,
            SlotBuffer = rules.BufferAfterMinutes,
            PreBuffer = rules.BufferBeforeMinutes,
            AppoinmentPerSlot = rules.Seats,
            AppoinmentPerDay = rules.DayLimit,
            AllowBookingAfter = decimal.Round((decimal)rules.MinimumNoticeMinutes / MinutesPerHour, 4),
            AllowBookingFor = rules.HorizonDays,
            OpenHours = hours is null ? null : OpenHourItem.Of(hours.Week),
            Availabilities = hours is null ? null : [.. hours.Overrides.Select(AvailabilityItem.Of)],
            Timezone = calendar.TimeZone,
        };
    }
}

internal sealed record TeamMemberItem(string UserId, decimal Priority, bool IsPrimary, IReadOnlyList<LocationItem> LocationConfigurations)
{
    public static TeamMemberItem Of(CalendarMember member) => new(
        member.UserId.ToString(), PriorityOf(member.Priority), member.IsPrimaryOwner, [LocationItem.Of(member.Location)]);

    // The platform knows low, medium and high; ours are 0 to 10.
    private static decimal PriorityOf(int priority) => MemberPatch.Level(priority) / 10m;
}

/// <param name="Kind">zoom_conference, inbound_call, physical, custom or booker.</param>
/// <param name="Location">A number, an address, a link or text.</param>
/// <param name="MeetingId">Names this location when booking.</param>
internal sealed record LocationItem(string Kind, string Location, string MeetingId)
{
    public const string OnlyMeetingId = "default";

    public static LocationItem Of(MeetingLocation location) => new(Names.ConfigKind(location.Kind), location.Detail, OnlyMeetingId);
}

internal sealed record OpenHourItem(IReadOnlyList<int> DaysOfTheWeek, IReadOnlyList<HourItem> Hours)
{
    public static IReadOnlyList<OpenHourItem> Of(WeeklyHours week) =>
        WeeklyHours.Days.Any(day => week[day].Count > 0)
            ? [.. WeeklyHours.Days.Where(day => week[day].Count > 0).Select(
                day => new OpenHourItem([(int)day % 7], [.. week[day].Select(HourItem.Of)]))]
            // Own hours that are never open: an empty list would mean the members' hours.
            : [new OpenHourItem([.. WeeklyHours.Days.Select(day => (int)day % 7)], [])];
}

internal sealed record HourItem(int OpenHour, int OpenMinute, int CloseHour, int CloseMinute)
{
    // Midnight at the end of a day is 23:60 in the platform's words, whose hours end at 23.
    public static HourItem Of(OpenHours hours) => hours.Until == Core.Scheduling.OpenHours.NextMidnight
        ? new HourItem(hours.From / 60, hours.From % 60, 23, 60)
        : new HourItem(hours.From / 60, hours.From % 60, hours.Until / 60, hours.Until % 60);
}

internal sealed record AvailabilityItem(string Date, IReadOnlyList<HourItem> Hours, bool Deleted = false)
{
    public static AvailabilityItem Of(DateOverride change) => new(
        NodaTime.Text.LocalDatePattern.Iso.Format(change.Date) + "T00:00:00.000Z", [.. change.Hours.Select(HourItem.Of)]);
}

internal sealed record CalendarAnswer : ApiAnswer
{
    public required CalendarItem Calendar { get; init; }
}

internal sealed record CalendarsAnswer : ApiAnswer
{
    public required IReadOnlyList<CalendarItem> Calendars { get; init; }
}

internal sealed record SuccessAnswer : ApiAnswer
{
    public bool Success { get; init; } = true;
}
