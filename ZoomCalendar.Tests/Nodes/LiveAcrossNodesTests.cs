using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Tests.Nodes;

/// <summary>
/// Node A writes while a page of node B waits. B's clock does not move, so a notification comes from the database.
/// </summary>
[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class LiveAcrossNodesTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _clock = new(TestTenant.Monday);
    private readonly FakeTimeProvider _listenersClock = new(TestTenant.Monday);
    private readonly LiveChanges _pages = new();
    private readonly Signals _signals = new();
    private TestTenant _a = null!;
    private EventListener _listener = null!;
    private LiveChangesFeed _feed = null!;

    public async Task InitializeAsync()
    {
        _a = await TestTenant.CreateAsync(DatabaseProvider.PostgreSql);
        var options = new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = _a.Database.ConnectionString };
        _listener = new EventListener(options, _signals, _listenersClock, NullLogger<EventListener>.Instance);
        var listening = _listener.Listening.Next;
        await _listener.StartAsync(CancellationToken.None);
        await listening.WaitAsync(Patience);

        var ownConnections = TestDatabase.Open(DatabaseProvider.PostgreSql, _a.Database.ConnectionString);
        _feed = new LiveChangesFeed(ownConnections, _signals, _pages, _clock, NullLogger<LiveChangesFeed>.Instance);
        await _feed.ReadAsync(CancellationToken.None);
        await _feed.StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _feed.StopAsync(CancellationToken.None);
        await _listener.StopAsync(CancellationToken.None);
        _feed.Dispose();
        _listener.Dispose();
        await _a.DisposeAsync();
    }

    [DatabaseFact]
    public async Task A_page_on_another_node_is_notified_without_polling()
    {
        var told = WaitForNews();

        await WriteAsync();

        await told.WaitAsync(Patience);
    }

    [DatabaseFact]
    public async Task A_rolled_back_transaction_notifies_nobody()
    {
        var told = WaitForNews();
        var woken = _signals.EventsWritten.Next;
        await using (var db = _a.Database.CreateDbContext())
        await using (await db.BeginWriteAsync(CancellationToken.None))
        {
            db.Events.Add(NewEvent());
            await db.SaveChangesAsync();
        }

        // The next one is told, and it alone.
        woken.IsCompleted.Should().BeFalse();
        await WriteAsync();
        await told.WaitAsync(Patience);
    }

    [DatabaseFact]
    public async Task With_its_connection_cut_a_node_polls_and_listens_again()
    {
        await CutAsync();
        var told = WaitForNews();
        await WriteAsync();

        await Eventually.HoldsAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                return told.IsCompleted;
            },
            Patience,
            "the page hears by looking each second");

        var listening = _listener.Listening.Next;
        await Eventually.HoldsAsync(
            () =>
            {
                _listenersClock.Advance(TimeSpan.FromSeconds(1));
                return listening.IsCompleted;
            },
            Patience,
            "the node listens again");
        var toldAgain = WaitForNews();
        await WriteAsync();
        await toldAgain.WaitAsync(Patience);
    }

    private Task WaitForNews()
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _pages.Subscribe(_a.SubAccount, () => told.TrySetResult());
        return told.Task;
    }

    private Task WriteAsync() => _a.Database.WriteAsync(db => db.Events.AddAsync(NewEvent()).AsTask());

    private Event NewEvent() => new() { At = _a.Now, SubAccountId = _a.SubAccount, Kind = EventKind.LinkReady };

    private async Task CutAsync()
    {
        (await OfListenersAsync("count(pg_terminate_backend(pid))")).Should().Be(1);
        await Eventually.HoldsAsync(async () => await OfListenersAsync("count(*)") == 0, Patience, "nobody listens");
    }

    private Task<int> OfListenersAsync(string what)
    {
        // Found first: PostgreSQL is free to ask a function in a condition before it has looked at the names.
        var sql =
            $"""
             WITH listeners AS MATERIALIZED (
                 SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = '{EventListener.ApplicationName}')
             SELECT {what}::int AS "Value" FROM listeners
             """;
        return _a.Database.ReadAsync(db => db.Database.SqlQueryRaw<int>(sql).SingleAsync());
    }
}
