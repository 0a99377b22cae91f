using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Tests.Races;

internal static class Soundness
{
    /// <summary>
    /// Invariants of a day: active appointments have busy times and the slot's link, each slot has one current link, and no host is
    /// booked twice.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="ten">Ten o'clock of that day.</param>
    /// <param name="active">How many appointments stand.</param>
    /// <param name="calendars">Of these; none: of all.</param>
    public static async Task CheckAsync(ZoomCalendarContext db, DateTimeOffset ten, int active, params CalendarId[] calendars)
    {
        var (from, to) = (ten.AddHours(-10), ten.AddHours(14));
        var isAll = calendars.Length == 0;
        var appointments = await db.Appointments.AsNoTracking()
            .Where(row => row.Start >= from && row.Start < to && (isAll || calendars.Contains(row.CalendarId))).ToListAsync();
        var claims = await db.BusyTimes.AsNoTracking()
            .Where(row => row.Start >= from && row.Start < to && (isAll || calendars.Contains(row.CalendarId))).ToListAsync();
        var meetings = await db.SlotMeetings.AsNoTracking()
            .Where(row => row.Start >= from && row.Start < to && (isAll || calendars.Contains(row.CalendarId))).ToListAsync();
        var links = meetings.Where(meeting => meeting.IsCurrent).ToList();
        var present = appointments.Where(appointment => appointment.IsActive).ToList();

        present.Should().HaveCount(active);
        claims.Where(claim => claim.UserId == claim.HostId).Select(claim => claim.AppointmentId).Should()
            .BeEquivalentTo(present.Select(appointment => appointment.Id));
        links.Select(link => link.Slot).Should().BeEquivalentTo(present.Select(appointment => appointment.Slot).Distinct());
        present.Select(appointment => appointment.SlotMeetingId).Distinct().Should()
            .BeEquivalentTo(links.Select(link => (SlotMeetingId?)link.Id));
        claims.SelectMany(one => claims.Where(
            other => one.UserId == other.UserId && one.Start < other.End && other.Start < one.End && one.Start != other.Start))
            .Should().BeEmpty();
    }
}
