using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Operations.DatabaseCopy;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Storage.Moving;

/// <summary>Moving out of the database that the class is for, into the other one.</summary>
public abstract class DatabaseMoveTests(DatabaseProvider from) : IAsyncLifetime
{
    private readonly DatabaseMoveTestHost _scheduleHost = new();
    private TestTenant _tenant = null!;
    private CalendarId _calendar;
    private DatabaseOptions _source = null!;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync(from);
        _calendar = await _tenant.CalendarAsync(
            CalendarType.ClassBooking, [await _tenant.UserAsync("ben")], new BookingRules { Seats = 2 });
        await _tenant.BookedAsync(_calendar, TestTenant.Monday.AddHours(2));
        await _tenant.BookedAsync(_calendar, TestTenant.Monday.AddHours(2));
        _source = DatabaseMoveTestHost.Of(_tenant.Database);
    }

    public async Task DisposeAsync()
    {
        await _scheduleHost.DisposeAsync();
        await _tenant.DisposeAsync();
    }

    [DatabaseFact]
    public async Task The_app_continues_on_the_new_database_with_its_constraints()
    {
        // Fewer seats than are taken: what was booked stays booked.
        await _tenant.Database.WriteAsync(db => db.Calendars.Where(calendar => calendar.Id == _calendar).ExecuteUpdateAsync(
            set => set.SetProperty(calendar => calendar.Rules.Seats, 1)));
        var target = await EmptyAsync();

        await DatabaseMoveTestHost.MoveAsync(_source, target);

        await using var there = await NewLifeAsync(target);
        var lastEvent = await _tenant.Database.ReadAsync(db => db.Events.MaxAsync(entry => entry.Id));
        var hosts = await there.ReadAsync(db => db.CalendarMembers.Select(member => member.UserId).ToListAsync());
        var book = new Core.Appointments.AppointmentBook(there, new Core.Appointments.FreeSlotFinder(there), _tenant.Signals);
        var request = new BookRequestBuilder(_calendar, TestTenant.Monday.AddHours(3)).Request;
        (await book.BookAsync(request, _tenant.AsAdmin, TestTenant.Monday, CancellationToken.None)).Succeeded.Should().BeTrue();
        (await book.BookAsync(
            request with { Start = TestTenant.Monday.AddHours(2) },
            _tenant.AsAdmin,
            TestTenant.Monday,
            CancellationToken.None)).Succeeded.Should().BeFalse();
        (await there.ReadAsync(db => db.Events.MaxAsync(entry => entry.Id))).Should().BeGreaterThan(lastEvent);
        hosts.Should().ContainSingle();
        (await InstallationAsync(there)).Should().Be(await InstallationAsync(_tenant.Database), "it is a move, not a copy");
    }

    [DatabaseFact]
    public async Task The_app_does_not_start_on_the_old_database_any_more()
    {
        await DatabaseMoveTestHost.MoveAsync(_source, await EmptyAsync());

        var start = () => new DatabaseMigrator(_tenant.Database).MigrateAsync(CancellationToken.None);

        (await start.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*was moved to another database*");
        var again = async () => await DatabaseMoveTestHost.MoveAsync(_source, await EmptyAsync());
        await ShouldFailAsync(again, DatabaseMoveFailure.WrongSource, "*was moved already*");
    }

    [DatabaseFact]
    public async Task A_move_that_crashed_continues_where_it_stopped()
    {
        await new ManyEvents(_tenant).WriteAsync(5_000);
        var target = await EmptyAsync();
        var copied = new List<long>();

        var dies = () => DatabaseMoveTestHost.MoveAsync(
            _source, target, progress => _ = progress is { Table: "events", Rows: >= 2_000 } ? throw new Died() : 0);
        await dies.Should().ThrowAsync<Died>();
        var start = async () => await NewLifeAsync(target);
        (await start.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*unfinished copy*");
        await DatabaseMoveTestHost.MoveAsync(
            _source, target, progress => copied.AddRange(progress is { Phase: CopyPhase.Copying, Table: "events" } ? [progress.Rows] : []));

        copied.Should().StartWith([4_000]);
        await using var there = await NewLifeAsync(target);
        (await there.ReadAsync(db => db.Events.CountAsync())).Should().Be((await _tenant.EventsAsync()).Count);
    }

    [DatabaseFact]
    public async Task A_move_that_crashed_after_its_last_mark_is_finished()
    {
        var target = await EmptyAsync();
        var dies = () =>
            DatabaseMoveTestHost.MoveAsync(_source, target, progress => _ = progress.Phase is CopyPhase.Checking ? throw new Died() : 0);
        await dies.Should().ThrowAsync<Died>();
        await _tenant.Database.WriteAsync(
            db => db.Installations.ExecuteUpdateAsync(set => set.SetProperty(row => row.MovedAt, (DateTimeOffset?)TestTenant.Monday)));

        await DatabaseMoveTestHost.MoveAsync(_source, target);

        await using var there = await NewLifeAsync(target);
        (await there.ReadAsync(db => db.Appointments.CountAsync())).Should().Be(2);
    }

    [DatabaseFact]
    public async Task A_row_changed_between_two_attempts_is_noticed()
    {
        var target = await EmptyAsync();
        var dies = () =>
            DatabaseMoveTestHost.MoveAsync(_source, target, progress => _ = progress.Phase is CopyPhase.Checking ? throw new Died() : 0);
        await dies.Should().ThrowAsync<Died>();
        await _tenant.Database.WriteAsync(db => db.Appointments.ExecuteUpdateAsync(set => set.SetProperty(row => row.Title, "Changed")));

        var again = () => DatabaseMoveTestHost.MoveAsync(_source, target);

        await ShouldFailAsync(again, DatabaseMoveFailure.Different, "*appointments (2 rows*");
        await new DatabaseMigrator(_tenant.Database).MigrateAsync(CancellationToken.None);
    }

    [DatabaseFact]
    public async Task A_row_added_between_two_attempts_is_noticed()
    {
        var target = await EmptyAsync();
        var dies = () =>
            DatabaseMoveTestHost.MoveAsync(_source, target, progress => _ = progress.Phase is CopyPhase.Checking ? throw new Died() : 0);
        await dies.Should().ThrowAsync<Died>();
        var first = new SubAccount(new SubAccountId(new Guid("00000000-0000-7000-8000-000000000001")), "First", "first", TestTenant.Monday);
        await _tenant.Database.WriteAsync(db => db.SubAccounts.AddAsync(first).AsTask());

        var again = () => DatabaseMoveTestHost.MoveAsync(_source, target);

        await ShouldFailAsync(again, DatabaseMoveFailure.Different, "*begin again; the source is untouched.");
    }

    [DatabaseFact]
    public async Task A_target_that_is_not_empty_is_refused_and_not_changed()
    {
        await using var taken = await TestTenant.CreateAsync(Other);
        var before = await DatabaseDump.OfAsync(DatabaseMoveTestHost.Of(taken.Database));

        var move = () => DatabaseMoveTestHost.MoveAsync(_source, DatabaseMoveTestHost.Of(taken.Database));

        await ShouldFailAsync(move, DatabaseMoveFailure.NotEmpty, "*is not empty*");
        (await DatabaseDump.OfAsync(DatabaseMoveTestHost.Of(taken.Database))).Should().BeEquivalentTo(before);
    }

    [DatabaseFact]
    public async Task A_move_is_refused_while_the_app_runs()
    {
        await using var db = _tenant.Database.CreateDbContext();
        await db.Database.OpenConnectionAsync();
        await db.Appointments.CountAsync();

        var move = async () =>
            await new DatabaseMove(_ => { }).MoveAsync(_source, await EmptyAsync(), TestTenant.Monday, CancellationToken.None);

        await ShouldFailAsync(move, DatabaseMoveFailure.InUse, "*Stop the app*");
    }

    [DatabaseFact]
    public async Task The_schema_of_another_version_is_refused()
    {
        await _tenant.Database.WriteAsync(db => db.Database.ExecuteSqlRawAsync("""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('99990101000000_Later', '11')"""));

        var newer = async () => await DatabaseMoveTestHost.MoveAsync(_source, await EmptyAsync());
        await ShouldFailAsync(newer, DatabaseMoveFailure.WrongSource, "*newer version*");

        await _tenant.Database.WriteAsync(db => db.Database.ExecuteSqlRawAsync("""DELETE FROM "__EFMigrationsHistory" """));
        var older = async () => await DatabaseMoveTestHost.MoveAsync(_source, await EmptyAsync());
        await ShouldFailAsync(older, DatabaseMoveFailure.WrongSource, "*older version*");
    }

    private DatabaseProvider Other => from is DatabaseProvider.Sqlite ? DatabaseProvider.PostgreSql : DatabaseProvider.Sqlite;

    private static async Task<TestDatabase> NewLifeAsync(DatabaseOptions target)
    {
        var database = DatabaseMoveTestHost.Open(target);
        await new DatabaseMigrator(database).MigrateAsync(CancellationToken.None);
        return database;
    }

    private static Task<string> InstallationAsync(TestDatabase database) =>
        database.ReadAsync(db => db.Installations.Select(row => row.InstallationId).SingleAsync());

    private static async Task ShouldFailAsync(Func<Task> move, DatabaseMoveFailure failure, string words) =>
        (await move.Should().ThrowAsync<DatabaseMoveException>().WithMessage(words)).Which.Failure.Should().Be(failure);

    private Task<DatabaseOptions> EmptyAsync() => _scheduleHost.EmptyAsync(Other);

    private sealed class Died : Exception;
}

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class SqliteDatabaseMoveTests() : DatabaseMoveTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlDatabaseMoveTests() : DatabaseMoveTests(DatabaseProvider.PostgreSql);

internal sealed class ManyEvents(TestTenant tenant)
{
    public Task WriteAsync(int count) => tenant.Database.WriteAsync(async db =>
    {
        for (var number = 0; number < count; number++)
        {
            db.Events.Add(new Core.Events.Event
            {
                At = TestTenant.Monday,
                SubAccountId = tenant.SubAccount,
                Kind = Core.Events.EventKind.CalendarChanged,
                Detail = $"{number}",
            });
        }

        await Task.CompletedTask;
    });
}
