using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using NodaTime;
using Duration = NodaTime.Duration;

namespace ZoomCalendar.Web.Mail;

/// <summary>
/// The clock changes of a zone around one time, each as its own observance. Recurrence rules would be wrong for zones whose changes follow
/// the lunar calendar (Casablanca) or are decided year by year.
/// </summary>
internal static class TimeZoneComponents
{
    private static readonly Duration Margin = Duration.FromDays(400);

    public static VTimeZone Around(DateTimeOffset time, string zoneId)
    {
        var zone = DateTimeZoneProviders.Tzdb[zoneId];
        var instant = Instant.FromDateTimeOffset(time);
        var component = new VTimeZone(zoneId);
        foreach (var interval in zone.GetZoneIntervals(instant - Margin, instant + Margin))
        {
            component.Children.Add(Observance(zone, interval, instant - Margin));
        }

        return component;
    }

    private static VTimeZoneInfo Observance(DateTimeZone zone, NodaTime.TimeZones.ZoneInterval interval, Instant earliest)
    {
        var begins = interval.HasStart && interval.Start > earliest ? interval.Start : earliest;
        var before = interval.HasStart && interval.Start == begins ? zone.GetUtcOffset(begins - Duration.Epsilon) : interval.WallOffset;
        // RFC 5545 states the onset in the offset before the change.
        var onset = begins.WithOffset(before).LocalDateTime.With(TimeAdjusters.TruncateToSecond).ToDateTimeUnspecified();
        return new VTimeZoneInfo(interval.Savings == Offset.Zero ? "STANDARD" : "DAYLIGHT")
        {
            Start = new CalDateTime(onset),
            OffsetFrom = new UtcOffset(before.ToTimeSpan()),
            OffsetTo = new UtcOffset(interval.WallOffset.ToTimeSpan()),
            TimeZoneName = interval.Name,
        };
    }
}
