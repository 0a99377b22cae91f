using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Operations.DatabaseCopy;

/// <summary>Makes a database ready to receive a copy: empty, or the half of this one.</summary>
internal static class CopyTarget
{
    // EF Core's own.
    private static readonly string[] Bookkeeping = ["__EFMigrationsHistory", "__EFMigrationsLock"];

    public static async Task PrepareAsync(DatabaseEndpoint target, string installation, CancellationToken cancellationToken)
    {
        var notes = new CopyCheckpoint(target);
        switch (await notes.SourceAsync(cancellationToken))
        {
            case null:
                await EnsureEmptyAsync(target, cancellationToken);
                break;

            // "": it died before it had written down whose copy it is.
            case var source when source != installation && source.Length > 0:
                throw new DatabaseMoveException(DatabaseMoveFailure.NotEmpty, $"{target.Name} holds the unfinished copy of another installation. Empty it first.");
        }

        await using (var db = target.NewContext())
        {
            try
            {
                await db.Database.MigrateAsync(cancellationToken);
            }
            catch (DbException exception)
            {
                throw CopyErrors.Of(target.Name, exception);
            }
        }

        await notes.BeginAsync(installation, cancellationToken);
    }

    /// <summary>The rules written by hand come last: they would check each row against data that is not there yet, and against seats as they are today.</summary>
    public static async Task FinishAsync(DatabaseEndpoint target, CancellationToken cancellationToken)
    {
        await using var db = target.NewContext();
        await HandWrittenSql.ApplyAsync(db, cancellationToken);
    }

    private static async Task EnsureEmptyAsync(DatabaseEndpoint target, CancellationToken cancellationToken)
    {
        var known = CopiedTables.All.ToDictionary(table => table.Name);
        foreach (var name in (await target.TableNamesAsync(cancellationToken)).Except(Bookkeeping))
        {
            if (!known.TryGetValue(name, out var table) || await target.CountAsync(table.QuotedName, cancellationToken) > 0)
            {
                throw new DatabaseMoveException(
                    DatabaseMoveFailure.NotEmpty, $"{target.Name} is not empty: there is a table {name}. Nothing was changed. Name an empty database, or a file that is not there yet.");
            }
        }
    }
}
