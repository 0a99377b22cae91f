using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Tests.Testing;

/// <summary>
/// A sub-account with people and calendars, as small as a test needs it. "Now" is Monday 2 March 2026, 08:00 UTC;
/// everybody is open every day, all day, in UTC.
/// </summary>
internal sealed partial class TestTenant : IAsyncDisposable
{
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private static readonly string AlwaysOpen = AvailabilityJson.Serialize(Availability.Always("Etc/UTC"));

    private TestTenant(TestDatabase database, SubAccountId subAccount)
    {
        Database = database;
        SubAccount = subAccount;
        FreeSlots = new FreeSlotFinder(database);
        Book = new AppointmentBook(database, FreeSlots, Signals);
    }

    public TestDatabase Database { get; }

    public SubAccountId SubAccount { get; }

    public Signals Signals { get; } = new();

    public FreeSlotFinder FreeSlots { get; }

    public AppointmentBook Book { get; }

    public DateTimeOffset Now { get; set; } = Monday;

    public UserId Admin { get; private set; }

    /// <summary>The admin. No fresh proof is asked of this and the next.</summary>
    public Actor AsAdmin => new(SubAccount, Admin, Role.Admin) { IsApp = true };

    public static async Task<TestTenant> CreateAsync(DatabaseProvider provider) =>
        await CreateAsync(await TestDatabase.CreateAsync(provider));

    public static async Task<TestTenant> CreateAsync(TestDatabase? database = null, string name = "studio")
    {
        database ??= await TestDatabase.CreateAsync();
        var subAccount = new SubAccount(SubAccountId.New(Monday), name, name, Monday);
        await database.WriteAsync(db => db.SubAccounts.AddAsync(subAccount).AsTask());
        var tenant = new TestTenant(database, subAccount.Id);
        tenant.Admin = await tenant.UserAsync($"admin-of-{name}", Role.Admin);
        return tenant;
    }

    public Actor As(UserId user) => new(SubAccount, user, Role.User) { IsApp = true };

    /// <summary>A member of this sub-account.</summary>
    public async Task<UserId> UserAsync(string name, Role role = Role.User)
    {
        var user = new User
        {
            Id = UserId.New(Monday),
            Name = name,
            UserName = $"{name}@studio.test",
            NormalizedUserName = $"{name}@STUDIO.TEST".ToUpperInvariant(),
            Email = $"{name}@studio.test",
            NormalizedEmail = $"{name}@STUDIO.TEST".ToUpperInvariant(),
            SecurityStamp = name,
            Hours = AlwaysOpen,
        };
        await Database.WriteAsync(async db =>
        {
            db.Users.Add(user);
            db.Memberships.Add(new Membership(SubAccount, user.Id, role, Monday));
            await Task.CompletedTask;
        });
        return user.Id;
    }

    /// <summary>Also a member of this sub-account: a user of another one.</summary>
    public Task JoinAsync(UserId user, Role role = Role.User) =>
        Database.WriteAsync(db => db.Memberships.AddAsync(new Membership(SubAccount, user, role, Monday)).AsTask());

    /// <summary>V3, on Zoom for every member, 30-minute slots every 30 minutes, the first member is the primary owner.</summary>
    public async Task<CalendarId> CalendarAsync(
        CalendarType type,
        IReadOnlyList<UserId> members,
        BookingRules? rules = null,
        MeetingLocation? location = null,
        Action<Calendar>? change = null)
    {
        var id = CalendarId.New(Monday);
        var calendar = new Calendar(id, SubAccount, type.ToString(), $"{type}-{id}", type, CalendarVersion.V3, "Etc/UTC", Monday)
        {
            Rules = rules ?? new BookingRules(),
        };
        foreach (var member in members)
        {
            calendar.AddMember(member, location ?? MeetingLocation.Zoom, isPrimaryOwner: member == members[0]);
        }

        change?.Invoke(calendar);
        await Database.WriteAsync(db => db.Calendars.AddAsync(calendar).AsTask());
        return id;
    }

    /// <summary>Ties a user's profile here to a Zoom account, without any OAuth.</summary>
    public Task ConnectAsync(UserId user, string zoomUserKey) => Database.WriteAsync(async db =>
    {
        if (!await db.ZoomAccounts.AnyAsync(account => account.Key == zoomUserKey))
        {
            db.ZoomAccounts.Add(new ZoomAccount { Key = zoomUserKey, ZoomUserId = $"zoom-{zoomUserKey}" });
        }

        db.Connections.Add(new Connection { SubAccountId = SubAccount, UserId = user, ZoomUserKey = zoomUserKey, ConnectedAt = Now });
    });

    public Task<BookingOutcome> BookAsync(
        CalendarId calendar, DateTimeOffset start, Action<BookRequestBuilder>? change = null, Actor? actor = null)
    {
        var builder = new BookRequestBuilder(calendar, start);
        change?.Invoke(builder);
        return Book.BookAsync(builder.Request, actor ?? AsAdmin, Now, CancellationToken.None);
    }

    public async Task<AppointmentId> BookedAsync(
        CalendarId calendar, DateTimeOffset start, Action<BookRequestBuilder>? change = null, Actor? actor = null)
    {
        var outcome = await BookAsync(calendar, start, change, actor);
        return outcome.ForStaff.Text.Length == 0
            ? outcome.AppointmentId!.Value
            : throw new InvalidOperationException(outcome.ForStaff.Text);
    }

    public Task<BookingOutcome> MoveAsync(AppointmentId id, DateTimeOffset start, UserId? host = null, Actor? actor = null) =>
        Book.MoveAsync(new MoveRequest(id, null, start) { HostId = host }, actor ?? AsAdmin, Now, CancellationToken.None);

    public Task<BookingOutcome> CancelAsync(AppointmentId id, Actor? actor = null) =>
        Book.CancelAsync(id, null, actor ?? AsAdmin, Now, CancellationToken.None);

    public Task<Appointment> AppointmentAsync(AppointmentId id) =>
        Database.ReadAsync(db => db.Appointments.AsNoTracking().SingleAsync(appointment => appointment.Id == id));

    public Task<List<SlotMeeting>> MeetingsAsync() =>
        Database.ReadAsync(
            db => db.SlotMeetings.AsNoTracking().OrderBy(meeting => meeting.Start).ThenBy(meeting => meeting.Id).ToListAsync());

    public Task<List<EventKind>> EventsAsync() =>
        Database.ReadAsync(db => db.Events.OrderBy(entry => entry.Id).Select(entry => entry.Kind).ToListAsync());

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}

internal sealed class BookRequestBuilder(CalendarId calendar, DateTimeOffset start)
{
    public BookRequest Request { get; set; } = new()
    {
        CalendarId = calendar,
        Start = start,
        Booker = new Booker { Name = "Jo Field", Email = "jo@example.test" },
    };
}
