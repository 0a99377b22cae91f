using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Demo;

/// <summary>Seeds two sub-accounts, so that a first start shows a business with data.</summary>
internal sealed class DemoSeed(ZoomCalendarContext db, UserManager<User> users, DemoAppointments appointments, TimeProvider clock)
{
    private const string Zone = "America/Chicago";
    private const string Northwind = "northwind";

    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        if (await db.SubAccounts.AnyAsync(subAccount => subAccount.Slug == Northwind, cancellationToken))
        {
            return;
        }

        var now = clock.GetUtcNow();
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var ada = await UserAsync(DemoPeople.Ada, "09:00-17:00", now);
        var ben = await UserAsync(DemoPeople.Ben, "08:00-20:00", now);
        var cleo = await UserAsync(DemoPeople.Cleo, "10:00-18:00", now);

        var northwind = new SubAccount(SubAccountId.New(now), "Northwind Studio", Northwind, now);
        var southside = new SubAccount(SubAccountId.New(now), "Southside Studio", "southside", now);
        db.AddRange(
            northwind,
            southside,
            new Membership(northwind.Id, ada.Id, Role.Admin, now),
            new Membership(northwind.Id, ben.Id, Role.User, now),
            new Membership(northwind.Id, cleo.Id, Role.User, now),
            new Membership(southside.Id, ben.Id, Role.User, now));
        await db.SaveChangesAsync(cancellationToken);
        foreach (var user in new[] { ada, ben, cleo })
        {
            user.LastSubAccountId = northwind.Id;
        }

        var calendars = DemoCalendars.Add(db, northwind.Id, southside.Id, ada.Id, ben.Id, cleo.Id, Zone, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        // The appointments are booked in their own transactions, after this one has ended: SQLite allows one writer.
        await transaction.DisposeAsync();

        var people = new[] { ada, ben, cleo }.ToDictionary(user => user.Email!, user => user.Id);
        await appointments.AddAsync(new Actor(northwind.Id, ada.Id, Role.Admin), calendars, people, Zone, now, cancellationToken);
    }

    private async Task<User> UserAsync(DemoPerson person, string everyDay, DateTimeOffset now)
    {
        var user = new User
        {
            Id = UserId.New(now),
            UserName = person.Email,
            Email = person.Email,
            Name = person.Name,
            TimeZone = Zone,
            Hours = AvailabilityJson.Serialize(new Availability(Zone, WeeklyHours.EveryDay(everyDay))),
        };
        var created = await users.CreateAsync(user, DemoPeople.Password);
        return created.Succeeded ? user : throw new InvalidOperationException(
            $"The demo user was refused: {string.Join(' ', created.Errors.Select(error => error.Description))}");
    }
}
