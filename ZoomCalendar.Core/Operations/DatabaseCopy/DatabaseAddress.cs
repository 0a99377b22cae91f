using Microsoft.Data.Sqlite;
using Npgsql;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Operations.DatabaseCopy;

/// <summary>
/// Parses a database address from the command line: a connection string, with the prefix <c>sqlite:</c> or <c>postgresql:</c> if the
/// provider is not obvious.
/// </summary>
public static class DatabaseAddress
{
    private const string Forms = "Write a SQLite file as \"Data Source=FILE\" or sqlite:FILE, a PostgreSQL database as "
        + "\"Host=…;Database=…;Username=…;Password=…\" or postgresql://USER:PASSWORD@HOST/DATABASE.";

    private static readonly string[] SqliteKeys = ["data source", "datasource", "filename"];
    private static readonly string[] PostgreSqlKeys = ["host", "server"];

    /// <param name="text">The text from the command line.</param>
    /// <param name="resolve">Resolves a relative SQLite file name.</param>
    public static DatabaseOptions Parse(string text, Func<string, string> resolve)
    {
        var (provider, rest) = Split(text.Trim());
        try
        {
            return provider is DatabaseProvider.Sqlite ? Sqlite(rest, resolve) : PostgreSql(rest);
        }
        catch (ArgumentException exception)
        {
            throw new DatabaseMoveException(
                DatabaseMoveFailure.Address, $"This connection string cannot be read: {exception.Message} {Forms}", exception);
        }
    }

    /// <summary>The name of the database in sentences, without credentials.</summary>
    public static string Name(DatabaseOptions database) => database.Provider is DatabaseProvider.Sqlite
        ? $"the SQLite file {new SqliteConnectionStringBuilder(database.ConnectionString).DataSource}"
        : new NpgsqlConnectionStringBuilder(database.ConnectionString) is var server
            ? $"the PostgreSQL database {server.Database ?? server.Username} on {server.Host}:{server.Port}"
            : "";

    private static (DatabaseProvider Provider, string Text) Split(string text)
    {
        if (text.IndexOf(':') is > 0 and var colon && text[..colon].All(char.IsAsciiLetter) && colon > 1)
        {
            return text[..colon].ToLowerInvariant() switch
            {
                "sqlite" => (DatabaseProvider.Sqlite, text[(colon + 1)..]),
                "postgresql" or "postgres" => (DatabaseProvider.PostgreSql, text[(colon + 1)..]),
                var other =>
                    throw new DatabaseMoveException(DatabaseMoveFailure.Address, $"'{other}' is not a database this app knows. {Forms}"),
            };
        }

        var keys = text.Split(';').Select(part => part.Split('=')[0].Trim().ToLowerInvariant()).ToList();
        return keys.Any(SqliteKeys.Contains) ? (DatabaseProvider.Sqlite, text)
            : keys.Any(PostgreSqlKeys.Contains) ? (DatabaseProvider.PostgreSql, text)
            : throw new DatabaseMoveException(
                DatabaseMoveFailure.Address, $"It cannot be told which database this connection string is for. {Forms}");
    }

    private static DatabaseOptions Sqlite(string text, Func<string, string> resolve)
    {
        var settings = text.Contains('=')
            ? new SqliteConnectionStringBuilder(text)
            : new SqliteConnectionStringBuilder { DataSource = text };
        settings.DataSource = settings.DataSource is { Length: > 0 } file && file != ":memory:"
            ? resolve(file)
            : throw new ArgumentException("It names no file.");
        return new DatabaseOptions { Provider = DatabaseProvider.Sqlite, ConnectionString = settings.ToString() };
    }

    private static DatabaseOptions PostgreSql(string text)
    {
        var settings = text.StartsWith("//", StringComparison.Ordinal) ? OfUri(text) : new NpgsqlConnectionStringBuilder(text);
        return settings is { Host.Length: > 0, Database.Length: > 0 }
            ? new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = settings.ToString() }
            : throw new ArgumentException("It names no host or no database.");
    }

    private static NpgsqlConnectionStringBuilder OfUri(string text)
    {
        if (!Uri.TryCreate($"postgresql:{text}", UriKind.Absolute, out var uri))
        {
            throw new ArgumentException("It is no address.");
        }

        var user = uri.UserInfo.Split(':', 2);
        var settings = new NpgsqlConnectionStringBuilder { Host = uri.Host, Database = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/')) };
        if (uri.Port > 0)
        {
            settings.Port = uri.Port;
        }

        if (user[0].Length > 0)
        {
            settings.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            settings.Password = Uri.UnescapeDataString(user[1]);
        }

        return settings;
    }
}
