using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ZoomCalendar.Core.Storage;

internal static class DatabaseCreation
{
    /// <summary>Makes the PostgreSQL database if the server has none of this name; of several nodes that start at once, one does.</summary>
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
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another node starts at the same moment.
        }
    }
}
