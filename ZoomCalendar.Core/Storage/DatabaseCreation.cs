using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ZoomCalendar.Core.Storage;

/// <summary>Creates missing databases.</summary>
internal static class DatabaseCreation
{
    /// <summary>Creates the PostgreSQL database if it does not exist. Several nodes may call this at the same time.</summary>
    public static async Task EnsureAsync(ZoomCalendarContext db, CancellationToken cancellationToken)
    {
        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (await creator.ExistsAsync(cancellationToken))
        {
            return;
        }

        try
        {
            await creator.CreateAsync(cancellationToken);
        }
        catch (PostgresException exception) when (
            exception.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another node created it at the same moment.
        }
    }
}
