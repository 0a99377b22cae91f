using NodaTime;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Web.Api.Requests;

namespace ZoomCalendar.Web.Api.Endpoints;

/// <summary>From the platform's words for a calendar to ours. The body's problems were checked before.</summary>
internal static class CalendarWishes
{
    public static CalendarWish Of(WriteCalendar body) => new()
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

    private static MemberWish Member(MemberBody body) => new(
        Ids.User(body.UserId),
        body.Place,
        body.IsPrimary is true,
        body.Priority is { } priority ? (int)(priority * 10) : null);

    private static BookingRules Rules(BookingRules rules, WriteCalendar body) => rules with
    {
        LengthMinutes = Minutes(body.SlotDuration, body.SlotDurationUnit) ?? rules.LengthMinutes,
        IntervalMinutes = Minutes(body.SlotInterval, body.SlotIntervalUnit) ?? rules.IntervalMinutes,
        BufferAfterMinutes = Minutes(body.SlotBuffer, body.SlotBufferUnit) ?? rules.BufferAfterMinutes,
        BufferBeforeMinutes = Minutes(body.PreBuffer, body.PreBufferUnit) ?? rules.BufferBeforeMinutes,
        Seats = Whole(body.AppoinmentPerSlot) ?? rules.Seats,
        DayLimit = body.AppoinmentPerDay is 0 ? null : Whole(body.AppoinmentPerDay) ?? rules.DayLimit,
        MinimumNoticeMinutes = Whole(body.AllowBookingAfter * 60 * Hours(body.AllowBookingAfterUnit)) ?? rules.MinimumNoticeMinutes,
        HorizonDays = Whole(body.AllowBookingFor * Hours(body.AllowBookingForUnit ?? "days") / 24) ?? rules.HorizonDays,
    };

    private static string? Hours(string? stored, string zone, WriteCalendar body)
    {
        if (body.OpenHours is null && body.Availabilities is null)
        {
            return stored;
        }

        // None at all: the members' hours count.
        if (body.OpenHours is { Count: 0 } && body.Availabilities is null or { Count: 0 })
        {
            return null;
        }

        var old = stored is null ? new Availability(zone, WeeklyHours.OfficeHours) : AvailabilityJson.Parse(stored);
        var week = body.OpenHours is null ? old.Week : new WeeklyHours(body.OpenHours.SelectMany(each => each.DaysOfTheWeek!.Select(day => KeyValuePair.Create(
            day == 0 ? IsoDayOfWeek.Sunday : (IsoDayOfWeek)day, Pairs(each.Hours)))));
        var changed = (body.Availabilities ?? []).GroupBy(each => each.Day!.Value).Select(group => group.Last()).ToList();
        var days = changed.Where(each => each.Deleted is not true).Select(each => new DateOverride(each.Day!.Value, Pairs(each.Hours)));
        var kept = old.Overrides.Where(each => changed.All(change => change.Day != each.Date));
        return AvailabilityJson.Serialize(new Availability(zone, week, kept.Concat(days)));
    }

    private static IReadOnlyList<OpenHours> Pairs(IReadOnlyList<HourBody>? hours) => [.. (hours ?? []).Select(hour => new OpenHours(hour.From, hour.Until))];

    private static int? Minutes(decimal? value, string? unit) => Whole(value * (unit == "hours" ? 60 : 1));

    private static int Hours(string? unit) => unit switch
    {
        "days" => 24,
        "weeks" => 7 * 24,
        "months" => 30 * 24,
        _ => 1,
    };

    // What is not whole is out of every range, so that it is refused with the range.
    private static int? Whole(decimal? value) => value is not { } given ? null : given == decimal.Truncate(given) && given <= int.MaxValue ? (int)given : -1;
}
