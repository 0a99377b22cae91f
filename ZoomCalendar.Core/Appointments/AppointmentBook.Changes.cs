using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments;

/// <summary>Several changes to one appointment. A null value leaves the present one.</summary>
/// <param name="Id">The appointment.</param>
/// <param name="Version">The version that the caller saw, as in <see cref="MoveRequest"/>; null for any.</param>
public sealed record ChangeRequest(AppointmentId Id, int? Version)
{
    public AppointmentStatus? Status { get; init; }

    public DateTimeOffset? Start { get; init; }

    /// <summary>Null keeps the length.</summary>
    public DateTimeOffset? End { get; init; }

    public UserId? HostId { get; init; }

    public string? Title { get; init; }

    public string? Notes { get; init; }

    public BookingOverride Override { get; init; }
}

/// <content>Use cases of the API: several changes at once, and deletions that name a version.</content>
public sealed partial class AppointmentBook
{
    /// <summary>Moves, edits, ends and restores in one transaction, by the rules of each use case: all of it or nothing.</summary>
    public async Task<BookingOutcome> ChangeAsync(
        ChangeRequest request, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var outcome = await InTransactionAsync(actor, now, scope => ChangeAppointment.ChangeAsync(scope, request), cancellationToken);
        if (request.Start is not { } start)
        {
            return outcome;
        }

        var move = new PlannedMove(request.Id)
        {
            HostId = request.HostId,
            LengthMinutes = request.End is { } end ? (int)(end - start).TotalMinutes : null,
            IsRestored = request.Status?.IsActive() is true,
        };
        return await WithNearestAsync(outcome, move, start, actor, now, cancellationToken);
    }

    /// <summary>Deletes an appointment if it still has the given version; null for any.</summary>
    public Task<BookingOutcome> DeleteAsync(
        AppointmentId id, int? version, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        InTransactionAsync(actor, now, scope => EndAppointment.EndAsync(scope, id, version, AppointmentStatus.Deleted), cancellationToken);
}
