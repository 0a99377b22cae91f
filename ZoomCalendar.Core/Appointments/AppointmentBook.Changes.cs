using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments;

/// <summary>All that one request says of an appointment. Null: as it is.</summary>
/// <param name="Version">As in <see cref="MoveRequest"/>; null: whatever it is now.</param>
public sealed record ChangeRequest(AppointmentId Id, int? Version)
{
    public AppointmentStatus? Status { get; init; }

    public DateTimeOffset? Start { get; init; }

    /// <summary>Null: as long as it was.</summary>
    public DateTimeOffset? End { get; init; }

    public UserId? HostId { get; init; }

    public string? Title { get; init; }

    public string? Notes { get; init; }

    public BookingOverride Override { get; init; }
}

/// <content>What programs ask for: several changes at once, and deletions that name a version.</content>
public sealed partial class AppointmentBook
{
    /// <summary>Moves, edits, ends and restores by the rules of each verb: all that is asked for, or nothing.</summary>
    public async Task<BookingOutcome> ChangeAsync(ChangeRequest request, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
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

    public Task<BookingOutcome> DeleteAsync(AppointmentId id, int? version, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        InTransactionAsync(actor, now, scope => EndAppointment.EndAsync(scope, id, version, AppointmentStatus.Deleted), cancellationToken);
}
