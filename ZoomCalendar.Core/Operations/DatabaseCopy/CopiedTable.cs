namespace ZoomCalendar.Core.Operations.DatabaseCopy;

/// <summary>The type of a column's values, independent of the database.</summary>
internal enum ColumnKind
{
    Text,
    Guid,
    Instant,
    Date,
    Boolean,
    Integer,
    Long,
    Bytes,
}

internal sealed record CopiedColumn(string Name, ColumnKind Kind);

/// <param name="Name">The same in both databases.</param>
/// <param name="Columns">In the model's order.</param>
/// <param name="Key">The columns of the primary key. Rows are read in their order.</param>
/// <param name="Counter">The auto-increment column, if any.</param>
internal sealed record CopiedTable(string Name, IReadOnlyList<CopiedColumn> Columns, IReadOnlyList<string> Key, string? Counter)
{
    public string ColumnList => string.Join(", ", Columns.Select(column => Quoted(column.Name)));

    public string Order => string.Join(", ", Key.Select(Quoted));

    public string QuotedName => Quoted(Name);

    private static string Quoted(string name) => $"\"{name}\"";
}
