using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Webhooks;

/// <summary>A webhook, or the problem in a sentence.</summary>
public sealed record WebhookOutcome(Webhook? Webhook, string? Problem)
{
    /// <summary>True: the sub-account has as many webhooks as it may, so no address would be accepted.</summary>
    public bool IsFull { get; init; }
}

/// <summary>A delivery for the list of deliveries, without its body.</summary>
/// <param name="Id">The delivery.</param>
/// <param name="Type">What happened.</param>
/// <param name="CreatedAt">When it happened.</param>
/// <param name="State">Whether it was taken.</param>
/// <param name="Attempts">The number of attempts so far.</param>
/// <param name="NextAttemptAt">The time of the next attempt; null if there is none.</param>
/// <param name="LastError">Why the last attempt failed; null if it did not.</param>
public sealed record DeliveryRow(
    Guid Id,
    WebhookType Type,
    DateTimeOffset CreatedAt,
    DeliveryState State,
    int Attempts,
    DateTimeOffset? NextAttemptAt,
    string? LastError);

/// <summary>One page of a webhook's deliveries.</summary>
/// <param name="Deliveries">The deliveries, newest first.</param>
/// <param name="Total">The number of all deliveries of the webhook.</param>
public sealed record DeliveryResults(IReadOnlyList<DeliveryRow> Deliveries, int Total);

/// <summary>A sub-account's webhooks and their deliveries. The caller must check that the actor is an admin.</summary>
public sealed class WebhookSubscriptions(IDbContextFactory<ZoomCalendarContext> contexts, IOptions<WebhookOptions> options)
{
    /// <summary>The webhooks of a sub-account, oldest first.</summary>
    public async Task<IReadOnlyList<Webhook>> ListAsync(SubAccountId subAccount, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Webhooks.AsNoTracking()
            .Where(row => row.SubAccountId == subAccount)
            .OrderBy(row => row.Id)
            .ToListAsync(cancellationToken);
    }

    /// <param name="id">Chosen by the caller, so that a repeated request creates one webhook.</param>
    /// <param name="url">A public https address.</param>
    /// <param name="types">The event types. Empty: all.</param>
    /// <param name="subAccount">The owner.</param>
    /// <param name="by">Who adds it, for the audit log.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    public async Task<WebhookOutcome> CreateAsync(
        WebhookId id,
        string url,
        IReadOnlyCollection<WebhookType> types,
        SubAccountId subAccount,
        UserId? by,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (Problem(url) is { } problem)
        {
            return new WebhookOutcome(null, problem);
        }

        return await contexts.WriteAsync(
            async (db, cancel) =>
            {
                if (await db.Webhooks.FirstOrDefaultAsync(row => row.Id == id && row.SubAccountId == subAccount, cancel) is { } known)
                {
                    return new WebhookOutcome(known, null);
                }

                if (await db.Webhooks.CountAsync(row => row.SubAccountId == subAccount, cancel) >= Webhook.MaxPerSubAccount)
                {
                    return new WebhookOutcome(null, $"There are {Webhook.MaxPerSubAccount} webhooks already. Remove one first.") { IsFull = true };
                }

                var webhook = new Webhook
                {
                    Id = id,
                    SubAccountId = subAccount,
                    Url = url,
                    Types = WebhookTypes.Join(types.Count == 0 ? Enum.GetValues<WebhookType>() : types),
                    CreatedAt = now,
                    AfterEvent = await db.Events.MaxAsync(row => (long?)row.Id, cancel) ?? 0,
                };
                db.Webhooks.Add(webhook);
                AuditLog.Add(db, AuditKind.WebhookAdded, subAccount, by, HostOf(url), now);
                return new WebhookOutcome(webhook, null);
            },
            cancellationToken);
    }

    /// <summary>Deletes a webhook with its pending deliveries. False: there is no such webhook.</summary>
    public Task<bool> DeleteAsync(
        WebhookId id, SubAccountId subAccount, UserId? by, DateTimeOffset now, CancellationToken cancellationToken) =>
        contexts.WriteAsync(
            async (db, cancel) =>
            {
                var webhooks = db.Webhooks.Where(row => row.Id == id && row.SubAccountId == subAccount);
                var url = await webhooks.Select(row => row.Url).SingleOrDefaultAsync(cancel);
                if (url is null || await webhooks.ExecuteDeleteAsync(cancel) == 0)
                {
                    return false;
                }

                AuditLog.Add(db, AuditKind.WebhookRemoved, subAccount, by, HostOf(url), now);
                return true;
            },
            cancellationToken);

    /// <summary>The deliveries before the given event, newest first. Null: there is no such webhook in this sub-account.</summary>
    public async Task<IReadOnlyList<WebhookDelivery>?> DeliveriesAsync(
        WebhookId id, SubAccountId subAccount, long? beforeEvent, int limit, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.Webhooks.AnyAsync(row => row.Id == id && row.SubAccountId == subAccount, cancellationToken))
        {
            return null;
        }

        return await db.WebhookDeliveries.AsNoTracking()
            .Where(row => row.WebhookId == id && (beforeEvent == null || row.EventId < beforeEvent))
            .OrderByDescending(row => row.EventId)
            .Take(limit)
            .ToListAsync(cancellationToken);
    }

    /// <summary>One page of a webhook's deliveries, newest first. Empty if there is no such webhook in this sub-account.</summary>
    public async Task<DeliveryResults> PageAsync(
        WebhookId id, SubAccountId subAccount, int skip, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var deliveries = db.WebhookDeliveries.AsNoTracking().Where(row => row.WebhookId == id
            && db.Set<Webhook>().Any(webhook => webhook.Id == id && webhook.SubAccountId == subAccount));
        var rows = await deliveries
            .OrderByDescending(row => row.EventId)
            .ThenByDescending(row => row.AppointmentId)
            .Skip(skip)
            .Take(take)
            .Select(row => new DeliveryRow(
                row.Id, row.Type, row.CreatedAt, row.State, row.Attempts, row.NextAttemptAt, row.LastError))
            .ToListAsync(cancellationToken);
        return new DeliveryResults(rows, await deliveries.CountAsync(cancellationToken));
    }

    // Path and query may contain a secret of the receiver.
    private static string HostOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.Host : "";

    private string? Problem(string url)
    {
        if (url.Length > Webhook.UrlMaxLength
            || !Uri.TryCreate(url, UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https"))
        {
            return "url must be an https address";
        }

        if (options.Value.AllowPrivateAddresses)
        {
            return null;
        }

        // Host names are checked at each connection. Addresses that are obviously not public are refused here.
        var isPrivate = address.IsLoopback
            || (IPAddress.TryParse(address.DnsSafeHost, out var literal) && !PublicAddresses.IsPublic(literal));
        return address.Scheme != "https"
            ? "url must be an https address"
            : address.UserInfo.Length > 0 || isPrivate
            ? "url must be a public address"
            : null;
    }
}
