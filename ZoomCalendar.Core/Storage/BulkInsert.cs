using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace ZoomCalendar.Core.Storage;

/// <summary>
/// Inserts rows with one command and without change tracking, which costs a fraction of SaveChanges. Columns and conversions come from the
/// model. Use it for rows that are not read again in the same transaction. Not thread-safe.
/// </summary>
internal sealed class BulkInsert(ZoomCalendarContext db)
{
    private static readonly ConditionalWeakTable<IModel, ConcurrentDictionary<Type, Table>> Tables = [];

    private readonly ConcurrentDictionary<Type, Table> _tables = Tables.GetOrCreateValue(db.Model);
    private readonly List<string> _statements = [];
    private readonly List<object> _parameters = [];

    /// <summary>Adds one INSERT statement for these rows. Add rows before the rows that refer to them.</summary>
    public BulkInsert Add<TRow>(params IReadOnlyCollection<TRow> rows)
        where TRow : class
    {
        if (rows.Count == 0)
        {
            return this;
        }

        var table = _tables.GetOrAdd(typeof(TRow), type => new Table(db.Model.FindEntityType(type)!));
        // Parameters can only be created by a command of the provider.
        using var commands = db.Database.GetDbConnection().CreateCommand();
        var sql = new StringBuilder(table.Insert);
        var separator = '(';
        foreach (var row in rows)
        {
            foreach (var column in table.Columns)
            {
                var name = $"@p{_parameters.Count}";
                _parameters.Add(column.Parameter(commands, name, row));
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

    /// <summary>Executes the inserts in the current transaction.</summary>
    public Task WriteAsync(CancellationToken cancellationToken) =>
        _statements.Count == 0 ? Task.CompletedTask : db.Database.ExecuteSqlRawAsync(Sql(), _parameters, cancellationToken);

    // PostgreSQL gets all inserts as one statement, at the end of which it checks foreign keys.
    private string Sql() => db.Database.IsNpgsql() && _statements.Count > 1
        ? $"WITH {string.Join(",\n", _statements.SkipLast(1).Select((sql, index) => $"i{index} AS ({sql})"))}\n{_statements[^1]}"
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

        public DbParameter Parameter(DbCommand commands, string parameter, object row) =>
            _type.CreateParameter(commands, parameter, _getter.GetClrValueUsingContainingEntity(row), property.IsNullable);
    }
}
