using System.Data.Common;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ZoomCalendar.Benchmarks;

/// <summary>
/// The duration of requests, and how long their write transactions are open. Background work is not counted.
/// </summary>
public sealed class RequestTimes : DbTransactionInterceptor
{
    private readonly AsyncLocal<Request?> _current = new();
    private long _inRequests;
    private long _inTransactions;

    public (TimeSpan InRequests, TimeSpan InTransactions) Take() => (Elapsed(ref _inRequests), Elapsed(ref _inTransactions));

    public async Task MeasureAsync(Func<Task> serve)
    {
        var start = Stopwatch.GetTimestamp();
        _current.Value = new Request();
        await serve();
        Interlocked.Add(ref _inRequests, Stopwatch.GetTimestamp() - start);
    }

    public override ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        _current.Value?.Began = Stopwatch.GetTimestamp();
        return base.TransactionStartedAsync(connection, eventData, result, cancellationToken);
    }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (_current.Value is { Began: > 0 } request)
        {
            Interlocked.Add(ref _inTransactions, Stopwatch.GetTimestamp() - request.Began);
            request.Began = 0;
        }

        return Task.CompletedTask;
    }

    private static TimeSpan Elapsed(ref long ticks) => Stopwatch.GetElapsedTime(0, Interlocked.Exchange(ref ticks, 0));

    private sealed class Request
    {
        public long Began { get; set; }
    }
}

/// <summary>Measures the whole pipeline around an empty page: the fixed cost of any page.</summary>
internal sealed class StartupFilter(RequestTimes times) : IStartupFilter
{
    public const string EmptyPagePath = "/benchmarks/empty";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, serve) => times.MeasureAsync(() => serve(http)));
        next(app);
        app.Map(EmptyPagePath, end => end.Run(http => new RazorComponentResult<EmptyPage>().ExecuteAsync(http)));
    };
}
