namespace ZoomCalendar.Core.Storage;

/// <summary>The supported databases.</summary>
public enum DatabaseProvider
{
    Sqlite,
    PostgreSql,
}

/// <summary>The settings under <c>Database</c>, and the connection string.</summary>
public sealed record DatabaseOptions
{
    public const string SectionName = "Database";
    public const string ConnectionStringName = "ZoomCalendar";

    public DatabaseProvider Provider { get; init; }

    public string ConnectionString { get; init; } = "";
}
