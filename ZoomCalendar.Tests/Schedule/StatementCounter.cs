using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ZoomCalendar.Tests.Schedule;

/// <summary>Remembers each statement that EF Core sends.</summary>
internal sealed class StatementCounter : DbCommandInterceptor
{
    public List<string> Statements { get; } = [];

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Statements.Add(command.CommandText);
        return ValueTask.FromResult(result);
    }
}
