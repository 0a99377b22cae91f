using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>
/// Sends one counted request: counts it and stores the intent, sends it, and records the outcome. After a crash the stored intent tells the
/// next process what to look for.
/// </summary>
internal sealed partial class RequestSender(ReconcilerServices services)
{
    /// <returns>Whether more may be due on this account now.</returns>
    public async Task<bool> SendAsync(
        AccountSnapshot snapshot, SlotSnapshot slot, MeetingPlan plan, AccessToken token, CancellationToken cancellationToken)
    {
        var (account, meeting) = (snapshot.Account!, slot.Meeting);
        var intent = await IntendAsync(snapshot, meeting, plan, cancellationToken);
        if (intent is null)
        {
            // The row changed, or another process took the lease or the last request of the day. Decide again.
            return true;
        }

        services.Reached(ReconcilerStep.Intended);
        if (!MaySend(intent, snapshot))
        {
            await GiveBackAsync(account.Key, intent, meeting);
            return true;
        }

        var answer = await CallAsync(token, meeting, plan, account.ClockOffset);
        if (answer.Error?.Kind is ZoomErrorKind.Unauthorized or ZoomErrorKind.TokenSuperseded)
        {
            (intent, answer) = await RepeatAsync(snapshot, meeting, plan, token, intent, answer, CancellationToken.None);
        }

        services.Reached(ReconcilerStep.Answered);
        // The outcome is recorded even during shutdown.
        return await RecordAsync(account, intent, meeting, answer, CancellationToken.None);
    }

    /// <summary>Deletes a duplicate meeting of ours. If it fails, the next sweep finds the meeting again.</summary>
    public async Task<bool> DeleteDuplicateAsync(
        AccountSnapshot snapshot, long meetingId, AccessToken token, CancellationToken cancellationToken)
    {
        var intent = await services.Database.WriteAsync(db => TakeAsync(db, snapshot, cancellationToken), cancellationToken);
        if (intent is null || !MaySend(intent, snapshot))
        {
            return false;
        }

        var sent = services.Now;
        var (_, error, date) = Read(await services.Zoom.DeleteMeetingAsync(token, meetingId, CancellationToken.None));
        var clock = new QuotaClock(services.Now, QuotaClock.EstimateOffset(snapshot.Clock.ZoomAhead, date, sent, services.Now));
        await services.Database.WriteAsync<Intent>(
            async db =>
            {
                if (error?.Kind is ZoomErrorKind.NotSent)
                {
                    await QuotaLedger.ReturnAsync(db, snapshot.Key!, intent.Day, cancellationToken);
                }

                // A 401 is handled by the next ordinary request.
                await AccountErrors.RecordAsync(
                    db,
                    snapshot.Account!,
                    error?.Kind is ZoomErrorKind.Unauthorized ? null : error,
                    isCounted: true,
                    clock,
                    cancellationToken);
                return intent;
            },
            cancellationToken);
        return error is null or { Kind: ZoomErrorKind.MeetingGone };
    }

    private async Task<Intent?> IntendAsync(
        AccountSnapshot snapshot, SlotMeeting meeting, MeetingPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            return await services.Database.WriteAsync(
                async db =>
                {
                    var intent = await TakeAsync(db, snapshot, cancellationToken);
                    if (intent is null)
                    {
                        return null;
                    }

                    db.Attach(meeting);
                    var (kind, content) = plan switch
                    {
                        MeetingPlan.Create create => (MeetingRequestKind.Create, create.Content),
                        MeetingPlan.Update update => (MeetingRequestKind.Update, update.Content),
                        _ => (MeetingRequestKind.Delete, (MeetingContent?)null),
                    };
                    meeting.CountRequest(intent.Day);
                    meeting.RecordIntent(kind, content, intent.At, intent.At + MeetingPlanner.InspectAfter);
                    services.Reached(ReconcilerStep.Counting);
                    return intent;
                },
                cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return null;
        }
    }

    /// <summary>
    /// After a 401: refreshes the token once and repeats the request, which counts again. Without a fresh token or a request it is tried
    /// later.
    /// </summary>
    private async Task<(Intent Intent, Answer Answer)> RepeatAsync(
        AccountSnapshot snapshot,
        SlotMeeting meeting,
        MeetingPlan plan,
        AccessToken refused,
        Intent intent,
        Answer denied,
        CancellationToken cancellationToken)
    {
        var later = denied with { Error = denied.Error! with { Kind = ZoomErrorKind.RateLimited } };
        var token = await services.Tokens.GetAsync(snapshot.Account!.Key, refused.Value, cancellationToken);
        switch (token)
        {
            case { State: ZoomTokenState.Ready, AccessToken: { } fresh }:
                if (await TakeAgainAsync(snapshot, meeting, cancellationToken) is not { } again || !MaySend(again, snapshot))
                {
                    return (intent, later);
                }

                meeting.CountRequest(again.Day);
                return (again, await CallAsync(new AccessToken(fresh), meeting, plan, snapshot.Account.ClockOffset) with { Requests = 2 });

            case { State: ZoomTokenState.TryLater }:
                return (intent, later);

            case { State: ZoomTokenState.ApprovalWithdrawn }:
                return (intent, denied with { Error = denied.Error! with { Kind = ZoomErrorKind.ApprovalWithdrawn } });

            default:
                return (intent, denied);
        }
    }

    /// <summary>Takes another request; null if the account's day or the meeting's share is used up, or the lease is lost.</summary>
    private Task<Intent?> TakeAgainAsync(AccountSnapshot snapshot, SlotMeeting meeting, CancellationToken cancellationToken) =>
        services.Database.WriteAsync(
            async db =>
            {
                if (await TakeAsync(db, snapshot, cancellationToken) is not { } intent)
                {
                    return null;
                }

                // By a statement, not the tracked entity: bookings may change the row meanwhile, and its version must not conflict.
                var day = intent.Day;
                var counted = await db.SlotMeetings
                    .Where(row => row.Id == meeting.Id && (row.FailedOn != day || row.FailedRequests < SlotMeeting.MaxFailedRequestsPerDay))
                    .ExecuteUpdateAsync(
                        set => set
                            .SetProperty(row => row.FailedRequests, row => row.FailedOn == day ? row.FailedRequests + 1 : 1)
                            .SetProperty(row => row.FailedOn, (DateOnly?)day),
                        cancellationToken);
                return counted == 1 ? intent : null;
            },
            cancellationToken);

    private async Task<Intent?> TakeAsync(ZoomCalendarContext db, AccountSnapshot snapshot, CancellationToken cancellationToken)
    {
        var key = snapshot.Account!.Key;
        var clock = new QuotaClock(services.Now, snapshot.Account.ClockOffset);
        if (!clock.IsOpen
            || !await services.Lease.RenewAsync(db, key, clock.Now, cancellationToken)
            || await QuotaLedger.TakeAsync(db, key, clock.Day, cancellationToken) is not { } used)
        {
            return null;
        }

        if (used is QuotaLedger.NearLimit or QuotaDay.Limit)
        {
            await QuotaLedger.NotifyAsync(
                db, key, clock.Day, used == QuotaDay.Limit ? EventKind.QuotaUsedUp : EventKind.QuotaNear, clock.Now, cancellationToken);
        }

        return new Intent(clock.Now, clock.Day, clock.Now + AccountLease.Length);
    }

    // The commit may have taken long.
    private bool MaySend(Intent intent, AccountSnapshot snapshot)
    {
        var clock = new QuotaClock(services.Now, snapshot.Account!.ClockOffset);
        return clock.IsOpen && clock.Day == intent.Day && intent.LeaseUntil - clock.Now > AccountLease.NeededToSend;
    }

    private Task GiveBackAsync(string key, Intent intent, SlotMeeting meeting) =>
        services.Database.ChangeAsync(
            meeting,
            async (db, row) =>
            {
                await QuotaLedger.ReturnAsync(db, key, intent.Day, CancellationToken.None);
                if (row.InFlightSince == intent.At)
                {
                    row.RecordNotSent(services.Now);
                }
            },
            CancellationToken.None);

    // Not cancelled by shutdown: the request has its own time-out, and its outcome is worth waiting for.
    private async Task<Answer> CallAsync(AccessToken token, SlotMeeting meeting, MeetingPlan plan, TimeSpan zoomAhead)
    {
        var sent = services.Now;
        var id = meeting.ZoomMeetingId ?? 0;
        var (made, error, date) = plan switch
        {
            MeetingPlan.Create create =>
                Read(await services.Zoom.CreateMeetingAsync(token, MeetingRequestMapper.Create(create.Content), CancellationToken.None)),
            MeetingPlan.Update update => Read(await services.Zoom.UpdateMeetingAsync(
                token,
                id,
                MeetingRequestMapper.Update(update.Content, meeting.Known, new QuotaClock(sent, zoomAhead).Latest),
                CancellationToken.None)),
            _ => Read(await services.Zoom.DeleteMeetingAsync(token, id, CancellationToken.None)),
        };

        return new Answer(made, error, QuotaClock.EstimateOffset(zoomAhead, date, sent, services.Now));
    }

    private static (ZoomMeeting? Made, ZoomError? Error, DateTimeOffset? Date) Read<T>(ZoomResult<T> result) => result switch
    {
        ZoomResult<T>.Ok ok => (ok.Value as ZoomMeeting, null, ok.Date),
        ZoomResult<T>.Failed failed => (null, failed.Error, QuotaClock.DateOf(failed)),
        _ => (null, new ZoomError(ZoomErrorKind.Unexpected), null),
    };

    private async Task<bool> RecordAsync(
        ZoomAccount account, Intent intent, SlotMeeting meeting, Answer answer, CancellationToken cancellationToken)
    {
        var mayContinue = true;
        var sent = (meeting.InFlight, meeting.InFlightSince);
        var changed = await services.Database.ChangeAsync(
            meeting,
            async (db, row) =>
            {
                var clock = new QuotaClock(services.Now, answer.ZoomAhead);
                if (answer.Error?.Kind is ZoomErrorKind.NotSent)
                {
                    await QuotaLedger.ReturnAsync(db, account.Key, intent.Day, cancellationToken);
                }

                mayContinue = await AccountErrors.RecordAsync(db, account, answer.Error, isCounted: true, clock, cancellationToken);
                if ((row.InFlight, row.InFlightSince) == sent)
                {
                    // Otherwise the row's data was erased meanwhile, and the answer is discarded.
                    var events = await ApplyAsync(db, account, row, answer, clock, cancellationToken);
                    await MeetingEvents.RecordAsync(db, row, events, clock.Now, cancellationToken);
                }

                services.Reached(ReconcilerStep.Recording);
            },
            cancellationToken);

        services.Reached(ReconcilerStep.Recorded);
        services.Signal(changed is null ? [] : [changed.State]);
        if (answer.Error is { } error)
        {
            Log.Failed(services.Logger, meeting.Id, error.Kind, error.HttpStatus, error.Code, error.TrackingId);
        }

        return mayContinue;
    }

    private static async Task<IReadOnlyList<LinkEvent>> ApplyAsync(
        ZoomCalendarContext db, ZoomAccount account, SlotMeeting row, Answer answer, QuotaClock clock, CancellationToken cancellationToken)
    {
        if (answer.Error is { } error)
        {
            return ZoomErrorTransitions.ApplyTo(
                row, await AccountErrors.IgnoreIfReconnectedAsync(db, account, error, cancellationToken), clock);
        }

        // Read before the success resets it.
        var cost = LinkDescriber.Cost(row.Attempts, answer.Requests).Text;
        switch (row.InFlight)
        {
            case MeetingRequestKind.Create when answer.Made is { JoinUrl: { } link } made:
                row.RecordCreated(made.Id, made.Uuid ?? "", link.AbsoluteUri, made.Password, null, clock.Now);
                return row.State is SlotMeetingState.Live ? [new LinkEvent(EventKind.LinkReady, cost)] : [];

            case MeetingRequestKind.Update:
                var newPasscode = MeetingRequestMapper.PasscodeChanges(row.InFlightContent!, row.Known);
                row.RecordUpdated(row.InFlightContent!, clock.Now);
                if (newPasscode)
                {
                    row.MarkLinkUncertain(clock.Now);
                }

                return row.State is SlotMeetingState.Live ? [new LinkEvent(EventKind.LinkUpdated, cost)] : [];

            default:
                var failures = row.Attempts;
                row.Drop();
                return [new LinkEvent(EventKind.LinkDropped, LinkDescriber.Deleted(failures, answer.Requests).Text)];
        }
    }

    private sealed record Intent(DateTimeOffset At, DateOnly Day, DateTimeOffset LeaseUntil);

    /// <param name="Made">The meeting, if one was created.</param>
    /// <param name="Error">Null if the request succeeded.</param>
    /// <param name="ZoomAhead">Zoom's clock minus ours, updated by the answer.</param>
    /// <param name="Requests">The number of counted requests it took.</param>
    private sealed record Answer(ZoomMeeting? Made, ZoomError? Error, TimeSpan ZoomAhead, int Requests = 1);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Slot meeting {Meeting}: {Kind}, status {Status}, code {Code}, tracking id {TrackingId}")]
        public static partial void Failed(
            ILogger logger, SlotMeetingId meeting, ZoomErrorKind kind, int? status, int? code, string? trackingId);
    }
}
