using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// Books, edits, moves and ends appointments. Each verb is one transaction: locks, the rules against the rows as they are now,
/// the appointment, the slot meeting it shares, one event. Zoom is never called here. Thread-safe.
/// </summary>
public sealed partial class AppointmentBook(IDbContextFactory<ZoomCalendarContext> contexts, FreeSlotFinder freeSlots, Signals signals)
{
    private const int NearestShown = 3;
    private const int MaxAttempts = 5;

    public async Task<BookingOutcome> BookAsync(BookRequest request, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var measured = Metrics.Booking("book");
        var outcome = await BookOnceAsync(request, actor, now, cancellationToken);
        measured.Outcome = outcome.Refusal?.ToString() ?? "ok";
        return outcome;
    }

    /// <summary>Title, notes, booker, length: date and time stay, so the same link goes on working.</summary>
    public Task<BookingOutcome> EditAsync(EditRequest request, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        InTransactionAsync(actor, now, scope => EditAppointment.EditAsync(scope, request), cancellationToken);

    public async Task<BookingOutcome> MoveAsync(MoveRequest request, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var measured = Metrics.Booking("move");
        var outcome = await InTransactionAsync(actor, now, scope => MoveAppointment.MoveAsync(scope, request), cancellationToken);
        measured.Outcome = outcome.Refusal?.ToString() ?? "ok";
        var move = new PlannedMove(request.Id) { HostId = request.HostId, LengthMinutes = request.LengthMinutes };
        return await WithNearestAsync(outcome, move, request.Start, actor, now, cancellationToken);
    }

    public Task<BookingOutcome> CancelAsync(AppointmentId id, int? version, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        InTransactionAsync(actor, now, scope => EndAppointment.EndAsync(scope, id, version, AppointmentStatus.Cancelled), cancellationToken);

    public Task<BookingOutcome> DeleteAsync(AppointmentId id, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        InTransactionAsync(actor, now, scope => EndAppointment.EndAsync(scope, id, null, AppointmentStatus.Deleted), cancellationToken);

    /// <summary>Back to an active status from an ended one: all rules as for a booking, and never the old link.</summary>
    public Task<BookingOutcome> SetStatusAsync(
        AppointmentId id, int? version, AppointmentStatus status, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        InTransactionAsync(actor, now, scope => EndAppointment.SetStatusAsync(scope, id, version, status), cancellationToken);

    /// <summary>To the location that the host has on the calendar now.</summary>
    public Task<BookingOutcome> SwitchLocationAsync(AppointmentId id, int? version, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        InTransactionAsync(actor, now, scope => EditAppointment.SwitchLocationAsync(scope, id, version), cancellationToken);

    /// <summary>All the slot's appointments, or none.</summary>
    public Task<BookingOutcome> MoveSlotAsync(Slot slot, DateTimeOffset newStart, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        MoveSlotAsync(new MoveSlotRequest(slot, newStart), actor, now, cancellationToken);

    public async Task<BookingOutcome> MoveSlotAsync(MoveSlotRequest request, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
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
        return one is { } id ? await WithNearestAsync(outcome, new PlannedMove(id) { WholeSlot = true }, request.Start, actor, now, cancellationToken) : outcome;
    }

    public Task<BookingOutcome> CancelSlotAsync(Slot slot, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        InTransactionAsync(actor, now, scope => EndAppointment.CancelSlotAsync(scope, slot), cancellationToken);

    /// <summary>All of them to another host, or none.</summary>
    public Task<BookingOutcome> ReassignAsync(IReadOnlyList<AppointmentId> ids, UserId to, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        InTransactionAsync(actor, now, scope => ReassignAppointments.ReassignAsync(scope, ids, to), cancellationToken);

    /// <summary>What reassigning would come to: the same work, rolled back. Null: not for this actor.</summary>
    public async Task<ReassignPreview?> PreviewReassignAsync(
        IReadOnlyList<AppointmentId> ids, UserId to, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        return await ReassignAppointments.PreviewAsync(new BookingScope(db, actor, now, cancellationToken), ids, to);
    }

    private async Task<BookingOutcome> BookOnceAsync(BookRequest request, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var submission = await SubmissionAsync(request, actor, cancellationToken);
        var outcome = BookingOutcome.Refused(Refusal.Changed, AppointmentTexts.Changed);
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            if (submission.Existing is { } first)
            {
                return BookingOutcome.Done(first);
            }

            outcome = await InTransactionAsync(actor, now, scope => BookAppointment.BookAsync(scope, submission.Request), cancellationToken);
            if (outcome.Succeeded || request.SubmitId is null)
            {
                break;
            }

            // Perhaps the same form was sent twice at once, and the other one was faster.
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

        // A length that the calendar does not have can be booked only by setting its hours aside.
        var length = request.Override.HasFlag(BookingOverride.Hours) ? request.LengthMinutes : null;
        var placement = Placement.ForNew(request.HostId, length) with { KeepsLength = length is not null };
        return outcome with { Nearest = await freeSlots.NearestAsync(request.CalendarId, placement, request.Start, NearestShown, actor, now, cancellationToken) };
    }

    private async Task<BookingOutcome> InTransactionAsync(
        Actor actor, DateTimeOffset now, Func<BookingScope, Task<BookingOutcome>> work, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await contexts.WriteAsync(
                (db, cancel) => work(new BookingScope(db, actor, now, cancel)),
                outcome => outcome.Succeeded,
                // Somebody else wrote a row in the meantime, the reconciler a slot meeting say: once more on the fresh rows.
                // Whoever named a version of the appointment is told then.
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
        BookingOutcome outcome, PlannedMove move, DateTimeOffset start, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        outcome.Refusal is Refusal.Taken or Refusal.NotOffered
            ? outcome with { Nearest = await freeSlots.NearestForMoveAsync(move, start, NearestShown, actor, now, cancellationToken) }
            : outcome;
}
