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
/// One counted request: count it and write down the intent, send it, write down what came of it. Whatever happens in between,
/// the row tells the next one what to look for.
/// </summary>
internal sealed partial class RequestSender(ReconcilerServices shop)
{
    /// <returns>Whether there may be more to do on this account now.</returns>
    public async Task<bool> SendAsync(AccountSnapshot desk, SlotSnapshot slot, MeetingPlan plan, AccessToken token, CancellationToken cancellationToken)
    {
        var (account, meeting) = (desk.Account!, slot.Meeting);
        var intent = await IntendAsync(desk, meeting, plan, cancellationToken);
        if (intent is null)
        {
            // The wish changed, the lease or the day's last request went to somebody else: look at everything again.
            return true;
        }

        shop.Reached(ReconcilerStep.Intended);
        if (!MaySend(intent, desk))
        {
            await GiveBackAsync(account.Key, intent, meeting);
            return true;
        }

        var answer = await CallAsync(token, meeting, plan, account.ClockOffset);
        if (answer.Error?.Kind is ZoomErrorKind.Unauthorized or ZoomErrorKind.TokenSuperseded)
        {
            (intent, answer) = await RepeatAsync(desk, meeting, plan, token, intent, answer, CancellationToken.None);
        }

        shop.Reached(ReconcilerStep.Answered);
        // What came of it is written down even while the process is shutting down.
        return await RecordAsync(account, intent, meeting, answer, CancellationToken.None);
    }

    /// <summary>Deletes a second meeting of ours. If anything fails, the next sweep finds it again.</summary>
    public async Task<bool> DeleteTwinAsync(AccountSnapshot desk, long meetingId, AccessToken token, CancellationToken cancellationToken)
    {
        var intent = await shop.Database.WriteAsync(db => TakeAsync(db, desk, cancellationToken), cancellationToken);
        if (intent is null || !MaySend(intent, desk))
        {
            return false;
        }

        var sent = shop.Now;
        var (_, error, date) = Read(await shop.Zoom.DeleteMeetingAsync(token, meetingId, CancellationToken.None));
        var clock = new QuotaClock(shop.Now, QuotaClock.Learn(desk.Clock.ZoomAhead, date, sent, shop.Now));
        await shop.Database.WriteAsync<Intent>(
            async db =>
            {
                if (error?.Kind is ZoomErrorKind.NotSent)
                {
                    await QuotaLedger.GiveBackAsync(db, desk.Key!, intent.Day, cancellationToken);
                }

                // A 401 here is cleared up by the next ordinary request.
                await AccountErrors.NoteAsync(db, desk.Account!, error?.Kind is ZoomErrorKind.Unauthorized ? null : error, isCounted: true, clock, cancellationToken);
                return intent;
            },
            cancellationToken);
        return error is null or { Kind: ZoomErrorKind.MeetingGone };
    }

    private async Task<Intent?> IntendAsync(AccountSnapshot desk, SlotMeeting meeting, MeetingPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            return await shop.Database.WriteAsync(
                async db =>
                {
                    var intent = await TakeAsync(db, desk, cancellationToken);
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
                    meeting.Count(intent.Day);
                    meeting.Send(kind, content, intent.At, intent.At + MeetingPlanner.LookAfter);
                    shop.Reached(ReconcilerStep.Counting);
                    return intent;
                },
                cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return null;
        }
    }

    /// <summary>After a 401: one refresh, one repeat, which counts as well. If there is no fresh token for now or no request left, it is tried again later.</summary>
    private async Task<(Intent Intent, Answer Answer)> RepeatAsync(
        AccountSnapshot desk, SlotMeeting meeting, MeetingPlan plan, AccessToken refused, Intent intent, Answer denied, CancellationToken cancellationToken)
    {
        var later = denied with { Error = denied.Error! with { Kind = ZoomErrorKind.RateLimited } };
        var token = await shop.Tokens.GetAsync(desk.Account!.Key, refused.Value, cancellationToken);
        switch (token)
        {
            case { State: ZoomTokenState.Ready, AccessToken: { } fresh }:
                if (await TakeAgainAsync(desk, meeting, cancellationToken) is not { } again || !MaySend(again, desk))
                {
                    return (intent, later);
                }

                meeting.Count(again.Day);
                return (again, await CallAsync(new AccessToken(fresh), meeting, plan, desk.Account.ClockOffset) with { Requests = 2 });

            case { State: ZoomTokenState.TryLater }:
                return (intent, later);

            case { State: ZoomTokenState.ApprovalWithdrawn }:
                return (intent, denied with { Error = denied.Error! with { Kind = ZoomErrorKind.ApprovalWithdrawn } });

            default:
                return (intent, denied);
        }
    }

    /// <summary>Null: none is left of the account's day or of the meeting's share in it, or the lease went to somebody else.</summary>
    private Task<Intent?> TakeAgainAsync(AccountSnapshot desk, SlotMeeting meeting, CancellationToken cancellationToken) =>
        shop.Database.WriteAsync(
            async db =>
            {
                if (await TakeAsync(db, desk, cancellationToken) is not { } intent)
                {
                    return null;
                }

                // Not by the tracked row: bookings change it meanwhile, and this is not theirs.
                var day = intent.Day;
                var counted = await db.SlotMeetings
                    .Where(row => row.Id == meeting.Id && (row.FailedOn != day || row.FailedRequests < SlotMeeting.MostFailedADay))
                    .ExecuteUpdateAsync(
                        set => set
                            .SetProperty(row => row.FailedRequests, row => row.FailedOn == day ? row.FailedRequests + 1 : 1)
                            .SetProperty(row => row.FailedOn, (DateOnly?)day),
                        cancellationToken);
                return counted == 1 ? intent : null;
            },
            cancellationToken);

    private async Task<Intent?> TakeAsync(ZoomCalendarContext db, AccountSnapshot desk, CancellationToken cancellationToken)
    {
        var key = desk.Account!.Key;
        var clock = new QuotaClock(shop.Now, desk.Account.ClockOffset);
        if (!clock.IsOpen
            || !await shop.Lease.RenewAsync(db, key, clock.Now, cancellationToken)
            || await QuotaLedger.TakeAsync(db, key, clock.Day, cancellationToken) is not { } used)
        {
            return null;
        }

        if (used is QuotaLedger.NearLimit or QuotaDay.Limit)
        {
            await QuotaLedger.TellAsync(db, key, clock.Day, used == QuotaDay.Limit ? EventKind.QuotaUsedUp : EventKind.QuotaNear, clock.Now, cancellationToken);
        }

        return new Intent(clock.Now, clock.Day, clock.Now + AccountLease.Length);
    }

    // Committing may have taken long.
    private bool MaySend(Intent intent, AccountSnapshot desk)
    {
        var clock = new QuotaClock(shop.Now, desk.Account!.ClockOffset);
        return clock.IsOpen && clock.Day == intent.Day && intent.LeaseUntil - clock.Now > AccountLease.NeededToSend;
    }

    private Task GiveBackAsync(string key, Intent intent, SlotMeeting meeting) =>
        shop.Database.ChangeAsync(
            meeting,
            async (db, row) =>
            {
                await QuotaLedger.GiveBackAsync(db, key, intent.Day, CancellationToken.None);
                if (row.InFlightSince == intent.At)
                {
                    row.NotSent(shop.Now);
                }
            },
            CancellationToken.None);

    // Not cancelled by a shutdown: the request has its own time-out, and what came of it is worth waiting for.
    private async Task<Answer> CallAsync(AccessToken token, SlotMeeting meeting, MeetingPlan plan, TimeSpan zoomAhead)
    {
        var sent = shop.Now;
        var id = meeting.ZoomMeetingId ?? 0;
        var (made, error, date) = plan switch
        {
            MeetingPlan.Create create => Read(await shop.Zoom.CreateMeetingAsync(token, ZoomRequests.Create(create.Content), CancellationToken.None)),
            MeetingPlan.Update update => Read(await shop.Zoom.UpdateMeetingAsync(
                token, id, ZoomRequests.Update(update.Content, meeting.Known, new QuotaClock(sent, zoomAhead).Latest), CancellationToken.None)),
            _ => Read(await shop.Zoom.DeleteMeetingAsync(token, id, CancellationToken.None)),
        };

        return new Answer(made, error, QuotaClock.Learn(zoomAhead, date, sent, shop.Now));
    }

    private static (ZoomMeeting? Made, ZoomError? Error, DateTimeOffset? Date) Read<T>(ZoomResult<T> result) => result switch
    {
        ZoomResult<T>.Ok ok => (ok.Value as ZoomMeeting, null, ok.Date),
        ZoomResult<T>.Failed failed => (null, failed.Error, QuotaClock.DateOf(failed)),
        _ => (null, new ZoomError(ZoomErrorKind.Unexpected), null),
    };

    private async Task<bool> RecordAsync(ZoomAccount account, Intent intent, SlotMeeting meeting, Answer answer, CancellationToken cancellationToken)
    {
        var goOn = true;
        var sent = (meeting.InFlight, meeting.InFlightSince);
        var changed = await shop.Database.ChangeAsync(
            meeting,
            async (db, row) =>
            {
                var clock = new QuotaClock(shop.Now, answer.ZoomAhead);
                if (answer.Error?.Kind is ZoomErrorKind.NotSent)
                {
                    await QuotaLedger.GiveBackAsync(db, account.Key, intent.Day, cancellationToken);
                }

                goOn = await AccountErrors.NoteAsync(db, account, answer.Error, isCounted: true, clock, cancellationToken);
                if ((row.InFlight, row.InFlightSince) == sent)
                {
                    // Else its data has been erased meanwhile, and the answer with it.
                    var happened = await ApplyAsync(db, account, row, answer, clock, cancellationToken);
                    await MeetingEvents.OfLinkAsync(db, row, happened, clock.Now, cancellationToken);
                }

                shop.Reached(ReconcilerStep.Recording);
            },
            cancellationToken);

        shop.Reached(ReconcilerStep.Recorded);
        shop.Written(changed is null ? [] : [changed.State]);
        if (answer.Error is { } error)
        {
            Log.Failed(shop.Logger, meeting.Id, error.Kind, error.HttpStatus, error.Code, error.TrackingId);
        }

        return goOn;
    }

    private static async Task<IReadOnlyList<LinkEvent>> ApplyAsync(
        ZoomCalendarContext db, ZoomAccount account, SlotMeeting row, Answer answer, QuotaClock clock, CancellationToken cancellationToken)
    {
        if (answer.Error is { } error)
        {
            return ZoomErrorTransitions.ApplyTo(row, await AccountErrors.AsItStandsAsync(db, account, error, cancellationToken), clock);
        }

        // Settling forgets the failures before.
        var cost = LinkDescriber.Cost(row.Attempts, answer.Requests).Text;
        switch (row.InFlight)
        {
            case MeetingRequestKind.Create when answer.Made is { JoinUrl: { } link } made:
                row.Exists(made.Id, made.Uuid ?? "", link.AbsoluteUri, made.Password, null, clock.Now);
                return row.State is SlotMeetingState.Live ? [new LinkEvent(EventKind.LinkReady, cost)] : [];

            case MeetingRequestKind.Update:
                var newPasscode = ZoomRequests.PasscodeChanges(row.InFlightContent!, row.Known);
                row.Updated(row.InFlightContent!, clock.Now);
                if (newPasscode)
                {
                    row.LinkMayHaveChanged(clock.Now);
                }

                return row.State is SlotMeetingState.Live ? [new LinkEvent(EventKind.LinkUpdated, cost)] : [];

            default:
                var failures = row.Attempts;
                row.Drop();
                return [new LinkEvent(EventKind.LinkDropped, LinkDescriber.Deleted(failures, answer.Requests).Text)];
        }
    }

    private sealed record Intent(DateTimeOffset At, DateOnly Day, DateTimeOffset LeaseUntil);

    /// <param name="Made">The meeting, if one was made.</param>
    /// <param name="Error">Null: Zoom did it.</param>
    /// <param name="ZoomAhead">What the answer tells of Zoom's clock.</param>
    /// <param name="Requests">Counted for it.</param>
    private sealed record Answer(ZoomMeeting? Made, ZoomError? Error, TimeSpan ZoomAhead, int Requests = 1);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Slot meeting {Meeting}: {Kind}, status {Status}, code {Code}, tracking id {TrackingId}")]
        public static partial void Failed(ILogger logger, SlotMeetingId meeting, ZoomErrorKind kind, int? status, int? code, string? trackingId);
    }
}
