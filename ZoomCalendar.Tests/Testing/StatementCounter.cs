using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ZoomCalendar.Tests.Testing;

/// <param name="Sql">One statement, or several where they are sent in one go.</param>
/// <param name="Parameters">Copies, as far as the driver makes them.</param>
internal sealed record SentStatement(string Sql, IReadOnlyList<object> Parameters);

/// <summary>Notes the SQL commands sent to the database; BEGIN and COMMIT are not among them.</summary>
internal sealed class StatementCounter : DbCommandInterceptor
{
    private readonly Lock _lock = new();
    private readonly List<SentStatement> _statements = [];

    public IReadOnlyList<string> Statements => [.. Sent.Select(statement => statement.Sql)];

    public IReadOnlyList<SentStatement> Sent
    {
        get
        {
            lock (_lock)
            {
                return [.. _statements];
            }
        }
    }

    /// <summary>A command may hold several statements, each ended by a semicolon at the end of its line.</summary>
    public int StatementCount => Statements.Sum(command => command.TrimEnd().TrimEnd(';').Split(";\n").Length);

    public void Reset()
    {
        lock (_lock)
        {
            _statements.Clear();
        }
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Note(command);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        Note(command);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Note(command);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Note(command);
        return ValueTask.FromResult(result);
    }

    private void Note(DbCommand command)
    {
        lock (_lock)
        {
            _statements.Add(new SentStatement(
                command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(Copy).OfType<object>()]));
        }
    }

    private static object? Copy(DbParameter parameter) => parameter switch
    {
        SqliteParameter sqlite => new SqliteParameter(sqlite.ParameterName, sqlite.Value),
        ICloneable other => other.Clone(),
        _ => null,
    };
}
