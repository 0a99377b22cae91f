using NodaTime;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Tests.Scheduling;

/// <summary>Builders for the start of scheduling scenarios.</summary>
internal static class Given
{
    public static readonly Guid Calendar = Guid.Parse("00000000-0000-0000-0000-0000000000ca");
    public static readonly Guid OtherCalendar = Guid.Parse("00000000-0000-0000-0000-0000000000cb");
    public static readonly Guid Ada = Guid.Parse("00000000-0000-0000-0000-00000000000a");
    public static readonly Guid Ben = Guid.Parse("00000000-0000-0000-0000-00000000000b");

    public static Instant Utc(string text) => NodaTime.Text.InstantPattern.General.Parse(text.Length == 16 ? $"{text}:00Z" : text).Value;

    public static Availability Open(string zone, params string[] hours) => new(zone, WeeklyHours.EveryDay(hours));

    public static Availability Ist(params DateOverride[] overrides) => new("Asia/Kolkata", WeeklyHours.EveryDay("09:30-18:00"), overrides);

    public static ScheduleInput Personal(Availability hours, SlotRules rules, string now, params BookedInterval[] taken) => new()
    {
        CalendarId = Calendar,
        Type = CalendarType.Personal,
        ZoneId = hours.ZoneId,
        Rules = rules,
        Now = Utc(now),
        Hosts = [new Host(Ada, hours, "Ada") { Booked = taken }],
    };

    public static BookedInterval Booked(
        string start, int minutes, Guid? calendar = null, Guid? host = null, int before = 0, int after = 0) =>
        new(
        Guid.NewGuid(),
        calendar ?? Calendar,
        host ?? Ada,
        Utc(start),
        Utc(start) + Duration.FromMinutes(minutes),
        Duration.FromMinutes(before),
        Duration.FromMinutes(after));

    public static IReadOnlyList<FreeSlot> FreeOn(this ScheduleInput input, string date, int days = 1) =>
        new Schedule(input).FreeSlots(Utc($"{date}T00:00"), Utc($"{date}T00:00") + Duration.FromDays(days));

    public static string[] Starts(this IEnumerable<FreeSlot> slots) => [.. slots.Select(s => s.Start.ToString("HH:mm", null))];

    public static ReasonKind[] Kinds(this IEnumerable<Reason> reasons) => [.. reasons.Select(r => r.Kind)];

    public static ReasonKind[] WhyNot(this ScheduleInput input, string start, int? minutes = null) =>
        new Schedule(input).WhyNot(Utc(start), minutes is null ? null : Duration.FromMinutes(minutes.Value)).Kinds();

    public static BookingCheckResult Check(
        this ScheduleInput input, string start, int minutes, BookingOverride overrides = BookingOverride.None, Guid? host = null) =>
        BookingCheck.Check(input, new BookingRequest(Utc(start), Duration.FromMinutes(minutes), host, overrides));
}
