using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace ZoomCalendar.Core.Storage;

/// <summary>
/// New rows, written by one command, without change tracking: what saving them would send, at a fraction of its cost.
/// Columns and conversions are the model's, so a property added later is written too. For rows that nobody reads again in the same transaction.
/// </summary>
internal sealed class BulkInsert(ZoomCalendarContext db)
{
    private static readonly ConditionalWeakTable<IModel, ConcurrentDictionary<Type, Table>> Tables = [];

    private readonly ConcurrentDictionary<Type, Table> _tables = Tables.GetOrCreateValue(db.Model);
    private readonly List<string> _statements = [];
    private readonly List<object> _parameters = [];

    /// <summary>Rows of one call are of one statement. Add a row before those that refer to it.</summary>
    public BulkInsert Add<TRow>(params IReadOnlyCollection<TRow> rows)
        where TRow : class
    {
        if (rows.Count == 0)
        {
            return this;
        }

        var table = _tables.GetOrAdd(typeof(TRow), type => new Table(db.Model.FindEntityType(type)!));
        // Only a command of the provider's makes its parameters.
        using var maker = db.Database.GetDbConnection().CreateCommand();
        var sql = new StringBuilder(table.Insert);
        var separator = '(';
        foreach (var row in rows)
        {
            foreach (var column in table.Columns)
            {
                var name = $"@p{_parameters.Count}";
                _parameters.Add(column.Parameter(maker, name, row));
                sql.Append(separator).Append(name);
                separator = ',';
            }

            sql.Append("),");
            separator = '(';
        }

        sql.Length--;
        _statements.Add(sql.ToString());
        return this;
    }

    public Task WriteAsync(CancellationToken cancellationToken) =>
        _statements.Count == 0 ? Task.CompletedTask : db.Database.ExecuteSqlRawAsync(Sql(), _parameters, cancellationToken);

    // PostgreSQL takes them all as one statement; it checks foreign keys at the end of it.
    private string Sql() => db.Database.IsNpgsql() && _statements.Count > 1
        ? $"WITH {string.Join(",\n", _statements.SkipLast(1).Select((statement, index) => $"i{index} AS ({statement})"))}\n{_statements[^1]}"
        : string.Join(";\n", _statements);

    private sealed class Table
    {
        public Table(IEntityType entity)
        {
            var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
            Columns =
            [
                .. entity.GetFlattenedProperties().Where(property => property.ValueGenerated is ValueGenerated.Never)
                    .Select(property => new Column(property, property.GetColumnName(table)!)),
            ];
            Insert = $"INSERT INTO {table.Name} ({string.Join(",", Columns.Select(column => $"\"{column.Name}\""))}) VALUES ";
        }

        public string Insert { get; }

        public IReadOnlyList<Column> Columns { get; }
    }

    private sealed class Column(IProperty property, string name)
    {
        private readonly RelationalTypeMapping _type = property.GetRelationalTypeMapping();
        private readonly IClrPropertyGetter _getter = property.GetGetter();

        public string Name => name;

        public DbParameter Parameter(DbCommand maker, string parameter, object row) =>
            _type.CreateParameter(maker, parameter, _getter.GetClrValueUsingContainingEntity(row), property.IsNullable);
    }
}
