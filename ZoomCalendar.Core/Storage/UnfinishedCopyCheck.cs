using Microsoft.EntityFrameworkCore;

namespace ZoomCalendar.Core.Storage;

/// <summary>Refuses to start on a database that is an unfinished copy or was moved away.</summary>
internal static class UnfinishedCopyCheck
{
    /// <summary>
    /// The progress of a copy, kept in the target database until the copy is complete. The table is not part of the model.
    /// </summary>
    public const string Table = "unfinished_copy";

    /// <summary>Call it before the schema is changed.</summary>
    /// <exception cref="StartupException">The database is an unfinished copy.</exception>
    public static async Task EnsureNoneAsync(ZoomCalendarContext db, CancellationToken cancellationToken)
    {
        if (!await db.Database.CanConnectAsync(cancellationToken))
        {
            return;
        }

        var count = db.Database.IsSqlite()
            ? db.Database.SqlQuery<int>($"SELECT count(*) AS \"Value\" FROM sqlite_master WHERE name = {Table}")
            : db.Database.SqlQuery<int>(
                $"""
                 SELECT count(*)::int AS "Value" FROM information_schema.tables
                 WHERE table_schema = current_schema() AND table_name = {Table}
                 """);
        if (await count.SingleAsync(cancellationToken) > 0)
        {
            throw new StartupException(
                "This database is an unfinished copy: move-database or restore was interrupted. Run the same command again; "
                    + "it goes on where it stopped.");
        }
    }

    /// <summary>Refuses to start on a database whose installation was moved away.</summary>
    public static void EnsureNotMoved(Installation installation)
    {
        if (installation.MovedAt is { } at)
        {
            throw new StartupException(
                $"This installation was moved to another database on {at:u}. "
                    + $"Start the app with that one (Database:Provider, ConnectionStrings:{DatabaseOptions.ConnectionStringName}); "
                    + "on both at once they would fight over the meetings.");
        }
    }
}
