using Microsoft.EntityFrameworkCore;
using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Booking;

/// <summary>Reads an appointment for the holder of a personal link.</summary>
public sealed record PublicAppointment
{
    public required AppointmentId Id { get; init; }

    public required PublicCalendar Calendar { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    public required string Title { get; init; }

    public required string TimeZone { get; init; }

    public required string Email { get; init; }

    public required MeetingLocation Location { get; init; }

    public required LinkFacts Link { get; init; }

    /// <summary>The sentence about the link for the booker, in the booker's zone.</summary>
    public required PublicSentence LinkSentence { get; init; }

    public required UserId? HostId { get; init; }

    public required string HostName { get; init; }

    /// <summary>The names of those who attend, the host's first.</summary>
    public string With =>
        Calendar.Attending is [var host, ..] && host == HostName ? string.Join(", ", Calendar.Attending) : HostName;

    public required bool IsActive { get; init; }

    /// <summary>The start before it was moved last. Null: it is where it was booked.</summary>
    public required DateTimeOffset? MovedFrom { get; init; }

    public required int Version { get; init; }

    /// <summary>The parts of the page that can change.</summary>
    public string State => string.Join('|', Version, IsActive, Link.State, Link.JoinUrl, Link.Passcode, LinkSentence);

    public bool AwaitsLink => Link.IsPending;

    /// <summary>Null if its booker may cancel it now.</summary>
    public PublicSentence? WhyNotCancel(DateTimeOffset now) =>
        BookerChangeRules.WhyNotCancel(Instant.FromDateTimeOffset(Start), Notice, CutOff, Instant.FromDateTimeOffset(now));

    /// <summary>Null if its booker may move it now, to a time that is free.</summary>
    public PublicSentence? WhyNotMove(DateTimeOffset now)
    {
        if (Calendar.IsArchived)
        {
            return new PublicSentence(PublicStrings.Loc["This calendar no longer takes bookings. Please contact us."]);
        }

        var present = Instant.FromDateTimeOffset(now);
        return BookerChangeRules.WhyNotMove(Instant.FromDateTimeOffset(Start), present + Notice + CutOff, Notice, CutOff, present);
    }

    private Duration Notice => Duration.FromMinutes(Calendar.Rules.MinimumNoticeMinutes);

    private Duration CutOff => Duration.FromMinutes(Calendar.Rules.CutOffMinutes);
}

internal sealed class PublicAppointments(IDbContextFactory<ZoomCalendarContext> contexts, PublicCalendars calendars)
{
    /// <returns>Null if it was deleted, or is booked under another address than the link's by now.</returns>
    public async Task<PublicAppointment?> FindAsync(PersonalLink opened, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = opened.Id;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await (
            from appointment in db.Appointments.AsNoTracking()
            where appointment.Id == id && appointment.Status != AppointmentStatus.Deleted
            from meeting in db.Set<SlotMeeting>().AsNoTracking().Where(row => row.Id == appointment.SlotMeetingId).DefaultIfEmpty()
            from host in db.Set<User>().Where(row => row.Id == appointment.HostId).DefaultIfEmpty()
            select new { appointment, meeting, HostName = (string?)host.Name }).FirstOrDefaultAsync(cancellationToken);

        if (found is null || !await IsOfAsync(db, opened, found.appointment.Booker.Email, cancellationToken)
            || await calendars.ByIdAsync(found.appointment.CalendarId, cancellationToken) is not { } calendar)
        {
            return null;
        }

        // A new host at the same time is no other time for its booker.
        var change = await db.Events.AsNoTracking()
            .Where(entry => entry.AppointmentId == id && (entry.Kind == EventKind.AppointmentRestored
                || (entry.Kind == EventKind.AppointmentMoved && entry.FormerStart != found.appointment.Start)))
            .OrderByDescending(entry => entry.Id).Select(entry => entry.FormerStart).FirstOrDefaultAsync(cancellationToken);
        var (row, link) = (found.appointment, await db.LinkOfAsync(found.appointment, found.meeting, now, cancellationToken));
        return new PublicAppointment
        {
            Id = row.Id,
            Calendar = calendar,
            Start = row.Start,
            End = row.End,
            Title = row.Title,
            TimeZone = row.Booker.TimeZone,
            Email = row.Booker.Email,
            Location = row.Location,
            Link = link,
            LinkSentence = LinkDescriber.ForBooker(link, row.Booker.TimeZone, now, row.Booker.Email.Length > 0),
            HostId = row.HostId,
            HostName = found.HostName ?? "",
            IsActive = row.IsActive,
            MovedFrom = change,
            Version = row.Version,
        };
    }

    /// <summary>
    /// Whether the link belongs to the present booker. A link without a holder ends with the first change of the address.
    /// </summary>
    public static async Task<bool> IsOfAsync(
        ZoomCalendarContext db, PersonalLink opened, string email, CancellationToken cancellationToken) =>
        opened.Holder.Length > 0
            ? opened.Holder == PersonalLink.HolderOf(email)
            : !await db.Events.AnyAsync(row => row.AppointmentId == opened.Id && row.Kind == EventKind.BookerChanged, cancellationToken);

    public async Task<DateTimeOffset?> EndOfAsync(AppointmentId id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Appointments.Where(row => row.Id == id).Select(row => (DateTimeOffset?)row.End)
            .FirstOrDefaultAsync(cancellationToken);
    }
}
