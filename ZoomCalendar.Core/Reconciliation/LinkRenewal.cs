using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>
/// Lets staff ask for a new link where the app stopped trying: the meeting was deleted in Zoom twice, or Zoom refused it. Thread-safe.
/// </summary>
public sealed class LinkRenewal(IDbContextFactory<ZoomCalendarContext> contexts, Signals signals)
{
    public async Task<BookingOutcome> RequestAsync(AppointmentId id, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var appointment = await db.Appointments.AsNoTracking()
            .FirstOrDefaultAsync(
                row => row.Id == id && row.SubAccountId == actor.SubAccountId && row.Status != AppointmentStatus.Deleted,
                cancellationToken);
        if (appointment is null)
        {
            return BookingOutcome.Refused(Refusal.NotFound, "There is no such appointment.");
        }

        var role = await db.CurrentRoleAsync(actor, cancellationToken);
        if (role is not Role.Admin && (role is null || actor.UserId != appointment.HostId))
        {
            return BookingOutcome.Refused(Refusal.Forbidden, "Only the appointment's host or an admin can ask for a new link.");
        }

        var meeting = await db.SlotMeetings.FirstOrDefaultAsync(row => row.Id == appointment.SlotMeetingId, cancellationToken);
        if (meeting is null || meeting.State is not SlotMeetingState.Wanted || meeting.IsOver(now))
        {
            return BookingOutcome.Refused(Refusal.Invalid, "This appointment does not wait for a new link.");
        }

        meeting.RequestNewLink(now);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return BookingOutcome.Refused(Refusal.Changed, "The link has just changed. Look again.");
        }

        await transaction.CommitAsync(cancellationToken);
        signals.Committed();
        return BookingOutcome.Done(id);
    }
}
