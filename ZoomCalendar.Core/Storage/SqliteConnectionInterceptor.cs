using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ZoomCalendar.Core.Storage;

/// <summary>What every SQLite connection is told when it opens: durable commits, enforced foreign keys, and patience with other writers.</summary>
internal sealed class SqliteConnectionInterceptor : DbConnectionInterceptor
{
    // The busy time-out makes SQLite itself wait, with short naps; the driver's own retry naps 150 ms each time.
    private const string Pragmas = "PRAGMA busy_timeout = 30000; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";

    // What a pooled connection was told once it still knows.
    private readonly ConditionalWeakTable<object, object> _told = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (!IsNew(connection))
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (!IsNew(connection))
        {
            return;
        }

        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private bool IsNew(DbConnection connection) => ((SqliteConnection)connection).Handle is not { } handle || _told.TryAdd(handle, this);
}
