using System.Data.Common;
using System.Globalization;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Operations.DatabaseCopy;

/// <summary>
/// Moves an installation from one database to another. The app must be stopped. An interrupted move is continued by running it again. The
/// source stays unchanged except for a mark that keeps the app from starting on it: two running installations with one id would both change
/// the same meetings.
/// </summary>
public sealed class DatabaseMove(Action<CopyProgress> report)
{
    /// <summary>Moves the installation, compares both databases and marks the source.</summary>
    public async Task MoveAsync(DatabaseOptions from, DatabaseOptions to, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (from == to)
        {
            throw new DatabaseMoveException(DatabaseMoveFailure.Address, "Both are the same database.");
        }

        await using var source = DatabaseEndpoint.Of(from);
        await using var target = DatabaseEndpoint.Of(to);
        var at = source;
        try
        {
            await source.OpenSourceAsync(cancellationToken);
            var installation = await CopySource.IdentifyAsync(source, cancellationToken);
            at = target;
            await target.OpenTargetAsync(cancellationToken);
            var isContinued = await new CopyCheckpoint(target).SourceAsync(cancellationToken) == installation;
            at = source;
            await source.LockAsync(cancellationToken);
            await RemoveMovedMarkAsync(source, isContinued, cancellationToken);
            at = target;
            await CopyTarget.PrepareAsync(target, installation, cancellationToken);
            var copier = new DatabaseCopier(source, target, report);
            await copier.CopyAsync(cancellationToken);
            await copier.CheckAsync(cancellationToken);
            await CopyTarget.FinishAsync(target, cancellationToken);

            // If the process ends between the two steps, the next attempt finds a marked source and an unfinished copy, and completes it.
            await AddMovedMarkAsync(source, now, cancellationToken);
            await source.ReleaseAsync(cancellationToken);
            await new CopyCheckpoint(target).EndAsync(cancellationToken);
        }
        catch (DbException exception)
        {
            throw CopyErrors.Of(at.Name, exception);
        }
    }

    private static async Task RemoveMovedMarkAsync(DatabaseEndpoint source, bool isContinued, CancellationToken cancellationToken)
    {
        if (await source.ScalarAsync("""SELECT "MovedAt" FROM installation""", cancellationToken) is null)
        {
            return;
        }

        if (!isContinued)
        {
            throw new DatabaseMoveException(
                DatabaseMoveFailure.WrongSource,
                $"{source.Name} was moved already. The installation lives on in the database it was moved to.");
        }

        await source.ExecuteAsync("""UPDATE installation SET "MovedAt" = NULL""", cancellationToken);
    }

    private static Task AddMovedMarkAsync(DatabaseEndpoint source, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var at = source is SqliteEndpoint
            ? now.UtcTicks.ToString(CultureInfo.InvariantCulture)
            : $"'{now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}'";
        return source.ExecuteAsync($"""UPDATE installation SET "MovedAt" = {at}""", cancellationToken);
    }
}
