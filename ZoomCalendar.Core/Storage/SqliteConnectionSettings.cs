using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ZoomCalendar.Core.Storage;

/// <summary>What every SQLite connection is told when it opens: durable commits, enforced foreign keys, and patience with other writers.</summary>
internal sealed class SqliteConnectionSettings : DbConnectionInterceptor
{
    // The busy time-out makes SQLite itself wait, with short naps; the driver's own retry naps 150 ms each time.
    private const string Pragmas = "PRAGMA busy_timeout = 30000; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
