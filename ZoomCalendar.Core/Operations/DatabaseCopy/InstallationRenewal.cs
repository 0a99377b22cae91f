using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Webhooks;

namespace ZoomCalendar.Core.Operations.DatabaseCopy;

/// <summary>
/// Turns a copied database into an installation of its own: a new id, and nothing left by which it could touch the original's meetings
/// or wear out its tokens (a refresh in the copy would end the original's connection). Zoom is told nothing. The keys go too: the copy signs
/// in nobody's name, and opens under a master key of its own.
/// </summary>
public sealed class InstallationRenewal(DatabaseOptions database)
{
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        await using var end = DatabaseEndpoint.Of(database);
        try
        {
            await end.OpenSourceAsync(cancellationToken);
            await CopySource.IdentifyAsync(end, cancellationToken);
            await end.LockAsync(cancellationToken);
            await end.ReleaseAsync(cancellationToken);
            await using var db = end.NewContext();
            await using var transaction = await db.BeginWriteAsync(cancellationToken);
            await db.Connections.ExecuteDeleteAsync(cancellationToken);
            await db.PendingConnections.ExecuteDeleteAsync(cancellationToken);
            await db.ZoomAccounts.ExecuteDeleteAsync(cancellationToken);
            await db.SigningKeys.ExecuteDeleteAsync(cancellationToken);
            await db.DataProtectionKeys.ExecuteDeleteAsync(cancellationToken);
            (await db.SlotMeetings.ToListAsync(cancellationToken)).ForEach(meeting => meeting.EraseZoomData());
            db.Entry(await db.Installations.SingleAsync(cancellationToken)).CurrentValues.SetValues(new { InstallationId = DatabaseMigrator.NewInstallationId(), MovedAt = (DateTimeOffset?)null });
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbException exception)
        {
            throw CopyErrors.Of(end.Name, exception);
        }
    }
}
