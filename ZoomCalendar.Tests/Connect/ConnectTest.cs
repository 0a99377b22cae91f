using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Storage.Keys;
using ZoomCalendar.Core.Zoom;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;
using ZoomAccount = ZoomCalendar.Core.Connections.ZoomAccount;
using ZoomRequest = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Connect;

/// <summary>A sandbox, a database, two sub-accounts and two users in both; as many processes on it as a test asks for.</summary>
public abstract class ConnectTest(DatabaseProvider provider) : IAsyncLifetime
{
    protected const string AdaZoom = "ada@zoom.test";
    protected const string OtherZoom = "ada@other-zoom.test";

    private static readonly byte[] Secret = [.. Enumerable.Range(1, MasterKey.Length).Select(number => (byte)number)];

    private readonly List<ServiceProvider> _processes = [];
    private TestDatabase _database = null!;

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));

    protected DateTimeOffset Now => Clock.GetUtcNow();

    protected SandboxServer Zoom { get; private set; } = null!;

    protected string ConnectionString => _database.ConnectionString;

    protected IServiceProvider App { get; private set; } = null!;

    protected SubAccountId Studio { get; private set; }

    protected SubAccountId Branch { get; private set; }

    protected UserId Ada { get; private set; }

    protected UserId Ben { get; private set; }

    protected IAccessTokenProvider Tokens => App.GetRequiredService<IAccessTokenProvider>();

    protected ZoomConnections Connections => App.GetRequiredService<ZoomConnections>();

    public async Task InitializeAsync()
    {
        Zoom = await SandboxServer.StartAsync(new SandboxOptions { Port = 0 }, Clock);
        Zoom.Control.AddUser(OtherZoom);
        _database = await TestDatabase.CreateAsync(provider);
        App = NewProcess();
        await using var db = NewDb();
        (Studio, Branch) = (NewSubAccount(db, "studio"), NewSubAccount(db, "branch"));
        (Ada, Ben) = (NewUser(db, "Ada"), NewUser(db, "Ben"));
        foreach (var subAccount in new[] { Studio, Branch })
        {
            db.Memberships.Add(new Membership(subAccount, Ada, Role.Admin, Now));
            db.Memberships.Add(new Membership(subAccount, Ben, Role.User, Now));
        }

        await db.SaveChangesAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        await Zoom.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>The services of one process of the app, on the shared database.</summary>
    /// <param name="masterKey">Null: the shared one.</param>
    /// <param name="diesAt">The step of its work on the database at which it dies; null: it lives.</param>
    private protected ServiceProvider NewProcess(byte[]? masterKey = null, CrashInjection? diesAt = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Zoom:ClientId"] = "sandbox-client",
            ["Zoom:ClientSecret"] = "sandbox-secret",
            ["Zoom:OAuthBaseUrl"] = Zoom.OAuthBaseUrl,
            ["Zoom:ApiBaseUrl"] = Zoom.ApiBaseUrl,
        }).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddStorage(new DatabaseOptions { Provider = provider, ConnectionString = _database.ConnectionString });
        services.AddKeyRing(new MasterKey(masterKey ?? Secret));
        services.AddZoomClient(configuration);
        services.AddZoomConnections();
        services.AddReconciliation();
        if (diesAt is not null)
        {
            services.AddSingleton<IDbContextFactory<ZoomCalendarContext>>(TestDatabase.Open(provider, _database.ConnectionString, diesAt));
        }

        var process = services.BuildServiceProvider();
        _processes.Add(process);
        return process;
    }

    protected ZoomCalendarContext NewDb() => App.GetRequiredService<IDbContextFactory<ZoomCalendarContext>>().CreateDbContext();

    /// <summary>As if the user had just pressed Allow.</summary>
    protected ZoomGrant Allow(string email = AdaZoom)
    {
        var tokens = Zoom.Control.IssueTokens(email);
        var user = Zoom.Control.User(email);
        return new ZoomGrant(
            new ZoomTokens(
                new AccessToken(tokens.AccessToken),
                new RefreshToken(tokens.RefreshToken),
                Now.AddHours(1),
                ZoomScopes.Required.ToHashSet()),
            new ZoomUser(user.Id) { AccountId = user.AccountId, Email = email, DisplayName = user.FirstName, Type = 2 });
    }

    protected Task<ConnectOutcome> ConnectAsync(SubAccountId? subAccount = null, UserId? user = null, string email = AdaZoom) =>
        Connections.ConnectAsync(subAccount ?? Studio, user ?? Ada, Allow(email), Now, default);

    protected string KeyOf(string email) => App.GetRequiredService<ZoomUserKeys>().KeyOf(Zoom.Control.User(email).Id);

    protected async Task<ZoomAccount?> AccountAsync(string email = AdaZoom)
    {
        var key = KeyOf(email);
        await using var db = NewDb();
        return await db.ZoomAccounts.AsNoTracking().SingleOrDefaultAsync(account => account.Key == key);
    }

    protected async Task<IReadOnlyList<EventKind>> EventsAsync()
    {
        await using var db = NewDb();
        return await db.Events.OrderBy(entry => entry.Id).Select(entry => entry.Kind).ToListAsync();
    }

    protected int RefreshesAtZoom => Zoom.Control.Requests.Count(request => request.Kind is ZoomRequest.Token);

    /// <summary>A slot meeting with one appointment, changed into whatever the test starts from.</summary>
    protected async Task<SlotMeetingId> MeetingAsync(
        Action<SlotMeeting>? change = null,
        int hour = 1,
        string? zoomUserKey = null,
        UserId? host = null,
        SubAccountId? subAccount = null,
        bool linked = true)
    {
        await using var db = NewDb();
        var home = subAccount ?? Studio;
        var calendar = new Calendar(
            CalendarId.New(Now), home, "Intro", Guid.NewGuid().ToString("N"), CalendarType.Personal, CalendarVersion.V3, "Etc/UTC", Now);
        db.Calendars.Add(calendar);
        var slot = new Slot(calendar.Id, host ?? Ada, Now.AddHours(hour));
        var meeting = new SlotMeeting(home, slot, slot.Start.AddMinutes(30), zoomUserKey, Now);
        change?.Invoke(meeting);
        if (linked)
        {
            db.SlotMeetings.Add(meeting);
        }

        db.Appointments.Add(new Appointment(AppointmentId.New(Now), home, slot, slot.Start.AddMinutes(30), Now)
        {
            Title = "Jo",
            Booker = new Booker { Name = "Jo" },
            Location = MeetingLocation.Zoom,
            SlotMeetingId = linked ? meeting.Id : null,
        });
        await db.SaveChangesAsync();
        return meeting.Id;
    }

    protected static void GoLive(SlotMeeting meeting) =>
        meeting.RecordCreated(81234567890, "uuid==", "https://zoom.test/j/1", "secret", null, meeting.WantedSince);

    protected async Task<SlotMeeting> MeetingOfAsync(SlotMeetingId id)
    {
        await using var db = NewDb();
        return await db.SlotMeetings.AsNoTracking().SingleAsync(meeting => meeting.Id == id);
    }

    private SubAccountId NewSubAccount(ZoomCalendarContext db, string slug)
    {
        var subAccount = new SubAccount(SubAccountId.New(Now), slug, slug, Now);
        db.SubAccounts.Add(subAccount);
        return subAccount.Id;
    }

    private UserId NewUser(ZoomCalendarContext db, string name)
    {
        var user = new User { Id = UserId.New(Now), Name = name, UserName = $"{name}@demo.test", Email = $"{name}@demo.test" };
        db.Users.Add(user);
        return user.Id;
    }
}
