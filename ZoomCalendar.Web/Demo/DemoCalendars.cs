using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Demo;

/// <summary>The demo's calendars: three V3 ones of different types, one legacy, one in the other sub-account.</summary>
internal static class DemoCalendars
{
    /// <returns>The first sub-account's, by slug.</returns>
    public static IReadOnlyDictionary<string, CalendarId> Add(
        ZoomCalendarContext db,
        SubAccountId northwind,
        SubAccountId southside,
        UserId ada,
        UserId ben,
        UserId cleo,
        string zone,
        DateTimeOffset now)
    {
        var phone = new MeetingLocation(MeetingLocationKind.Phone, "+1 312 555 0142");
        var studio = new MeetingLocation(MeetingLocationKind.InPerson, "Northwind Studio, 214 W Lake Street, Chicago");

        var intro = New(northwind, "Intro call", "intro-call", CalendarType.Personal, 0);
        intro.Description = "Half an hour to get to know each other.";
        intro.AddMember(ben, phone, isPrimaryOwner: true);

        var yoga = New(northwind, "Yoga class", "yoga-class", CalendarType.ClassBooking, 1);
        yoga.Description = "An hour of gentle yoga for everyone.";
        yoga.Rules = new BookingRules { LengthMinutes = 60, IntervalMinutes = 60, Seats = 8 };
        yoga.AddMember(ben, studio, isPrimaryOwner: true);

        var consultation = New(northwind, "Consultation", "consultation", CalendarType.RoundRobin, 2);
        consultation.Description = "Forty-five minutes with the first of us who is free.";
        consultation.Rules = new BookingRules { LengthMinutes = 45, IntervalMinutes = 15, BufferAfterMinutes = 15 };
        consultation.AddMember(ada, phone, isPrimaryOwner: true);
        consultation.AddMember(ben, phone);
        consultation.AddMember(cleo, phone);

        var classic = New(northwind, "Classic sessions", "classic-sessions", CalendarType.Personal, 3, CalendarVersion.V1);
        classic.AddMember(cleo, studio, isPrimaryOwner: true);

        var southsideIntro = New(southside, "Southside intro", "southside-intro", CalendarType.Personal, 4);
        southsideIntro.AddMember(ben, phone, isPrimaryOwner: true);

        db.AddRange(intro, yoga, consultation, classic, southsideIntro);
        return new[] { intro, yoga, consultation, classic }.ToDictionary(calendar => calendar.Slug, calendar => calendar.Id);

        Calendar New(
            SubAccountId subAccount,
            string name,
            string slug,
            CalendarType type,
            int color,
            CalendarVersion version = CalendarVersion.V3) =>
            // The old address shows what an upgraded installation does: /book/intro-call leads to /book/northwind/intro-call.
            new(CalendarId.New(now), subAccount, name, slug, type, version, zone, now) { Color = color, OldAddress = slug };
    }
}
