using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Benchmarks;

/// <summary>
/// A SQLite file with one business: 20 hosts open all day, a round robin calendar of all of them, and a personal calendar each.
/// "Now" is Monday 2 March 2026, 00:00 UTC.
/// </summary>
public sealed class World : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("zoomcalendar-benchmarks-").FullName;
    private readonly ServiceProvider _services;

    private World()
    {
        ConnectionString = $"Data Source={Path.Combine(_folder, "world.db")}";
        _services = new ServiceCollection().AddStorage(new DatabaseOptions { ConnectionString = ConnectionString }).BuildServiceProvider();
        Contexts = _services.GetRequiredService<IDbContextFactory<ZoomCalendarContext>>();
        FreeSlots = new FreeSlotFinder(Contexts);
        Book = new AppointmentBook(Contexts, FreeSlots, new Signals());
    }

    public string ConnectionString { get; }

    public IDbContextFactory<ZoomCalendarContext> Contexts { get; }

    public FreeSlotFinder FreeSlots { get; }

    public AppointmentBook Book { get; }

    public Actor Admin { get; private set; } = default!;

    public IReadOnlyList<UserId> Hosts { get; private set; } = [];

    public CalendarId RoundRobin { get; private set; }

    /// <summary>The calendar of the host with the same index.</summary>
    public IReadOnlyList<CalendarId> Personal { get; private set; } = [];

    public static async Task<World> CreateAsync(int pastAppointments = 0, int appointmentsThisMonth = 0)
    {
        var world = new World();
        await new DatabaseMigrator(world.Contexts).MigrateAsync(CancellationToken.None);
        await world.PeopleAsync();
        var seeding = new Seeding(world);
        await seeding.AddAsync(
            pastAppointments, Now.AddDays(-pastAppointments * 30.0 / 60 / 24 / world.Hosts.Count - 1), hostsInTurn: true);
        await seeding.AddAsync(appointmentsThisMonth, Now, hostsInTurn: true);
        return world;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task PeopleAsync()
    {
        await using var db = await Contexts.CreateDbContextAsync();
        var subAccount = new SubAccount(SubAccountId.New(Now), "Studio", "studio", Now);
        var users = Enumerable.Range(0, 21).Select(index => new User
        {
            Id = UserId.New(Now),
            Name = $"Host {index}",
            UserName = $"host{index}@example.test",
            NormalizedUserName = $"HOST{index}@EXAMPLE.TEST",
            Hours = AvailabilityJson.Serialize(Availability.Always("Etc/UTC")),
        }).ToList();
        db.SubAccounts.Add(subAccount);
        db.Users.AddRange(users);
        db.Memberships.AddRange(
            users.Select((user, index) => new Membership(subAccount.Id, user.Id, index == 20 ? Role.Admin : Role.User, Now)));
        Hosts = [.. users.Take(20).Select(user => user.Id)];
        Admin = new Actor(subAccount.Id, users[20].Id, Role.Admin);

        RoundRobin = AddCalendar(db, subAccount.Id, CalendarType.RoundRobin, Hosts);
        Personal = [.. Hosts.Select(host => AddCalendar(db, subAccount.Id, CalendarType.Personal, [host]))];
        await db.SaveChangesAsync();
    }

    private static CalendarId AddCalendar(ZoomCalendarContext db, SubAccountId subAccount, CalendarType type, IReadOnlyList<UserId> members)
    {
        var id = CalendarId.New(Now);
        var calendar = new Calendar(id, subAccount, "Intro", $"intro-{id}", type, CalendarVersion.V3, "Etc/UTC", Now)
        {
            Rules = new BookingRules { HorizonDays = 730 },
        };
        foreach (var member in members)
        {
            calendar.AddMember(member, MeetingLocation.Zoom, isPrimaryOwner: member == members[0]);
        }

        db.Calendars.Add(calendar);
        return id;
    }
}
