using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>Works on one Zoom account until nothing is due there: one request after the other, each decided on what the database says then.</summary>
internal sealed class AccountReconciler(ReconcilerServices shop)
{
    private readonly RequestSender _sender = new(shop);
    private readonly MeetingInspector _looker = new(shop);

    /// <param name="key">The Zoom user's key; null: the meetings that nobody can serve.</param>
    /// <param name="stopping">Ends the work between two requests.</param>
    public async Task WorkAsync(string? key, CancellationToken stopping)
    {
        if (key is null || !await shop.Database.ReadAsync(db => shop.Lease.ClaimAsync(db, key, shop.Now, stopping), stopping))
        {
            // Nobody's, or somebody else is at work on it, or the account is gone. What has no account needs no lease: nothing is sent.
            await SettleUnservedAsync(key, stopping);
            return;
        }

        shop.Reached(ReconcilerStep.Claimed);
        try
        {
            while (!stopping.IsCancellationRequested && await StepAsync(key, stopping))
            {
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Shutting down between two requests; whoever comes next need not wait for the lease to lapse.
        }

        // After an unforeseen exception it is left to lapse: until then nobody else tries what just failed.
        await shop.Database.ReadAsync(db => shop.Lease.ReleaseAsync(db, key, CancellationToken.None), CancellationToken.None);
    }

    private async Task SettleUnservedAsync(string? key, CancellationToken stopping)
    {
        var desk = await ReadAsync(key, stopping);
        if (desk.Account is null)
        {
            await ParkAsync(desk, WaitingFor.Connection, stopping);
        }
    }

    /// <returns>Whether there may be more to do now.</returns>
    private async Task<bool> StepAsync(string key, CancellationToken stopping)
    {
        var desk = await ReadAsync(key, stopping);
        if (desk.Account is not { } account)
        {
            await ParkAsync(desk, WaitingFor.Connection, stopping);
            return false;
        }

        if (LinkFacts.Unserved(account.State) is var reason and not WaitingFor.Nothing)
        {
            await ParkAsync(desk, reason, stopping);
            return false;
        }

        if (account.BackoffUntil > desk.Now)
        {
            return false;
        }

        var plans = AccountPlans.Of(desk, shop.QuotaReserve);
        if (!await SettleAsync(desk, plans, stopping))
        {
            // Somebody changed one of them: decide anew.
            return true;
        }

        var next = plans.Where(IsRequest)
            .OrderBy(planned => MeetingPlanner.Order(planned.Slot.Meeting, planned.Plan, desk.Clock)).ThenBy(planned => planned.Slot.Meeting.Id.Value)
            .FirstOrDefault();
        var sweeps = next is null && AccountSweep.IsDue(account, desk.Now);
        if (next is null && !sweeps)
        {
            return false;
        }

        // A counted request renews the lease with its intent; a read has to do so by itself.
        if (await TokenAsync(desk, stopping) is not { } token || (next is not { Plan.IsCounted: true } && !await RenewAsync(key, stopping)))
        {
            return false;
        }

        if (sweeps)
        {
            await new AccountSweep(shop, _sender).SweepAsync(desk, token, stopping);
            return true;
        }

        return next!.Plan is MeetingPlan.Look
            ? await _looker.LookAsync(desk, next.Slot, token, stopping)
            : await _sender.SendAsync(desk, next.Slot, next.Plan, token, stopping);
    }

    private Task<AccountSnapshot> ReadAsync(string? key, CancellationToken cancellationToken) =>
        shop.Database.ReadAsync(db => AccountSnapshotReader.ReadAsync(db, key, shop.Now, cancellationToken), cancellationToken);

    private Task<bool> RenewAsync(string key, CancellationToken cancellationToken) =>
        shop.Database.ReadAsync(db => shop.Lease.RenewAsync(db, key, shop.Now, cancellationToken), cancellationToken);

    private static bool IsRequest(PlannedMeeting planned) => planned.Plan is { IsCounted: true } or MeetingPlan.Look;

    /// <summary>Everything that needs no word with Zoom.</summary>
    private async Task<bool> SettleAsync(AccountSnapshot desk, IReadOnlyList<PlannedMeeting> plans, CancellationToken cancellationToken)
    {
        var still = plans.Where(planned => !IsRequest(planned) && !IsSettled(planned)).ToList();
        if (still.Count == 0)
        {
            return true;
        }

        try
        {
            await shop.Database.WriteAsync(
                async db =>
                {
                    foreach (var (slot, plan) in still)
                    {
                        db.Attach(slot.Meeting);
                        await MeetingEvents.OfLinkAsync(db, slot.Meeting, Settlement.Apply(slot.Meeting, plan, desk.Now), desk.Now, cancellationToken);
                    }

                    return desk;
                },
                cancellationToken);
            shop.Written(still.Select(planned => planned.Slot.Meeting.State));
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    private static bool IsSettled(PlannedMeeting planned) =>
        planned.Plan is MeetingPlan.WaitUntil wait && planned.Slot.Meeting.WaitingFor == wait.Reason && planned.Slot.Meeting.NextActionAt == wait.When;

    private Task<bool> ParkAsync(AccountSnapshot desk, WaitingFor reason, CancellationToken cancellationToken) =>
        SettleAsync(desk, [.. desk.Cases.Select(slot => new PlannedMeeting(slot, Settlement.Unserved(slot.Meeting, reason, desk.Now)))], cancellationToken);

    private async Task<AccessToken?> TokenAsync(AccountSnapshot desk, CancellationToken cancellationToken)
    {
        var token = await shop.Tokens.GetAsync(desk.Key!, null, cancellationToken);
        switch (token.State)
        {
            case ZoomTokenState.Ready:
                return new AccessToken(token.AccessToken!);

            case ZoomTokenState.TryLater:
                var soon = shop.Now + Backoff.After(desk.Account!.Failures + 1, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(2));
                await shop.Database.ReadAsync(
                    db => AccountErrors.RestAsync(db, desk.Key!, token.RetryAt > soon ? token.RetryAt.Value : soon, cancellationToken), cancellationToken);
                return null;

            default:
                await ParkAsync(
                    desk,
                    token.State switch
                    {
                        ZoomTokenState.NotConnected => WaitingFor.Connection,
                        ZoomTokenState.ApprovalWithdrawn => WaitingFor.Approval,
                        _ => WaitingFor.Reconnection,
                    },
                    cancellationToken);
                // Whoever keeps the tokens says so in the account's state; if not, this is not asked again at once.
                await shop.Database.ReadAsync(
                    db => AccountErrors.RestAsync(db, desk.Key!, shop.Now + Backoff.After(1, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20)), cancellationToken), cancellationToken);
                return null;
        }
    }
}
