using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Tests.Testing;

/// <summary>
/// The database of every test that names none. Unset, it is SQLite and everything runs; set, the run is that database's share:
/// for SQLite all but the tests of PostgreSQL alone, for PostgreSQL all that touch a database but the tests of SQLite alone.
/// </summary>
internal static class DatabaseUnderTest
{
    public const string Variable = "ZOOMCALENDAR_TEST_DATABASE";

    public static DatabaseProvider? Chosen { get; } = Parse(Environment.GetEnvironmentVariable(Variable));

    public static DatabaseProvider Provider => Chosen ?? DatabaseProvider.Sqlite;

    internal static DatabaseProvider? Parse(string? value) => value switch
    {
        null or "" => null,
        _ when Enum.TryParse<DatabaseProvider>(value, ignoreCase: true, out var provider) && Enum.IsDefined(provider) => provider,
        _ => throw new InvalidOperationException($"{Variable} is \"{value}\"; it can be Sqlite or PostgreSql."),
    };
}
