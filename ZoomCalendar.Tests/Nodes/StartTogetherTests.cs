using Microsoft.EntityFrameworkCore;
using Npgsql;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Nodes;

/// <summary>Several nodes start at once, of one version or of two.</summary>
[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class StartTogetherTests
{
    [DatabaseFact]
    public async Task Three_nodes_start_on_a_database_that_does_not_exist_yet()
    {
        await using var some = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
        var name = $"test_{Guid.NewGuid():N}";
        var connection = new NpgsqlConnectionStringBuilder(some.ConnectionString) { Database = name, Pooling = false }.ToString();
        try
        {
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
                new DatabaseMigrator(TestDatabase.Open(DatabaseProvider.PostgreSql, connection)).MigrateAsync(CancellationToken.None))));

            await using var db = TestDatabase.Open(DatabaseProvider.PostgreSql, connection).CreateDbContext();
            (await db.Database.GetPendingMigrationsAsync()).Should().BeEmpty();
            (await db.Installations.CountAsync()).Should().Be(1);
            (await TriggersAsync(db)).Should().Contain(["events_written", "taken_times_seats"]);
        }
        finally
        {
            var drop = $"DROP DATABASE IF EXISTS {name} WITH (FORCE)";
            await some.WriteAsync(db => db.Database.ExecuteSqlRawAsync(drop));
        }
    }

    [DatabaseFact]
    public async Task An_older_version_runs_on_a_newer_schema_without_changing_it()
    {
        await using var tenant = await TestTenant.CreateAsync(DatabaseProvider.PostgreSql);
        await ExpandAsync(tenant.Database);

        await new DatabaseMigrator(tenant.Database).MigrateAsync(CancellationToken.None);

        (await FunctionAsync(tenant.Database)).Should().Contain("of the next version", "what the newer version wrote by hand stays");
        var ben = await tenant.UserAsync("ben");
        var calendar = await tenant.CalendarAsync(Core.Scheduling.CalendarType.Personal, [ben]);
        await tenant.BookedAsync(calendar, tenant.Now.AddDays(1));
    }

    /// <summary>What a migration of the next version may do: a column with a default, a table, another hand-written function.</summary>
    private static Task ExpandAsync(TestDatabase database) => database.WriteAsync(db => db.Database.ExecuteSqlRawAsync(
        """
        ALTER TABLE appointments ADD COLUMN "Mood" text NOT NULL DEFAULT '';
        CREATE TABLE moods ("Id" uuid PRIMARY KEY);
        CREATE OR REPLACE FUNCTION events_written() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            -- of the next version
            PERFORM pg_notify('zoomcalendar_events', '');
            RETURN NULL;
        END $$;
        INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Moods', '10.0.0');
        """));

    private static Task<string> FunctionAsync(TestDatabase database) => database.ReadAsync(db =>
        db.Database.SqlQuery<string>($"""SELECT prosrc AS "Value" FROM pg_proc WHERE proname = 'events_written'""").SingleAsync());

    private static Task<List<string>> TriggersAsync(ZoomCalendarContext db) =>
        db.Database.SqlQuery<string>($"""SELECT tgname::text AS "Value" FROM pg_trigger""").ToListAsync();
}
