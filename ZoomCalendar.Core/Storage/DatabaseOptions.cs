namespace ZoomCalendar.Core.Storage;

public enum DatabaseProvider
{
    Sqlite,
    PostgreSql,
}

public sealed record DatabaseOptions
{
    public const string SectionName = "Database";
    public const string ConnectionStringName = "ZoomCalendar";

    public DatabaseProvider Provider { get; init; }

    public string ConnectionString { get; init; } = "";
}
