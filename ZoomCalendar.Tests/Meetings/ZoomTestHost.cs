using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;
using ZoomAccount = ZoomCalendar.Core.Connections.ZoomAccount;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>A tenant whose host Ben is connected to Zoom's stand-in, and one process that reconciles. One clock for all.</summary>
internal sealed class ZoomTestHost : IAsyncDisposable
{
    public const string Zoom = "ben@zoom.test";
    public const string Key = "ben";

    private readonly List<ServiceProvider> _processes = [];

    private ZoomTestHost(TestTenant tenant, SandboxServer sandbox, FakeTimeProvider clock)
    {
        (TestTenant, Sandbox, Clock) = (tenant, sandbox, clock);
        Tokens = new SandboxTokensOf(sandbox.Control);
        Reconciler = NewProcess();
    }

    public TestTenant TestTenant { get; }

    public SandboxServer Sandbox { get; }

    public SandboxControl Control => Sandbox.Control;

    public FakeTimeProvider Clock { get; }

    public SandboxTokensOf Tokens { get; }

    /// <summary>The first process's.</summary>
    public MeetingReconciler Reconciler { get; }

    public UserId Ben { get; private set; }

    /// <summary>Ben's; three seats for each slot.</summary>
    public CalendarId Class { get; private set; }

    /// <summary>Ben's; one seat.</summary>
    public CalendarId Personal { get; private set; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    public DateTimeOffset Tomorrow { get; } = TestTenant.Monday.AddDays(1);

    /// <summary>Counted requests that reached Zoom, in order.</summary>
    public IReadOnlyList<RequestKind> Sent =>
        [.. Control.Requests.Where(
            request => request.Kind is RequestKind.Create or RequestKind.Update or RequestKind.Delete).Select(request => request.Kind)];

    public IReadOnlyList<SandboxMeeting> InZoom => Control.Meetings;

    public static Task<ZoomTestHost> CreateAsync(params IInterceptor[] interceptors) =>
        CreateAsync(DatabaseUnderTest.Provider, interceptors);

    public static async Task<ZoomTestHost> CreateAsync(DatabaseProvider provider, params IInterceptor[] interceptors)
    {
        var clock = new FakeTimeProvider(TestTenant.Monday);
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Port = 0 }, clock);
        sandbox.Control.AddUser(Zoom);
        var tenant = await TestTenant.CreateAsync(await TestDatabase.CreateAsync(provider, interceptors));
        var zoomHost = new ZoomTestHost(tenant, sandbox, clock);
        zoomHost.Ben = await tenant.UserAsync("ben");
        await zoomHost.ConnectAsync(zoomHost.Ben, Key, Zoom);
        zoomHost.Class = await tenant.CalendarAsync(CalendarType.Personal, [zoomHost.Ben], new BookingRules { Seats = 3 });
        zoomHost.Personal = await tenant.CalendarAsync(CalendarType.Personal, [zoomHost.Ben]);
        return zoomHost;
    }

    public async Task ConnectAsync(UserId user, string key, string email, TestTenant? tenant = null)
    {
        Control.AddUser(email);
        Tokens.Emails[key] = email;
        await (tenant ?? TestTenant).ConnectAsync(user, key);
        await TestTenant.Database.ReadAsync(db => db.ZoomAccounts.Where(account => account.Key == key)
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.LastSweptAt, (DateTimeOffset?)Now)));
    }

    /// <summary>Another process on the same database file, or the same one after a restart.</summary>
    /// <param name="database">Null: with connections of its own.</param>
    /// <param name="clock">Null: the clock of this host.</param>
    /// <param name="way">What its requests to Zoom go through.</param>
    public MeetingReconciler NewProcess(
        IDbContextFactory<ZoomCalendarContext>? database = null, TimeProvider? clock = null, Func<DelegatingHandler>? way = null)
    {
        var services = TestReconcilerServices.Of(
            database ?? TestDatabase.Open(TestTenant.Database.Provider, TestTenant.Database.ConnectionString),
            clock ?? Clock,
            Tokens,
            Sandbox.OAuthBaseUrl);
        services.AddLogging(logging => logging.AddProvider(Failures)).AddSingleton(TestTenant.Signals);
        if (way is not null)
        {
            services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(way));
        }

        var provider = services.BuildServiceProvider();
        _processes.Add(provider);
        return provider.GetRequiredService<MeetingReconciler>();
    }

    /// <summary>Exceptions that the processes logged.</summary>
    public FailureLog Failures { get; } = new();

    public Task ReconcileAsync() => Reconciler.ReconcileAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));

    public async Task AdvanceAsync(TimeSpan by)
    {
        Clock.Advance(by);
        TestTenant.Now = Now;
        await ReconcileAsync();
    }

    public async Task<AppointmentId> BookedAsync(
        CalendarId calendar, DateTimeOffset start, string title = "Jo Field", int? minutes = null, bool reconcile = true)
    {
        var id = await TestTenant.BookedAsync(calendar, start, builder => builder.Request = builder.Request with
        {
            Title = title,
            LengthMinutes = minutes,
            Override = BookingOverride.Staff,
        });
        if (reconcile)
        {
            await ReconcileAsync();
        }

        return id;
    }

    public async Task EditAsync(AppointmentId id, string title, int? minutes = null)
    {
        var row = await TestTenant.AppointmentAsync(id);
        var outcome = await TestTenant.Book.EditAsync(
            new EditRequest(id, row.Version) { Title = title, Booker = row.Booker, LengthMinutes = minutes },
            TestTenant.AsAdmin,
            Now,
            CancellationToken.None);
        outcome.ForStaff.Text.Should().BeEmpty();
    }

    public async Task CancelAsync(AppointmentId id, bool reconcile = true)
    {
        (await TestTenant.CancelAsync(id)).ForStaff.Text.Should().BeEmpty();
        if (reconcile)
        {
            await ReconcileAsync();
        }
    }

    public async Task MoveAsync(AppointmentId id, DateTimeOffset start, UserId? host = null)
    {
        (await TestTenant.MoveAsync(id, start, host)).ForStaff.Text.Should().BeEmpty();
        await ReconcileAsync();
    }

    public async Task<SlotMeeting> MeetingOfAsync(AppointmentId id)
    {
        var appointment = await TestTenant.AppointmentAsync(id);
        return await TestTenant.Database.ReadAsync(
            db => db.SlotMeetings.AsNoTracking().SingleAsync(row => row.Id == appointment.SlotMeetingId));
    }

    public async Task<string?> LinkOfAsync(AppointmentId id) => (await MeetingOfAsync(id)).JoinUrl;

    public Task<List<Event>> EventsAsync(EventKind kind) =>
        TestTenant.Database.ReadAsync(
            db => db.Events.AsNoTracking().Where(entry => entry.Kind == kind).OrderBy(entry => entry.Id).ToListAsync());

    public Task<ZoomAccount> AccountAsync(string key = Key) =>
        TestTenant.Database.ReadAsync(db => db.ZoomAccounts.AsNoTracking().SingleAsync(account => account.Key == key));

    public Task<int> UsedAsync(string key = Key) =>
        TestTenant.Database.ReadAsync(
            async db => await db.QuotaDays.Where(quota => quota.ZoomUserKey == key).OrderByDescending(quota => quota.Day)
                .Select(quota => (int?)quota.Used).FirstOrDefaultAsync() ?? 0);

    public Task ChangeMeetingAsync(SlotMeetingId id, Action<SlotMeeting> change) =>
        TestTenant.Database.WriteAsync(async db => change(await db.SlotMeetings.SingleAsync(row => row.Id == id)));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        await Sandbox.DisposeAsync();
        await TestTenant.DisposeAsync();
    }
}

/// <summary>Tokens straight from the sandbox, refreshed when they are refused.</summary>
internal sealed class SandboxTokensOf(SandboxControl control) : IAccessTokenProvider
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Token, DateTimeOffset IssuedAt)> _current = [];

    public Dictionary<string, string> Emails { get; } = [];

    public ZoomTokenState? Broken { get; set; }

    public int Refreshes { get; private set; }

    public Task<ZoomTokenResult> GetAsync(string zoomUserKey, string? refused, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Broken is { } state)
            {
                return Task.FromResult(new ZoomTokenResult(state));
            }

            if (!_current.TryGetValue(zoomUserKey, out var current) || current.Token == refused
                || control.Now - current.IssuedAt > TimeSpan.FromMinutes(50))
            {
                Refreshes += current.Token is not null && current.Token == refused ? 1 : 0;
                _current[zoomUserKey] = current = (control.IssueTokens(Emails[zoomUserKey]).AccessToken, control.Now);
            }

            return Task.FromResult(new ZoomTokenResult(ZoomTokenState.Ready, current.Token));
        }
    }
}

internal sealed class FailureLog : ILoggerProvider, ILogger
{
    public List<Exception> Exceptions { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (exception is not null)
        {
            lock (Exceptions)
            {
                Exceptions.Add(exception);
            }
        }
    }

    public void Dispose()
    {
    }
}
