using Microsoft.EntityFrameworkCore;

namespace ZoomCalendar.Core.Operations.DatabaseCopy;

/// <summary>Checks that a database is an installation that this version can read.</summary>
internal static class CopySource
{
    private const string History = "__EFMigrationsHistory";

    /// <returns>The installation id.</returns>
    public static async Task<string> IdentifyAsync(DatabaseEndpoint source, CancellationToken cancellationToken)
    {
        var tables = await source.TableNamesAsync(cancellationToken);
        if (!tables.Contains(History) || !tables.Contains("installation"))
        {
            throw new DatabaseMoveException(DatabaseMoveFailure.WrongSource, $"There is no installation of this app in {source.Name}.");
        }

        if (tables.Contains(CopyCheckpoint.Table))
        {
            throw new DatabaseMoveException(
                DatabaseMoveFailure.WrongSource,
                $"{source.Name} is itself an unfinished copy. Finish it, or use the database it was made from.");
        }

        await CheckSchemaAsync(source, cancellationToken);
        return await source.ScalarAsync("SELECT \"InstallationId\" FROM installation", cancellationToken) as string
            ?? throw new DatabaseMoveException(DatabaseMoveFailure.WrongSource, $"There is no installation of this app in {source.Name}.");
    }

    private static async Task CheckSchemaAsync(DatabaseEndpoint source, CancellationToken cancellationToken)
    {
        await using var db = source.NewContext();
        var known = db.Database.GetMigrations().ToList();
        var applied = await source.NumberAsync($"SELECT count(*) FROM \"{History}\"", cancellationToken);
        var knownApplied = await source.NumberAsync(
            $"SELECT count(*) FROM \"{History}\" WHERE \"MigrationId\" IN ({string.Join(", ", known.Select(id => $"'{id}'"))})",
            cancellationToken);
        if (applied > knownApplied)
        {
            throw new DatabaseMoveException(
                DatabaseMoveFailure.WrongSource, $"{source.Name} was written by a newer version of this app. Use that version.");
        }

        if (knownApplied < known.Count)
        {
            throw new DatabaseMoveException(
                DatabaseMoveFailure.WrongSource, $"{source.Name} was written by an older version of this app. "
                    + "Use that version, or start this one on it once: it brings the schema up to date.");
        }
    }
}
