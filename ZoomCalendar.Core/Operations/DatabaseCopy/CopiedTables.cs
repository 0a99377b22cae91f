using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Operations.DatabaseCopy;

/// <summary>All tables of the EF Core model, parents first. They come from the model, so a new table is included automatically.</summary>
internal static class CopiedTables
{
    private static readonly Lazy<IReadOnlyList<CopiedTable>> OfModel = new(Read);

    public static IReadOnlyList<CopiedTable> All => OfModel.Value;

    // PostgreSQL's column types are specific; SQLite has only numbers and text.
    private static IReadOnlyList<CopiedTable> Read()
    {
        using var db = new PostgreSqlContext(new DbContextOptionsBuilder<PostgreSqlContext>().UseNpgsql("Host=unused").Options);
        return
        [
            .. ParentsFirst([.. db.Model.GetRelationalModel().Tables.OrderBy(table => table.Name, StringComparer.Ordinal)]).Select(TableOf),
        ];
    }

    private static IEnumerable<ITable> ParentsFirst(List<ITable> waiting)
    {
        while (waiting.Count > 0)
        {
            var free = waiting.Where(table => !table.ForeignKeyConstraints.Any(key => waiting.Contains(key.PrincipalTable))).ToList();
            if (free.Count == 0)
            {
                throw new NotSupportedException("These tables refer to each other in a circle and cannot be copied one after the other: "
                    + $"{string.Join(", ", waiting.Select(table => table.Name))}.");
            }

            foreach (var table in free)
            {
                yield return table;
            }

            waiting.RemoveAll(free.Contains);
        }
    }

    private static CopiedTable TableOf(ITable table)
    {
        var columns = table.Columns.Select(column => new CopiedColumn(column.Name, KindOf(column))).ToList();
        var key = table.PrimaryKey?.Columns.Select(column => column.Name).ToList() ?? [.. columns.Select(column => column.Name)];
        return new CopiedTable(table.Name, columns, key, table.Columns.SingleOrDefault(IsCounter)?.Name);
    }

    private static bool IsCounter(IColumn column) =>
        KindOf(column) is ColumnKind.Integer or ColumnKind.Long
        && column.PropertyMappings.Any(
            mapping => mapping.Property.ValueGenerated is ValueGenerated.OnAdd && mapping.Property.IsPrimaryKey());

    private static ColumnKind KindOf(IColumn column) => Type.GetTypeCode(column.ProviderClrType) switch
    {
        TypeCode.String => ColumnKind.Text,
        TypeCode.Boolean => ColumnKind.Boolean,
        TypeCode.Int32 => ColumnKind.Integer,
        TypeCode.Int64 => ColumnKind.Long,
        _ when column.ProviderClrType == typeof(Guid) => ColumnKind.Guid,
        _ when column.ProviderClrType == typeof(DateTimeOffset) => ColumnKind.Instant,
        _ when column.ProviderClrType == typeof(DateOnly) => ColumnKind.Date,
        _ when column.ProviderClrType == typeof(byte[]) => ColumnKind.Bytes,
        _ =>
            throw new NotSupportedException(
                $"The copier does not know how to carry {column.Table.Name}.{column.Name}, a {column.ProviderClrType.Name}."),
    };
}
