using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Operations.DatabaseCopy;

/// <summary>
/// Backs up an installation to a SQLite file, and restores it. The file has one consistent state, whichever database it came from, and can
/// be restored to either. The app may run during a backup. The file does not contain the master key, without which tokens cannot be
/// decrypted.
/// </summary>
public sealed class DatabaseBackup(Action<CopyProgress> report)
{
    /// <param name="file">Created atomically, readable by its owner only.</param>
    public async Task BackUpAsync(DatabaseOptions from, string file, CancellationToken cancellationToken)
    {
        if (File.Exists(file))
        {
            throw new DatabaseMoveException(
                DatabaseMoveFailure.NotEmpty, $"There is a file {file} already. It was left alone; name another one.");
        }

        var part = $"{file}.part";
        try
        {
            Create(part);
            await using (var source = DatabaseEndpoint.Of(from))
            await using (var target = new SqliteEndpoint(OptionsForFile(part)))
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

    /// <summary>
    /// Restores a backup into an empty database. Slot meetings without a known Zoom meeting are marked for a check in Zoom.
    /// </summary>
    public async Task RestoreAsync(string file, DatabaseOptions to, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var source = new SqliteEndpoint(OptionsForFile(file));
        await using var target = DatabaseEndpoint.Of(to);
        await CopyAsync(source, target, db => MarkUncertainAsync(db, now, cancellationToken), cancellationToken);
    }

    // Meetings may have been created in Zoom between the backup and now.
    private static async Task MarkUncertainAsync(ZoomCalendarContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var wanted = await db.SlotMeetings
            .Where(meeting => meeting.State == SlotMeetingState.Wanted && meeting.End > now)
            .ToListAsync(cancellationToken);
        wanted.ForEach(meeting => meeting.MarkPossiblyCreated(now));
    }

    private async Task CopyAsync(
        DatabaseEndpoint source, DatabaseEndpoint target, Func<ZoomCalendarContext, Task> finish, CancellationToken cancellationToken)
    {
        var at = source;
        try
        {
            await source.OpenSourceAsync(cancellationToken);
            await source.SnapshotAsync(cancellationToken);
            var installation = await CopySource.IdentifyAsync(source, cancellationToken);
            if (await source.ScalarAsync("""SELECT "MovedAt" FROM installation""", cancellationToken) is not null)
            {
                throw new DatabaseMoveException(
                    DatabaseMoveFailure.WrongSource, $"{source.Name} was moved. Back up the database it was moved to.");
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
            // The checkpoint table is dropped in the same transaction.
            await db.Database.ExecuteSqlRawAsync($"DROP TABLE {CopyCheckpoint.Table}", cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbException exception)
        {
            throw CopyErrors.Of(at.Name, exception);
        }
    }

    private static DatabaseOptions OptionsForFile(string file) =>
        new() { Provider = DatabaseProvider.Sqlite, ConnectionString = new SqliteConnectionStringBuilder { DataSource = file }.ToString() };

    private static void Create(string file)
    {
        Remove(file);
        try
        {
            OwnerOnlyFile.Create(file).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseMoveException(
                DatabaseMoveFailure.Unreachable,
                $"The file cannot be written: {file}. Does its folder exist, and may this user write there?",
                exception);
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
                // Creating the file reports the missing folder.
            }
        }
    }
}
