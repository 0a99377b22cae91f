using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Operations.DatabaseCopy;

/// <summary>Prepares a target database. It must be empty or contain an unfinished copy of the same installation.</summary>
internal static class CopyTarget
{
    // EF Core's own tables.
    private static readonly string[] Bookkeeping = ["__EFMigrationsHistory", "__EFMigrationsLock"];

    public static async Task PrepareAsync(DatabaseEndpoint target, string installation, CancellationToken cancellationToken)
    {
        var checkpoint = new CopyCheckpoint(target);
        switch (await checkpoint.SourceAsync(cancellationToken))
        {
            case null:
                await EnsureEmptyAsync(target, cancellationToken);
                break;

            // "": the earlier attempt was interrupted before it wrote the source.
            case var source when source != installation && source.Length > 0:
                throw new DatabaseMoveException(
                    DatabaseMoveFailure.NotEmpty, $"{target.Name} holds the unfinished copy of another installation. Empty it first.");
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

        await checkpoint.BeginAsync(installation, cancellationToken);
    }

    /// <summary>
    /// Hand-written constraints are created last: during the copy they would check rows against data that is not there yet.
    /// </summary>
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
                    DatabaseMoveFailure.NotEmpty, $"{target.Name} is not empty: there is a table {name}. Nothing was changed. "
                        + "Name an empty database, or a file that is not there yet.");
            }
        }
    }
}
