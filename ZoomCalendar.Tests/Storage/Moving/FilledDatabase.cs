using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using ZoomCalendar.Core.Operations.DatabaseCopy;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Storage.Moving;

/// <summary>Every column of every table of a SQLite database, filled with what is hard to carry over. Foreign keys are kept.</summary>
internal sealed class FilledDatabase(TestDatabase database, int appointments)
{
    private const int Few = 25;

    private static readonly string[] Odd = ["", "plain", "O'Neill \"x\"", "tab\tnew\nline\r\n", "back\\slash \\N \\.", "naïve Ωμέγα 日本語",
        "👩‍👩‍👧 emoji", "{\"a\":[1,null]}", "NULL", "  spaces  ", "%_;--"];
    private static readonly long[] Numbers = [0, 1, -1, long.MaxValue, long.MinValue, 42];
    private static readonly DateTimeOffset[] Instants = [DateTimeOffset.MinValue, new(
        9999, 12, 31, 23, 59, 59, TimeSpan.Zero), DateTimeOffset.UnixEpoch];

    private readonly Random _random = new(7);
    private readonly IRelationalModel _model = database.CreateDbContext().Model.GetRelationalModel();

    // The keys alone: others refer to them.
    private readonly Dictionary<string, List<object?[]>> _rows = [];

    public async Task FillAsync()
    {
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync();
        foreach (var table in CopiedTables.All.Where(table => table.Name != "installation"))
        {
            await FillAsync(table, connection, transaction);
        }

        // A number once given out is not given out again.
        await using var gone = new SqliteCommand(
            "DELETE FROM events WHERE Id = (SELECT max(Id) FROM events); DELETE FROM webhook_messages", connection, transaction);
        await gone.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    private async Task FillAsync(CopiedTable table, SqliteConnection connection, SqliteTransaction transaction)
    {
        var known = _model.Tables.Single(other => other.Name == table.Name);
        await using var command = new SqliteCommand("", connection, transaction);
        var parameters = table.Columns.Select((_, index) => command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{index}" }))
            .ToList();
        command.CommandText =
            $"INSERT INTO \"{table.Name}\" ({table.ColumnList}) VALUES ({string.Join(", ", parameters.Select(parameter => parameter.ParameterName))})";
        var rows = _rows[table.Name] = [];
        var count = table.Name switch
        {
            "appointments" or "taken_times" or "messages" => appointments,
            "events" => 2 * appointments,
            "slot_meetings" or "contacts" => appointments / 2,
            _ => Few,
        };
        for (var row = 0; row < count; row++)
        {
            var values = Row(table, known, row);
            rows.Add([.. values.Zip(table.Columns, (value, column) => table.Key.Contains(column.Name) ? value : null)]);
            for (var index = 0; index < values.Length; index++)
            {
                parameters[index].Value = values[index] ?? DBNull.Value;
            }

            await command.ExecuteNonQueryAsync();
        }
    }

    private object?[] Row(CopiedTable table, ITable known, int row)
    {
        var values = table.Columns.Select(column => Value(column, known.FindColumn(column.Name)!, row)).ToArray();
        foreach (var key in known.ForeignKeyConstraints)
        {
            var parents = _rows[key.PrincipalTable.Name];
            var parent = CopiedTables.All.Single(other => other.Name == key.PrincipalTable.Name);
            foreach (var (column, principal) in key.Columns.Zip(key.PrincipalColumns))
            {
                values[IndexOf(table, column.Name)] = column.IsNullable && row % 5 == 0
                    ? null
                    : parents[row % parents.Count][IndexOf(parent, principal.Name)];
            }
        }

        if (IndexOf(table, "End") is >= 0 and var end && values[IndexOf(table, "Start")] is long start)
        {
            values[end] = start + TimeSpan.FromMinutes(30).Ticks;
        }

        return values;
    }

    private object? Value(CopiedColumn column, IColumn known, int row)
    {
        var isKey = known.Table.PrimaryKey?.Columns.Contains(known) == true;
        if (known.IsNullable && (row + known.Name.Length) % 3 == 0)
        {
            return null;
        }

        return column.Kind switch
        {
            ColumnKind.Guid => Guid.NewGuid().ToString().ToUpperInvariant(),
            // The range of two instants would not be one if they were the extreme ones.
            ColumnKind.Instant => known.Name is "Start" || row >= Instants.Length
                ? 630_000_000_000_000_000 + (_random.NextInt64(1_000_000_000_000) * 10_000)
                : Instants[row].UtcTicks,
            ColumnKind.Date => DateOnly.FromDayNumber(700_000 + row).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ColumnKind.Boolean => row % 2,
            ColumnKind.Integer => isKey ? row + 1 : row % 91,
            ColumnKind.Long => isKey ? row + 1 : Numbers[row % Numbers.Length],
            ColumnKind.Bytes => new[] { (byte)(row % 251), (byte)0, (byte)255, (byte)(row / 251) },
            _ => Text(known, row),
        };
    }

    private static string Text(IColumn column, int row)
    {
        var length = column.PropertyMappings.First().Property.GetMaxLength() ?? 100_000;
        var text = $"{row:x}{Odd[row % Odd.Length]}" + (row % 50 == 7 ? new string('ü', Math.Min(length, 5_000)) : "");
        var cut = text.Length <= length ? text.Length : char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return text[..cut];
    }

    private static int IndexOf(CopiedTable table, string column) => table.Columns.ToList().FindIndex(other => other.Name == column);
}
