using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Connect;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Booking;
using ZoomCalendar.Web.Connect;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Screens;

/// <summary>
/// The demo's business with data: Ada (admin) and Ben connected, appointments with links, an invitation, a question about a second Zoom
/// account. Otto is admin of the other sub-account; Dora was a member of this one.
/// </summary>
public sealed class ScreenTestHost : IAsyncLifetime
{
    public const string Ada = "ada@demo.test";
    public const string Ben = "ben@demo.test";
    public const string Otto = "otto@demo.test";
    public const string Dora = "dora@demo.test";

    private const string OtherZoom = "ben@other-zoom.test";

    public AppHost App { get; private set; } = null!;

    public SubAccountId Northwind { get; private set; }

    public SubAccountId Southside { get; private set; }

    internal AppointmentId Booked { get; private set; }

    /// <summary>The question that waits for Ben in the other sub-account.</summary>
    internal string Question { get; private set; } = "";

    internal string Invitation { get; private set; } = "";

    internal SandboxServer Zoom => App.Services.GetRequiredService<SandboxHost>().Server!;

    internal DateTimeOffset Now => App.Services.GetRequiredService<TimeProvider>().GetUtcNow();

    public async Task InitializeAsync()
    {
        // All requests come from one address, more often than the limit for visitors allows.
        App = await AppHost.StartAsync(
            builder => builder.UseSetting("Booking:SubmissionsPerTenMinutes", "1000").UseSetting("Booking:ViewsPerMinute", "10000"));
        (Northwind, Southside) = await ReadAsync(async db => (
            await db.SubAccounts.Where(row => row.Slug == "northwind").Select(row => row.Id).SingleAsync(),
            await db.SubAccounts.Where(row => row.Slug == "southside").Select(row => row.Id).SingleAsync()));
        await JoinAsync("Otto Brandt", Otto, Southside, Role.Admin);
        await RemoveAsync(await JoinAsync("Dora Lang", Dora, Northwind, Role.Admin));

        Zoom.Control.AddUser(OtherZoom);
        await (await Person.SignedInAsync(App, Zoom, Ada)).ConnectAsync("northwind", "ada@zoom.test");
        var ben = await Person.SignedInAsync(App, Zoom, Ben);
        await ben.ConnectAsync("northwind", "ben@zoom.test");
        Question = (await ben.ConnectAsync("southside", OtherZoom)).Split('/')[^1];
        await BookAsync();
        Invitation = await InviteAsync();
    }

    public Task DisposeAsync() => App.DisposeAsync().AsTask();

    public async Task<T> ReadAsync<T>(Func<Core.Storage.ZoomCalendarContext, Task<T>> query)
    {
        await using var db = await App.OpenDatabaseAsync();
        return await query(db);
    }

    internal Task<UserId> UserAsync(string email) =>
        ReadAsync(db => db.Users.Where(row => row.Email == email).Select(row => row.Id).SingleAsync());

    internal Task<CalendarId> CalendarAsync(string slug) =>
        ReadAsync(db => db.Calendars.Where(row => row.Slug == slug).Select(row => row.Id).SingleAsync());

    internal async Task<string> PersonalLinkAsync(LinkPurpose purpose)
    {
        var booked = await ReadAsync(db => db.Appointments.AsNoTracking().SingleAsync(row => row.Id == Booked));
        return App.Services.GetRequiredService<AppointmentLinks>().Make(purpose, Booked, booked.End, booked.Booker.Email);
    }

    /// <summary>A link to the data of one appointment.</summary>
    internal async Task<string> DataLinkAsync()
    {
        var booked = await ReadAsync(db => db.Appointments.AsNoTracking().SingleAsync(row => row.Id == Booked));
        return App.Services.GetRequiredService<DataLinks>()
            .Make(new PersonalLink(Booked, PersonalLink.HolderOf(booked.Booker.Email)), booked.End);
    }

    /// <summary>A personal link to a place in line that was given up.</summary>
    internal string PlaceInLine() =>
        App.Services.GetRequiredService<WaitingListLinks>().Make(WaitingId.New(Now), Now.AddDays(7), "jo@example.test");

    /// <summary>An appointment of Ben's at a time that nobody has yet.</summary>
    internal async Task<AppointmentId> BookOneAsync(string calendarSlug = "intro-call", string booker = "Jo Field")
    {
        var (calendar, ada, now) = (await CalendarAsync(calendarSlug), new Actor(Northwind, await UserAsync(Ada), Role.Admin), Now);
        var free = await App.Services.GetRequiredService<FreeSlotFinder>()
            .FindAsync(calendar, now.AddDays(1), now.AddDays(20), null, ada, now, default);
        var outcome = await App.Services.GetRequiredService<AppointmentBook>().BookAsync(
            new BookRequest
            {
                CalendarId = calendar,
                Start = free[free.Count / 2].Start.ToDateTimeOffset(),
                Booker = new Booker { Name = booker, Email = "jo@example.test" },
            },
            ada,
            now,
            default);
        outcome.ForStaff.Text.Should().BeEmpty();
        return outcome.AppointmentId!.Value;
    }

    private async Task<UserId> JoinAsync(string name, string email, SubAccountId subAccount, Role role)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var user = new User { Id = UserId.New(Now), UserName = email, Email = email, Name = name, TimeZone = "Europe/Berlin" };
        (await scope.ServiceProvider.GetRequiredService<UserManager<User>>().CreateAsync(user, "Zoom-Calendar-1")).Succeeded.Should()
            .BeTrue();
        await using var db = await App.OpenDatabaseAsync();
        db.Memberships.Add(new Membership(subAccount, user.Id, role, Now));
        await db.SaveChangesAsync();
        return user.Id;
    }

    private async Task RemoveAsync(UserId user)
    {
        var version = await ReadAsync(db => db.Memberships.Where(row => row.UserId == user).Select(row => row.Version).SingleAsync());
        var removed = await App.Services.GetRequiredService<Team>()
            .RemoveAsync(user, version, false, new Actor(Northwind, await UserAsync(Ada), Role.Admin) { IsApp = true }, Now, default);
        removed.Message.Should().BeEmpty();
    }

    private async Task BookAsync()
    {
        await using var db = await App.OpenDatabaseAsync();
        foreach (var calendar in await db.Calendars.Include(row => row.Members).Where(
            row => row.Slug == "intro-call" || row.Slug == "yoga-class").ToListAsync())
        {
            calendar.ChangeLocation(calendar.Members[0].UserId, MeetingLocation.Zoom);
        }

        await db.SaveChangesAsync();
        Booked = await BookOneAsync();
        foreach (var booker in new[] { "Noor Haddad", "Wilhelmina Featherstonehaugh-Cholmondeley", "Dan Whitmore" })
        {
            await BookOneAsync("yoga-class", booker);
        }

        await Eventually.HoldsAsync(
            () => db.SlotMeetings.AllAsync(
                meeting => meeting.State == SlotMeetingState.Live), TimeSpan.FromMinutes(1), "every link is there");
    }

    private async Task<string> InviteAsync()
    {
        var token = "";
        var ada = new Actor(Northwind, await UserAsync(Ada), Role.Admin);
        await App.Services.GetRequiredService<Invitations>().InviteAsync("new@example.test", Role.User, MessageOf, ada, Now, default);
        return token;

        Core.Messages.Message MessageOf(string made)
        {
            token = made;
            return App.Services.GetRequiredService<MessageOutbox>()
                .RowOf(new OutgoingMessage("new@example.test", "An invitation", "A link"));
        }
    }
}

/// <summary>Test classes that share the fixture and run in sequence.</summary>
[CollectionDefinition(nameof(ScreenTestHost))]
public sealed class BusinessCollection : ICollectionFixture<ScreenTestHost>;
