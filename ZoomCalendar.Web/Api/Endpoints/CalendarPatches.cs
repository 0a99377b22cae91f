using NodaTime;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Web.Api.Requests;

namespace ZoomCalendar.Web.Api.Endpoints;

/// <summary>Maps the platform's calendar fields to ours. The body was validated before.</summary>
internal static class CalendarPatches
{
    public static CalendarPatch Of(WriteCalendar body) => new()
    {
        Name = body.Name,
        Slug = body.WantedSlug,
        Description = body.Description,
        Type = Names.Type(body.CalendarType),
        RoundRobinBy = Names.Distribution(body.EventType),
        Color = body.EventColor is { Length: > 0 } color ? Names.Colors.ToList().IndexOf(color) : null,
        IsActive = body.IsActive,
        Rules = rules => Rules(rules, body),
        Hours = (hours, zone) => Hours(hours, zone, body),
        Members = body.TeamMembers is null ? null : [.. body.TeamMembers.Select(Member)],
        Location = body.LocationConfigurations is [var place] ? place.Place : null,
    };

    private static MemberPatch Member(MemberBody body) => new(
        Ids.User(body.UserId),
        body.Place,
        body.IsPrimary is true,
        body.Priority is { } priority ? (int)(priority * 10) : null);

    private static BookingRules Rules(BookingRules rules, WriteCalendar body) => rules with
    {
        LengthMinutes = Amount.Minutes(body.SlotDuration, body.SlotDurationUnit) ?? rules.LengthMinutes,
        IntervalMinutes = Amount.Minutes(body.SlotInterval, body.SlotIntervalUnit) ?? rules.IntervalMinutes,
        BufferAfterMinutes = Amount.Minutes(body.SlotBuffer, body.SlotBufferUnit) ?? rules.BufferAfterMinutes,
        BufferBeforeMinutes = Amount.Minutes(body.PreBuffer, body.PreBufferUnit) ?? rules.BufferBeforeMinutes,
        Seats = Amount.Whole(body.AppoinmentPerSlot) ?? rules.Seats,
        DayLimit = body.AppoinmentPerDay is 0 ? null : Amount.Whole(body.AppoinmentPerDay) ?? rules.DayLimit,
        MinimumNoticeMinutes = Amount.NoticeMinutes(body.AllowBookingAfter, body.AllowBookingAfterUnit) ?? rules.MinimumNoticeMinutes,
        HorizonDays = Amount.Days(body.AllowBookingFor, body.AllowBookingForUnit) ?? rules.HorizonDays,
    };

    private static string? Hours(string? stored, string zone, WriteCalendar body)
    {
        if (body.OpenHours is null && body.Availabilities is null)
        {
            return stored;
        }

        // No hours: the members' hours apply.
        if (body.OpenHours is { Count: 0 } && body.Availabilities is null or { Count: 0 })
        {
            return null;
        }

        var old = stored is null ? new Availability(zone, WeeklyHours.OfficeHours) : AvailabilityJson.Parse(stored);
        var week = body.OpenHours is null
            ? old.Week
            : new WeeklyHours(body.OpenHours.SelectMany(each => each.DaysOfTheWeek!.Select(day => KeyValuePair.Create(
            day == 0 ? IsoDayOfWeek.Sunday : (IsoDayOfWeek)day, Pairs(each.Hours)))));
        var changed = (body.Availabilities ?? []).GroupBy(each => each.Day!.Value).Select(group => group.Last()).ToList();
        var days = changed.Where(each => each.Deleted is not true).Select(each => new DateOverride(each.Day!.Value, Pairs(each.Hours)));
        var kept = old.Overrides.Where(each => changed.All(change => change.Day != each.Date));
        var made = new Availability(old.ZoneId, week, kept.Concat(days));
        // Unchanged values are left out of the patch.
        return stored is not null && made.Equals(old) ? stored : AvailabilityJson.Serialize(new Availability(zone, week, made.Overrides));
    }

    private static IReadOnlyList<OpenHours> Pairs(IReadOnlyList<HourBody>? hours) =>
        [.. (hours ?? []).Select(hour => new OpenHours(hour.From, hour.Until))];
}
