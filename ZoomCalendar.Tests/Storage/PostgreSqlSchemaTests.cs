using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Storage;

/// <summary>PostgreSQL's own types and constraints, as the database itself says after the migrations.</summary>
[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlSchemaTests : IAsyncLifetime
{
    private static readonly Dictionary<Type, string> Native = new()
    {
        [typeof(DateTimeOffset)] = "timestamp with time zone",
        [typeof(Guid)] = "uuid",
        [typeof(bool)] = "boolean",
        [typeof(DateOnly)] = "date",
        [typeof(int)] = "integer",
        [typeof(long)] = "bigint",
    };

    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);

    public Task DisposeAsync() => _database.DisposeAsync().AsTask();

    [Fact]
    public async Task Instants_ids_flags_days_and_numbers_have_native_types()
    {
        var columns = (await RowsAsync(
            """
            SELECT table_name || '.' || column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'
            """)).ToDictionary(row => row[0], row => row[1]);
        await using var db = _database.CreateDbContext();

        var mapped = db.Model.GetEntityTypes().SelectMany(entity => entity.GetFlattenedProperties())
            .Select(property => (Column: Column(property), Type: Native.GetValueOrDefault(Stored(property))))
            .Where(property => property is { Column: not null, Type: not null }).ToList();

        mapped.Should().Contain(("slot_meetings.Start", "timestamp with time zone")).And.Contain(("slot_meetings.Id", "uuid"));
        mapped.Where(property => columns[property.Column!] != property.Type).Should().BeEmpty();
    }

    [Fact]
    public async Task Keys_that_the_database_hands_out_are_identity_columns()
    {
        await using var db = _database.CreateDbContext();
        var handedOut = db.Model.GetEntityTypes().SelectMany(entity => entity.FindPrimaryKey()?.Properties ?? [])
            .Where(property => property.ValueGenerated is ValueGenerated.OnAdd
                && (Stored(property) == typeof(long) || Stored(property) == typeof(int)))
            .Select(Column);

        var identity = await RowsAsync("SELECT table_name || '.' || column_name FROM information_schema.columns WHERE is_identity = 'YES'");

        identity.Select(row => row[0]).Should().Contain("events.Id").And.Contain(handedOut);
    }

    [Theory]
    [InlineData("slot_meetings", "UNIQUE", "(\"CalendarId\", \"HostId\", \"Start\")", "WHERE ((\"State\")::text = ANY (")]
    [InlineData("slot_meetings", "btree (\"NextActionAt\")", "WHERE (\"NextActionAt\" IS NOT NULL)", "")]
    public async Task Indexes_are_partial_where_only_some_rows_matter(string table, params string[] parts)
    {
        var indexes = await RowsAsync($"SELECT indexdef FROM pg_indexes WHERE tablename = '{table}'");

        indexes.Select(row => row[0]).Should()
            .Contain(definition => parts.All(part => definition.Contains(part, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Overlaps_are_excluded_by_a_constraint()
    {
        var constraints = await RowsAsync(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'x' AND conrelid = 'taken_times'::regclass");

        constraints.Should().ContainSingle().Which[0].Should().StartWith("EXCLUDE USING gist").And.Contain("tstzrange")
            .And.Contain("WITH &&");
    }

    /// <summary>Null: it is inside a JSON column.</summary>
    private static string? Column(IProperty property)
    {
        var table = StoreObjectIdentifier.Create(property.DeclaringType.ContainingEntityType, StoreObjectType.Table)!.Value;
        return property.GetColumnName(table) is { } column ? $"{table.Name}.{column}" : null;
    }

    private static Type Stored(IProperty property)
    {
        var type = property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType;
        return Nullable.GetUnderlyingType(type) ?? type;
    }

    private async Task<List<string[]>> RowsAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string[]>();
        while (await reader.ReadAsync())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        }

        return rows;
    }
}
