using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Webhooks;

namespace ZoomCalendar.Core.Operations.DatabaseCopy;

/// <summary>
/// Turns a copied database into a separate installation. It gets a new id and loses all connections, tokens and meeting ids: a token
/// refresh in the copy would end the original's connection. Nothing is sent to Zoom. The key ring and the signing key are deleted, so the
/// copy can use another master key.
/// </summary>
public sealed class InstallationRenewal(DatabaseOptions database)
{
    /// <summary>Renews the installation. The app must be stopped.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        await using var endpoint = DatabaseEndpoint.Of(database);
        try
        {
            await endpoint.OpenSourceAsync(cancellationToken);
            await CopySource.IdentifyAsync(endpoint, cancellationToken);
            await endpoint.LockAsync(cancellationToken);
            await endpoint.ReleaseAsync(cancellationToken);
            await using var db = endpoint.NewContext();
            await using var transaction = await db.BeginWriteAsync(cancellationToken);
            await db.Connections.ExecuteDeleteAsync(cancellationToken);
            await db.PendingConnections.ExecuteDeleteAsync(cancellationToken);
            await db.ZoomAccounts.ExecuteDeleteAsync(cancellationToken);
            await db.SigningKeys.ExecuteDeleteAsync(cancellationToken);
            await db.DataProtectionKeys.ExecuteDeleteAsync(cancellationToken);
            (await db.SlotMeetings.ToListAsync(cancellationToken)).ForEach(meeting => meeting.EraseZoomData());
            db
                .Entry(await db.Installations.SingleAsync(cancellationToken)).CurrentValues
                .SetValues(new
                {
                    InstallationId = DatabaseMigrator.NewInstallationId(),
                    MovedAt = (DateTimeOffset?)null,
                    WrappedHashKey = (string?)null,
                });
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbException exception)
        {
            throw CopyErrors.Of(endpoint.Name, exception);
        }
    }
}
