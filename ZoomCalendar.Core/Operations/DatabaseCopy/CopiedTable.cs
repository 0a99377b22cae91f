namespace ZoomCalendar.Core.Operations.DatabaseCopy;

/// <summary>What a column holds, in words both databases know.</summary>
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
/// <param name="Key">The primary key's columns: rows are read in their order.</param>
/// <param name="Counter">The column that the database numbers by itself, if any.</param>
internal sealed record CopiedTable(string Name, IReadOnlyList<CopiedColumn> Columns, IReadOnlyList<string> Key, string? Counter)
{
    public string ColumnList => string.Join(", ", Columns.Select(column => Quoted(column.Name)));

    public string Order => string.Join(", ", Key.Select(Quoted));

    public string QuotedName => Quoted(Name);

    private static string Quoted(string name) => $"\"{name}\"";
}
