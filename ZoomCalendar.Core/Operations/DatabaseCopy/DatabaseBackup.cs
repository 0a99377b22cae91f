using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Operations.DatabaseCopy;

/// <summary>
/// A backup is a SQLite file with the whole of one state of an installation, whichever database it lives in: it can be restored into
/// either, and the app may run while it is made. The master key is not in it; without that key it yields no token.
/// </summary>
public sealed class DatabaseBackup(Action<CopyProgress> report)
{
    /// <param name="file">Appears whole, readable for its owner alone, or not at all.</param>
    public async Task BackUpAsync(DatabaseOptions from, string file, CancellationToken cancellationToken)
    {
        if (File.Exists(file))
        {
            throw new DatabaseMoveException(DatabaseMoveFailure.NotEmpty, $"There is a file {file} already. It was left alone; name another one.");
        }

        var part = $"{file}.part";
        try
        {
            Make(part);
            await using (var source = DatabaseEndpoint.Of(from))
            await using (var target = new SqliteEndpoint(OfFile(part)))
            {
                await CopyAsync(source, target, _ => Task.CompletedTask, cancellationToken);
                await target.CheckpointAsync(cancellationToken);
            }

            File.Move(part, file, overwrite: false);
        }
        finally
        {
            Remove(part);
        }
    }

    public async Task RestoreAsync(string file, DatabaseOptions to, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var source = new SqliteEndpoint(OfFile(file));
        await using var target = DatabaseEndpoint.Of(to);
        await CopyAsync(source, target, db => MarkUncertainAsync(db, now, cancellationToken), cancellationToken);
    }

    // Between the backup and now, meetings may have been made for slots that had none.
    private static async Task MarkUncertainAsync(ZoomCalendarContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var wanted = await db.SlotMeetings.Where(meeting => meeting.State == SlotMeetingState.Wanted && meeting.End > now).ToListAsync(cancellationToken);
        wanted.ForEach(meeting => meeting.MarkPossiblyCreated(now));
    }

    private async Task CopyAsync(DatabaseEndpoint source, DatabaseEndpoint target, Func<ZoomCalendarContext, Task> finish, CancellationToken cancellationToken)
    {
        var at = source;
        try
        {
            await source.OpenSourceAsync(cancellationToken);
            await source.SnapshotAsync(cancellationToken);
            var installation = await CopySource.IdentifyAsync(source, cancellationToken);
            if (await source.ScalarAsync("""SELECT "MovedAt" FROM installation""", cancellationToken) is not null)
            {
                throw new DatabaseMoveException(DatabaseMoveFailure.WrongSource, $"{source.Name} was moved. Back up the database it was moved to.");
            }

            at = target;
            await target.OpenTargetAsync(cancellationToken);
            await CopyTarget.PrepareAsync(target, installation, cancellationToken);
            var copier = new DatabaseCopier(source, target, report);
            await copier.CopyAsync(cancellationToken);
            await copier.CheckAsync(cancellationToken);
            await CopyTarget.FinishAsync(target, cancellationToken);
            await using var db = target.NewContext();
            await using var transaction = await db.BeginWriteAsync(cancellationToken);
            await finish(db);
            await db.SaveChangesAsync(cancellationToken);
            // The last word: with what was changed, or not at all.
            await db.Database.ExecuteSqlRawAsync($"DROP TABLE {CopyCheckpoint.Table}", cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbException exception)
        {
            throw CopyErrors.Of(at.Name, exception);
        }
    }

    private static DatabaseOptions OfFile(string file) =>
        new() { Provider = DatabaseProvider.Sqlite, ConnectionString = new SqliteConnectionStringBuilder { DataSource = file }.ToString() };

    private static void Make(string file)
    {
        Remove(file);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            new FileStream(file, options).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseMoveException(DatabaseMoveFailure.Unreachable, $"The file cannot be written: {file}. Does its folder exist, and may this user write there?", exception);
        }
    }

    private static void Remove(string file)
    {
        foreach (var part in new[] { file, $"{file}-wal", $"{file}-shm", $"{file}-journal" })
        {
            try
            {
                File.Delete(part);
            }
            catch (DirectoryNotFoundException)
            {
                // Said by who makes the file.
            }
        }
    }
}
