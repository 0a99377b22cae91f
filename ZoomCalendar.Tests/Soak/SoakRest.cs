using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Soak;

/// <summary>What keeps the app from rest, in words that tell why: a row that waits for ever explains itself.</summary>
internal static class SoakRest
{
    public static async Task<IReadOnlyList<string>> WhatIsLeftAsync(TestDatabase database)
    {
        var now = TimeProvider.System.GetUtcNow();
        var rows = await database.ReadAsync(
            db => db.SlotMeetings.AsNoTracking().Where(row => row.NextActionAt != null || row.InFlight != null).ToListAsync());
        var accounts = await database.ReadAsync(db => db.ZoomAccounts.AsNoTracking().Where(
            account => account.LastSweptAt == null || account.WorkLeaseUntil > now).ToListAsync());
        var quotas = await database.ReadAsync(db => db.QuotaDays.AsNoTracking().ToListAsync());
        var left =
            rows.Select(row => $"slot meeting {row.Id}, {row.State}, waits for {row.WaitingFor}, in flight "
                + $"{row.InFlight?.ToString() ?? "nothing"}{Ago(row.InFlightSince)}, next{In(row.NextActionAt)}, "
                + $"{row.Attempts} failures, looks {row.LookAsked}, changed{Ago(row.FirstChangedAt)}, \"{row.LastError}\", by account {row.ZoomUserKey?[..4]}")
            .Concat(accounts.Select(
                account =>
                    $"account {account.Key[..4]}, {account.State}, swept{Ago(account.LastSweptAt)}, "
                        + $"leased{In(account.WorkLeaseUntil)}, rests{In(account.BackoffUntil)}, {account.Failures} failures"))
            .ToList();

        return left.Count == 0 ? left : [.. left, .. quotas.Select(
            quota => $"quota of {quota.ZoomUserKey[..4]} on {quota.Day:O}: {quota.Used} used, by Zoom's word {quota.UsedUp}")];

        string In(DateTimeOffset? at) => at is { } then ? $" in {(then - now).TotalSeconds:0.0} s" : " never";

        string Ago(DateTimeOffset? at) => at is { } then ? $" {(now - then).TotalSeconds:0.0} s ago" : "";
    }

    public static Task<bool> IsAnythingDueAsync(TestDatabase database)
    {
        var now = TimeProvider.System.GetUtcNow();
        return database.ReadAsync(db => db.SlotMeetings.AnyAsync(row => row.NextActionAt <= now && row.ZoomUserKey != null));
    }
}
