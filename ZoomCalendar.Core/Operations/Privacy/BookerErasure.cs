using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Operations.Privacy;

/// <summary>The outcome of an erasure.</summary>
/// <param name="Refusal">Null if the data are erased.</param>
/// <param name="Message">The refusal in a sentence; empty if the data are erased.</param>
/// <param name="Erased">What was erased.</param>
public sealed record ErasureOutcome(Refusal? Refusal, string Message, ErasedCounts Erased) : IOutcome
{
    public bool Succeeded => Refusal is null;
}

/// <summary>How much was erased. It names nobody.</summary>
public sealed record ErasedCounts(int Appointments, int Contacts, int WaitingLists)
{
    public static ErasedCounts None { get; } = new(0, 0, 0);

    public static ErasedCounts operator +(ErasedCounts one, ErasedCounts other) =>
        new(one.Appointments + other.Appointments, one.Contacts + other.Contacts, one.WaitingLists + other.WaitingLists);

    public override string ToString() => $"{Appointments} appointments, {Contacts} contacts, {WaitingLists} waiting lists";
}

/// <summary>
/// Erases a booker's data: appointments stay as anonymous facts (time, calendar, host, status, link). Refused while an appointment is to
/// come, because cancelling tells the host and the booker by a message, for which the address is needed. Thread-safe.
/// </summary>
public sealed class BookerErasure(IDbContextFactory<ZoomCalendarContext> contexts, Signals signals)
{
    internal const int Batch = 100;

    internal const string StillToCome =
        "An appointment of this booker is still to come. Cancel it first: the host and the booker are told by a message. "
        + "Then erase the data.";

    /// <summary>Erases everything of an address in the actor's sub-account. Admins only, with a fresh proof.</summary>
    public Task<ErasureOutcome> EraseAsync(string email, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        RunAsync(BookerScope.OfAddress(actor.SubAccountId, email), actor, now, cancellationToken);

    /// <summary>Erases what a booker asked for by a link that proved the right to it.</summary>
    public Task<ErasureOutcome> EraseAsync(BookerScope scope, DateTimeOffset now, CancellationToken cancellationToken) =>
        RunAsync(scope, null, now, cancellationToken);

    private async Task<ErasureOutcome> RunAsync(
        BookerScope scope, Actor? admin, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (total, isLast) = (ErasedCounts.None, false);
        while (!isLast)
        {
            var before = total;
            (var outcome, isLast) = await contexts.WriteAsync(
                (db, stop) => StepAsync(db, scope, admin, before, now, stop),
                step => step.Outcome.Succeeded,
                exception => exception is DbUpdateConcurrencyException || DatabaseErrors.IsUniqueViolation(exception),
                cancellationToken);
            if (!outcome.Succeeded)
            {
                return outcome;
            }

            total += outcome.Erased;
        }

        signals.Committed();
        await contexts.OverwriteLogAsync(cancellationToken);
        return new ErasureOutcome(null, "", total);
    }

    private static async Task<(ErasureOutcome Outcome, bool IsLast)> StepAsync(
        ZoomCalendarContext db,
        BookerScope scope,
        Actor? admin,
        ErasedCounts before,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (admin is not null && await db.CurrentRoleAsync(admin, cancellationToken) is not Role.Admin and var role)
        {
            return (role is null
                ? Refused(Refusal.NotFound, AccountTexts.NoMember)
                : Refused(Refusal.Forbidden, AccountTexts.AdminsOnly), true);
        }

        if (admin is not null && await db.LacksProofAsync(admin, now, cancellationToken))
        {
            return (Refused(Refusal.ProofNeeded, FreshProof.Needed), true);
        }

        if (await db.BookedUnder(scope).WhereActive().WhereNotOver(now).AnyAsync(cancellationToken))
        {
            return (Refused(Refusal.Invalid, StillToCome), true);
        }

        var appointments = await db.BookedUnder(scope).OrderBy(row => row.Start).Take(Batch).ToListAsync(cancellationToken);
        await BookerEraser.EraseAsync(db, appointments, now, cancellationToken);
        db.Events.AddRange(appointments.Select(row => Erased(row, admin, now)));
        var counts = new ErasedCounts(appointments.Count, 0, 0);
        if (appointments.Count == Batch)
        {
            return (new ErasureOutcome(null, "", counts), false);
        }

        if (scope.Only is null)
        {
            counts += await BookerEraser.EraseAddressAsync(db, scope, admin?.UserId, now, cancellationToken);
        }

        AuditLog.Add(
            db,
            AuditKind.DataErased,
            scope.SubAccountId,
            admin?.UserId,
            admin is null ? $"By the booker: {before + counts}" : (before + counts).ToString(),
            now);
        return (new ErasureOutcome(null, "", counts), true);
    }

    // Tells open pages and the receivers of webhooks, who may have kept a copy.
    private static Event Erased(Appointment appointment, Actor? admin, DateTimeOffset now) => new()
    {
        At = now,
        SubAccountId = appointment.SubAccountId,
        Kind = EventKind.AppointmentEdited,
        AppointmentId = appointment.Id,
        CalendarId = appointment.CalendarId,
        UserId = appointment.HostId,
        ActorId = admin?.UserId,
        Detail = EventDetails.BookerErased,
    };

    private static ErasureOutcome Refused(Refusal refusal, string message) => new(refusal, message, ErasedCounts.None);
}
