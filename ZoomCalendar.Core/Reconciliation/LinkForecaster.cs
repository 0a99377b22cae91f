using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>
/// Forecasts the effect of a change on the link before it is confirmed. The change is made in a transaction that is rolled back, and the
/// reconciler's own functions decide what would be sent. Nothing is sent or stored.
/// </summary>
public sealed class LinkForecaster(IDbContextFactory<ZoomCalendarContext> contexts, IOptions<ZoomOptions> options)
{
    /// <summary>The effect of cancelling; null if the change would be refused or is not this actor's to make.</summary>
    public Task<LinkForecast?> OfCancelAsync(AppointmentId id, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        TryAsync(
            actor,
            now,
            _ => OneAsync(id),
            scope => EndAppointment.EndAsync(scope, id, null, AppointmentStatus.Cancelled),
            cancellationToken);

    /// <summary>The effect of cancelling a whole slot; null as for cancelling.</summary>
    public Task<LinkForecast?> OfCancelSlotAsync(Slot slot, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        TryAsync(actor, now, scope => AllAsync(scope, slot), scope => EndAppointment.CancelSlotAsync(scope, slot), cancellationToken);

    /// <summary>
    /// The effect of moving; null as for cancelling. Opening hours, notice and horizon are ignored: the move itself checks them.
    /// </summary>
    public Task<LinkForecast?> OfMoveAsync(MoveRequest request, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        TryAsync(
            actor,
            now,
            _ => OneAsync(request.Id),
            scope => MoveAppointment.MoveAsync(scope, request with { Version = null, Override = request.Override | BookingOverride.Staff }),
            cancellationToken);

    public Task<LinkForecast?> OfMoveSlotAsync(
        MoveSlotRequest request, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        TryAsync(
            actor,
            now,
            scope => AllAsync(scope, request.Slot),
            scope => MoveAppointment.MoveSlotAsync(scope, request.Slot, request.Start, request.Override | BookingOverride.Staff),
            cancellationToken);

    public Task<LinkForecast?> OfSwitchLocationAsync(
        AppointmentId id, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        TryAsync(actor, now, _ => OneAsync(id), scope => EditAppointmentDetails.SwitchLocationAsync(scope, id, null), cancellationToken);

    private static Task<List<AppointmentId>> OneAsync(AppointmentId id) => Task.FromResult<List<AppointmentId>>([id]);

    private static async Task<List<AppointmentId>> AllAsync(BookingScope scope, Slot slot) =>
        [.. (await scope.ActiveInAsync(slot)).Select(appointment => appointment.Id)];

    private async Task<LinkForecast?> TryAsync(
        Actor actor,
        DateTimeOffset now,
        Func<BookingScope, Task<List<AppointmentId>>> which,
        Func<BookingScope, Task<BookingOutcome>> change,
        CancellationToken cancellationToken)
    {
        if (!actor.IsStaff)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var scope = new BookingScope(db, actor, now, cancellationToken);
        var ids = await which(scope);
        var before = await ReadAsync(db, ids, actor, now, cancellationToken);
        try
        {
            if (before.Count == 0 || !(await change(scope)).Succeeded)
            {
                return null;
            }

            await db.SaveChangesAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is DbUpdateException || DatabaseErrors.IsExclusionViolation(exception))
        {
            // The time was taken meanwhile. The change itself reports it.
            return null;
        }

        return await CompareAsync(db, before, ids, now, cancellationToken);
    }

    /// <summary>The current links, read without tracking. Appointments that are not on Zoom have none.</summary>
    private static async Task<Dictionary<AppointmentId, (SlotMeetingId? Meeting, LinkFacts Link)>> ReadAsync(
        ZoomCalendarContext db, List<AppointmentId> ids, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var appointments = db.Appointments.Where(row => ids.Contains(row.Id) && row.SubAccountId == actor.SubAccountId);
        var rows = await db.WithMeetings(appointments).ToListAsync(cancellationToken);
        return rows.ToDictionary(
            row => row.Appointment.Id,
            row => (row.Appointment.UsesZoom ? row.Appointment.SlotMeetingId : null, row.Link(now)));
    }

    private async Task<LinkForecast> CompareAsync(
        ZoomCalendarContext db,
        Dictionary<AppointmentId, (SlotMeetingId? Meeting, LinkFacts Link)> before,
        List<AppointmentId> ids,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var forecaster = new MeetingForecaster(db, options.Value.QuotaReserve, now, cancellationToken);
        var changed = await db.Appointments.Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken);
        var (left, had) = before.Values.FirstOrDefault(link => link.Meeting is not null);
        var joined = changed.FirstOrDefault(row => row.UsesZoom && row.SlotMeetingId is not null);
        var forecast = new LinkForecast
        {
            Before = had ?? LinkFacts.None,
            Count = before.Values.Count(link => link.Meeting is not null) is > 1 and var count ? count : 1,
            IsSame = left is not null && joined?.SlotMeetingId == left,
        };
        if (left is { } old && !forecast.IsSame)
        {
            forecast = forecast with
            {
                LeftMeeting = await forecaster.OutcomeOfLeavingAsync(old, had!.JoinUrl is not null),
                OthersBefore = await OthersAsync(db, old, ids, cancellationToken),
            };
        }

        if (joined is null)
        {
            return forecast;
        }

        var (meeting, account) = await forecaster.NextAsync(joined.SlotMeetingId!.Value);
        return forecast with
        {
            After = LinkFacts.Of(joined, meeting, account, now),
            OthersAfter = await OthersAsync(db, meeting.Id, ids, cancellationToken),
        };
    }

    private static Task<int> OthersAsync(
        ZoomCalendarContext db, SlotMeetingId meeting, List<AppointmentId> except, CancellationToken cancellationToken) =>
        db.Appointments.WhereActive().CountAsync(row => row.SlotMeetingId == meeting && !except.Contains(row.Id), cancellationToken);
}
