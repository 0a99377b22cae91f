using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// The use cases of appointments. Each is one transaction: it takes the locks, checks the rules against the present rows, writes the
/// appointment, the slot meeting and one event. Zoom is never called here. Refusals are outcomes, not exceptions. Thread-safe.
/// </summary>
public sealed partial class AppointmentBook(IDbContextFactory<ZoomCalendarContext> contexts, FreeSlotFinder freeSlots, Signals signals)
{
    private const int NearestShown = 3;
    private const int MaxAttempts = 5;

    /// <summary>Books an appointment. A submission that was booked before returns the first appointment.</summary>
    public async Task<BookingOutcome> BookAsync(BookRequest request, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var measured = Metrics.Booking("book");
        var outcome = await BookOnceAsync(request, actor, now, cancellationToken);
        measured.Outcome = outcome.Refusal?.ToString() ?? "ok";
        return outcome;
    }

    /// <summary>Changes title, notes, booker or length. Date and time stay, so the link stays too.</summary>
    public Task<BookingOutcome> EditAsync(EditRequest request, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        InTransactionAsync(actor, now, scope => EditAppointmentDetails.EditAsync(scope, request), cancellationToken);

    /// <summary>Moves an appointment to another time, another host or both.</summary>
    public async Task<BookingOutcome> MoveAsync(MoveRequest request, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var measured = Metrics.Booking("move");
        var outcome = await InTransactionAsync(actor, now, scope => MoveAppointment.MoveAsync(scope, request), cancellationToken);
        measured.Outcome = outcome.Refusal?.ToString() ?? "ok";
        var move = new PlannedMove(request.Id) { HostId = request.HostId, LengthMinutes = request.LengthMinutes };
        return await WithNearestAsync(outcome, move, request.Start, actor, now, cancellationToken);
    }

    /// <summary>Cancels an appointment if it still has the given version; null for any.</summary>
    public Task<BookingOutcome> CancelAsync(
        AppointmentId id, int? version, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        InTransactionAsync(
            actor, now, scope => EndAppointment.EndAsync(scope, id, version, AppointmentStatus.Cancelled), cancellationToken);

    /// <summary>Deletes an appointment. It is kept for its history but no longer shown.</summary>
    public Task<BookingOutcome> DeleteAsync(AppointmentId id, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        InTransactionAsync(actor, now, scope => EndAppointment.EndAsync(scope, id, null, AppointmentStatus.Deleted), cancellationToken);

    /// <summary>
    /// Sets the status. Restoring an ended appointment follows the rules of a booking and never brings back the old link.
    /// </summary>
    public Task<BookingOutcome> SetStatusAsync(
        AppointmentId id, int? version, AppointmentStatus status, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        InTransactionAsync(actor, now, scope => EndAppointment.SetStatusAsync(scope, id, version, status), cancellationToken);

    /// <summary>Switches the appointment to the location that its host has on the calendar now.</summary>
    public Task<BookingOutcome> SwitchLocationAsync(
        AppointmentId id, int? version, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        InTransactionAsync(actor, now, scope => EditAppointmentDetails.SwitchLocationAsync(scope, id, version), cancellationToken);

    /// <summary>Moves all appointments of a slot, or none.</summary>
    public Task<BookingOutcome> MoveSlotAsync(
        Slot slot, DateTimeOffset newStart, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        MoveSlotAsync(new MoveSlotRequest(slot, newStart), actor, now, cancellationToken);

    /// <summary>Moves all appointments of a slot, or none.</summary>
    public async Task<BookingOutcome> MoveSlotAsync(
        MoveSlotRequest request, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        AppointmentId? one = null;
        var outcome = await InTransactionAsync(
            actor,
            now,
            async scope =>
            {
                one = (await scope.ActiveInAsync(request.Slot)).FirstOrDefault()?.Id;
                return await MoveAppointment.MoveSlotAsync(scope, request.Slot, request.Start, request.Override);
            },
            cancellationToken);
        return one is { } id
            ? await WithNearestAsync(outcome, new PlannedMove(id) { WholeSlot = true }, request.Start, actor, now, cancellationToken)
            : outcome;
    }

    /// <summary>Cancels all appointments of a slot, or none.</summary>
    public Task<BookingOutcome> CancelSlotAsync(Slot slot, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        InTransactionAsync(actor, now, scope => EndAppointment.CancelSlotAsync(scope, slot), cancellationToken);

    /// <summary>Gives all the appointments to another host, or none.</summary>
    public Task<BookingOutcome> ReassignAsync(
        IReadOnlyList<AppointmentId> ids, UserId to, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        InTransactionAsync(actor, now, scope => ReassignAppointments.ReassignAsync(scope, ids, to), cancellationToken);

    /// <summary>The effect of reassigning, computed in a transaction that is rolled back; null if the actor may not reassign.</summary>
    public async Task<ReassignPreview?> PreviewReassignAsync(
        IReadOnlyList<AppointmentId> ids, UserId to, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        return await ReassignAppointments.PreviewAsync(new BookingScope(db, actor, now, cancellationToken), ids, to);
    }

    private async Task<BookingOutcome> BookOnceAsync(
        BookRequest request, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var submission = await SubmissionAsync(request, actor, cancellationToken);
        var outcome = BookingOutcome.Refused(Refusal.Changed, AppointmentTexts.Changed);
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            if (submission.Existing is { } first)
            {
                return BookingOutcome.Done(first);
            }

            outcome = await InTransactionAsync(
                actor, now, scope => BookAppointment.BookAsync(scope, submission.Request), cancellationToken);
            if (outcome.Succeeded || request.SubmitId is null)
            {
                break;
            }

            // The same form may have been sent twice at once, and the other request was faster.
            var present = await SubmissionAsync(request, actor, cancellationToken);
            if (present.Existing is null && present.Request == submission.Request)
            {
                break;
            }

            submission = present;
        }

        if (outcome.Seat is { } seat)
        {
            await InTransactionAsync(actor, now, scope => BookAppointment.RecordRepeatAsync(scope, seat), cancellationToken);
        }

        if (outcome.Refusal is not (Refusal.Taken or Refusal.NotOffered))
        {
            return outcome;
        }

        // A length other than the calendar's can be booked only by overriding the hours.
        var length = request.Override.HasFlag(BookingOverride.Hours) ? request.LengthMinutes : null;
        var placement = Placement.ForNew(request.HostId, length) with { KeepsLength = length is not null };
        return outcome with
        {
            Nearest = await freeSlots.NearestAsync(
            request.CalendarId, placement, request.Start, NearestShown, actor, now, cancellationToken)
        };
    }

    private async Task<BookingOutcome> InTransactionAsync(
        Actor actor, DateTimeOffset now, Func<BookingScope, Task<BookingOutcome>> work, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await contexts.WriteAsync(
                (db, cancel) => work(new BookingScope(db, actor, now, cancel)),
                outcome => outcome.Succeeded,
                // Another transaction wrote a row meanwhile, for example the reconciler a slot meeting: repeat with fresh rows. Callers
                // that named a version of the appointment get the conflict then.
                exception => exception is DbUpdateConcurrencyException,
                cancellationToken);
            if (outcome.Succeeded)
            {
                signals.Committed();
            }

            return outcome;
        }
        catch (Exception exception) when (DatabaseErrors.IsExclusionViolation(exception))
        {
            return BookingOutcome.Refused(Refusal.Taken, PublicReasons.Taken);
        }
        catch (Exception exception) when (exception is DbUpdateConcurrencyException || DatabaseErrors.IsUniqueViolation(exception))
        {
            return BookingOutcome.Refused(Refusal.Changed, AppointmentTexts.Changed);
        }
    }

    private async Task<Submission> SubmissionAsync(BookRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (request.SubmitId is null)
        {
            return new Submission(null, request);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Submission.ReadAsync(db, request, actor, cancellationToken);
    }

    private async Task<BookingOutcome> WithNearestAsync(
        BookingOutcome outcome,
        PlannedMove move,
        DateTimeOffset start,
        Actor actor,
        DateTimeOffset now,
        CancellationToken cancellationToken) =>
        outcome.Refusal is Refusal.Taken or Refusal.NotOffered
            ? outcome with { Nearest = await freeSlots.NearestForMoveAsync(move, start, NearestShown, actor, now, cancellationToken) }
            : outcome;
}
