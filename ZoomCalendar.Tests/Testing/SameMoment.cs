using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ZoomCalendar.Tests.Testing;

/// <summary>
/// Lets several processes take the same step at the same moment: whoever is about to send the statement waits until all of them are.
/// Afterwards statements pass.
/// </summary>
/// <param name="processes">How many have to meet.</param>
/// <param name="statement">What the statement contains.</param>
internal sealed class SameMoment(int processes, string statement)
{
    // A process that skips the step must not hang the test; it fails on what it asserts.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _arrived;

    public bool AllMet => _all.Task.IsCompletedSuccessfully;

    /// <summary>One for each process.</summary>
    public IInterceptor ForOne() => new Gate(this);

    private async Task PassAsync()
    {
        if (Interlocked.Increment(ref _arrived) == processes)
        {
            _all.TrySetResult();
        }

        await Task.WhenAny(_all.Task, Task.Delay(Patience));
    }

    private sealed class Gate(SameMoment moment) : DbCommandInterceptor
    {
        private int _hasMet;

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default)
        {
            await MeetAsync(command);
            return result;
        }

        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            await MeetAsync(command);
            return result;
        }

        private Task MeetAsync(DbCommand command) =>
            command.CommandText.Contains(moment.Statement, StringComparison.Ordinal) && Interlocked.Exchange(ref _hasMet, 1) == 0
                ? moment.PassAsync()
                : Task.CompletedTask;
    }

    private string Statement => statement;
}
