using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>
/// Fetches the start link from Zoom for the appointment's host, with the host's own connection to the account that holds the meeting.
/// Thread-safe.
/// </summary>
public sealed class StartLinkFetcher(
    IDbContextFactory<ZoomCalendarContext> contexts, IAccessTokenProvider tokens, ZoomClient zoom, Signals signals)
{
    public async Task<StartLink> FetchAsync(AppointmentId id, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var appointment = await db.Appointments.AsNoTracking()
            .FirstOrDefaultAsync(
                row => row.Id == id && row.SubAccountId == actor.SubAccountId && row.Status != AppointmentStatus.Deleted,
                cancellationToken);
        if (appointment is null || !actor.IsStaff)
        {
            return new StartLink(StartOutcome.NotFound);
        }

        if (appointment.HostId is null || appointment.HostId != actor.UserId)
        {
            return new StartLink(StartOutcome.NotTheHost);
        }

        var meeting = await db.SlotMeetings.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == appointment.SlotMeetingId, cancellationToken);
        if (!appointment.UsesZoom || meeting?.CanBeStarted(now) is not true)
        {
            return new StartLink(StartOutcome.NoMeeting, appointment.Start);
        }

        return await StartPermission.IsConnectedAsync(db, actor, meeting, cancellationToken)
            ? await AskAsync(meeting, now, cancellationToken) with { Start = appointment.Start }
            : new StartLink(StartOutcome.NotConnected, appointment.Start);
    }

    private async Task<StartLink> AskAsync(SlotMeeting meeting, DateTimeOffset now, CancellationToken cancellationToken)
    {
        string? refused = null;
        while (true)
        {
            var token = await tokens.GetAsync(meeting.ZoomUserKey!, refused, cancellationToken);
            if (token is not { State: ZoomTokenState.Ready, AccessToken: { } access })
            {
                return new StartLink(token.State is ZoomTokenState.TryLater ? StartOutcome.NoAnswer : StartOutcome.NotConnected);
            }

            switch (await zoom.GetStartUrlAsync(new AccessToken(access), meeting.ZoomMeetingId!.Value, cancellationToken))
            {
                case ZoomResult<Uri>.Ok ok:
                    return new StartLink(StartOutcome.Ready, Url: ok.Value);

                case ZoomResult<Uri>.Failed
                {
                    Error.Kind: ZoomErrorKind.Unauthorized
                    or ZoomErrorKind.TokenSuperseded
                } when refused is null:
                    refused = access;
                    break;

                case ZoomResult<Uri>.Failed { Error.Kind: ZoomErrorKind.MeetingGone }:
                    await LookAsync(meeting.Id, now, cancellationToken);
                    return new StartLink(StartOutcome.Gone);

                case ZoomResult<Uri>.Failed { Error.Kind: var kind }:
                    return new StartLink(IsOfTheConnection(kind) ? StartOutcome.NotConnected : StartOutcome.NoAnswer);
            }
        }
    }

    private static bool IsOfTheConnection(ZoomErrorKind kind) =>
        kind is ZoomErrorKind.Unauthorized or ZoomErrorKind.TokenSuperseded or ZoomErrorKind.ScopesMissing
            or ZoomErrorKind.ApprovalWithdrawn or ZoomErrorKind.UserGone;

    /// <summary>Asks the reconciler to read the meeting before it is treated as deleted.</summary>
    private async Task LookAsync(SlotMeetingId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            var meeting = await db.SlotMeetings.SingleAsync(row => row.Id == id, cancellationToken);
            meeting.RequestInspection(now);
            await db.SaveChangesAsync(cancellationToken);
            signals.Committed();
        }
        catch (DbUpdateConcurrencyException)
        {
            // The row is being changed, and that process reads the meeting anyway.
        }
    }
}
