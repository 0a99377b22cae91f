using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Reconciliation;

/// <summary>
/// Works on one Zoom account until nothing is due: one request at a time, each decided from the database's present state.
/// </summary>
internal sealed class AccountReconciler(ReconcilerServices services)
{
    private readonly RequestSender _sender = new(services);
    private readonly MeetingInspector _inspector = new(services);

    /// <param name="key">The Zoom account's key; null for meetings that no account serves.</param>
    /// <param name="stopping">Ends the work between two requests.</param>
    public async Task WorkAsync(string? key, CancellationToken stopping)
    {
        if (key is null || !await services.Database.ReadAsync(db => services.Lease.ClaimAsync(db, key, services.Now, stopping), stopping))
        {
            // There is no account, or another process works on it. Without an account nothing is sent, so no lease is needed.
            await ParkUnservedAsync(key, stopping);
            return;
        }

        services.Reached(ReconcilerStep.Claimed);
        try
        {
            while (!stopping.IsCancellationRequested && await StepAsync(key, stopping))
            {
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Shutting down between two requests. The lease is released below, so that another process can continue at once.
        }

        // Not in a finally block: after an unexpected exception the lease expires, so that no process repeats the failure at once.
        await services.Database.ReadAsync(db => services.Lease.ReleaseAsync(db, key, CancellationToken.None), CancellationToken.None);
    }

    private async Task ParkUnservedAsync(string? key, CancellationToken stopping)
    {
        var snapshot = await ReadAsync(key, stopping);
        if (snapshot.Account is null)
        {
            await ParkAsync(snapshot, WaitingFor.Connection, stopping);
        }
    }

    /// <returns>Whether more may be due now.</returns>
    private async Task<bool> StepAsync(string key, CancellationToken stopping)
    {
        var snapshot = await ReadAsync(key, stopping);
        if (snapshot.Account is not { } account)
        {
            await ParkAsync(snapshot, WaitingFor.Connection, stopping);
            return false;
        }

        if (LinkFacts.WhyNotServed(account.State) is var reason and not WaitingFor.Nothing)
        {
            await ParkAsync(snapshot, reason, stopping);
            return false;
        }

        if (account.BackoffUntil > snapshot.Now)
        {
            return false;
        }

        var plans = AccountPlans.Of(snapshot, services.QuotaReserve);
        if (!await ApplyLocalPlansAsync(snapshot, plans, stopping))
        {
            // A row changed meanwhile, so decide again.
            return true;
        }

        var next = plans.Where(IsRequest)
            .OrderBy(planned => MeetingPlanner.Priority(planned.Slot.Meeting, planned.Plan, snapshot.Clock))
            .ThenBy(planned => planned.Slot.Meeting.Id.Value)
            .FirstOrDefault();
        var isSweepDue = next is null && AccountSweep.IsDue(account, snapshot.Now);
        if (next is null && !isSweepDue)
        {
            return false;
        }

        // A counted request renews the lease when it stores its intent. A read renews it here.
        if (await TokenAsync(snapshot, stopping) is not { } token
            || (next is not { Plan.IsCounted: true } && !await RenewAsync(key, stopping)))
        {
            return false;
        }

        if (isSweepDue)
        {
            await new AccountSweep(services, _sender).SweepAsync(snapshot, token, stopping);
            return true;
        }

        return next!.Plan is MeetingPlan.Inspect
            ? await _inspector.InspectAsync(snapshot, next.Slot, token, stopping)
            : await _sender.SendAsync(snapshot, next.Slot, next.Plan, token, stopping);
    }

    private Task<AccountSnapshot> ReadAsync(string? key, CancellationToken cancellationToken) =>
        services.Database.ReadAsync(db => AccountSnapshotReader.ReadAsync(db, key, services.Now, cancellationToken), cancellationToken);

    private Task<bool> RenewAsync(string key, CancellationToken cancellationToken) =>
        services.Database.ReadAsync(db => services.Lease.RenewAsync(db, key, services.Now, cancellationToken), cancellationToken);

    private static bool IsRequest(PlannedMeeting planned) => planned.Plan is { IsCounted: true } or MeetingPlan.Inspect;

    /// <summary>Applies the plans that need no request; false if a row changed meanwhile.</summary>
    private async Task<bool> ApplyLocalPlansAsync(
        AccountSnapshot snapshot, IReadOnlyList<PlannedMeeting> plans, CancellationToken cancellationToken)
    {
        var pending = plans.Where(planned => !IsRequest(planned) && !IsAlreadyWaiting(planned)).ToList();
        if (pending.Count == 0)
        {
            return true;
        }

        try
        {
            await services.Database.WriteAsync(
                async db =>
                {
                    foreach (var (slot, plan) in pending)
                    {
                        db.Attach(slot.Meeting);
                        await MeetingEvents.RecordAsync(
                            db, slot.Meeting, LocalTransitions.Apply(slot.Meeting, plan, snapshot.Now), snapshot.Now, cancellationToken);
                    }

                    return snapshot;
                },
                cancellationToken);
            services.Signal(pending.Select(planned => planned.Slot.Meeting.State));
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    private static bool IsAlreadyWaiting(PlannedMeeting planned) =>
        planned.Plan is MeetingPlan.WaitUntil wait && planned.Slot.Meeting.WaitingFor == wait.Reason
            && planned.Slot.Meeting.NextActionAt == wait.When;

    private Task<bool> ParkAsync(AccountSnapshot snapshot, WaitingFor reason, CancellationToken cancellationToken) =>
        ApplyLocalPlansAsync(
            snapshot,
            [.. snapshot.Slots.Select(
                slot => new PlannedMeeting(slot, LocalTransitions.PlanWithoutConnection(slot.Meeting, reason, snapshot.Now)))],
            cancellationToken);

    private async Task<AccessToken?> TokenAsync(AccountSnapshot snapshot, CancellationToken cancellationToken)
    {
        var token = await services.Tokens.GetAsync(snapshot.Key!, null, cancellationToken);
        switch (token.State)
        {
            case ZoomTokenState.Ready:
                return new AccessToken(token.AccessToken!);

            case ZoomTokenState.TryLater:
                var soon = services.Now + Backoff.WithJitter(
                    snapshot.Account!.Failures + 1, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(2));
                await services.Database.ReadAsync(
                    db => AccountErrors.BackOffAsync(
                        db, snapshot.Key!, token.RetryAt > soon ? token.RetryAt.Value : soon, cancellationToken), cancellationToken);
                return null;

            default:
                await ParkAsync(
                    snapshot,
                    token.State switch
                    {
                        ZoomTokenState.NotConnected => WaitingFor.Connection,
                        ZoomTokenState.ApprovalWithdrawn => WaitingFor.Approval,
                        _ => WaitingFor.Reconnection,
                    },
                    cancellationToken);
                // The token service usually stores the loss in the account's state. If it did not, this pause prevents an endless loop.
                await services.Database.ReadAsync(
                    db => AccountErrors.BackOffAsync(
                        db,
                        snapshot.Key!,
                        services.Now + Backoff.WithJitter(1, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20)),
                        cancellationToken), cancellationToken);
                return null;
        }
    }
}
