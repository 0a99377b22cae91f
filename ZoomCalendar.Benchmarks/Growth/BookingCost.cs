using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Benchmarks.Growth;

/// <summary>
/// Statements and round trips of a booking. SQLite runs in the process: its commands cost no round trip, but are counted in the same
/// way.
/// </summary>
internal static class BookingCost
{
    public static async Task PrintAsync(DatabaseProvider provider)
    {
        foreach (var (type, seats) in new[] { (CalendarType.Personal, 1), (CalendarType.ClassBooking, 20), (CalendarType.RoundRobin, 1),
            (CalendarType.Collective, 1) })
        {
            var (counter, commits) = (new StatementCounter(), new Commits());
            await using var database = await TestDatabase.CreateAsync(provider, counter, commits);
            var (calendar, actor) = await CalendarAsync(database, type, seats);
            var book = new AppointmentBook(database, new FreeSlotFinder(database), new Signals());
            // The first one compiles the queries.
            await BookAsync(1);
            counter.Reset();
            commits.Count = 0;
            await BookAsync(2);
            // BEGIN is sent together with the first command.
            Console.WriteLine(
                $"{provider}, {type}: {counter.StatementCount} statements in {counter.Statements.Count} commands, "
                    + $"{counter.Statements.Count + commits.Count} round trips with the commit");

            async Task BookAsync(int hours)
            {
                var request = new BookRequest
                {
                    CalendarId = calendar,
                    Start = World.Now.AddHours(hours),
                    Booker = new Booker { Name = "Jo Field" },
                    Override = BookingOverride.Staff,
                };
                var outcome = await book.BookAsync(request, actor, World.Now, CancellationToken.None);
                _ = outcome.Succeeded ? 0 : throw new InvalidOperationException(outcome.ForStaff.Text);
            }
        }
    }

    private static async Task<(CalendarId Calendar, Actor Actor)> CalendarAsync(TestDatabase database, CalendarType type, int seats)
    {
        var subAccount = new SubAccount(SubAccountId.New(World.Now), "Studio", "studio", World.Now);
        var users = Enumerable.Range(0, type is CalendarType.RoundRobin or CalendarType.Collective ? 12 : 1).Select(index => new User
        {
            Id = UserId.New(World.Now),
            Name = $"Host {index}",
            UserName = $"host{index}",
            NormalizedUserName = $"HOST{index}",
            Hours = AvailabilityJson.Serialize(Availability.Always("Etc/UTC")),
        }).ToList();
        var calendar = new Calendar(
            CalendarId.New(World.Now), subAccount.Id, "Intro", "intro", type, CalendarVersion.V3, "Etc/UTC", World.Now)
        {
            Rules = new BookingRules { Seats = seats },
        };
        foreach (var user in users)
        {
            calendar.AddMember(user.Id, MeetingLocation.Zoom, isPrimaryOwner: user == users[0]);
        }

        await database.WriteAsync(db =>
        {
            db.AddRange(subAccount, calendar);
            db.AddRange(users);
            db.AddRange(users.Select(user => new Membership(subAccount.Id, user.Id, Role.Admin, World.Now)));
            return Task.CompletedTask;
        });
        return (calendar.Id, new Actor(subAccount.Id, users[0].Id, Role.Admin));
    }

    private sealed class Commits : DbTransactionInterceptor
    {
        public int Count { get; set; }

        public override Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Count++;
            return Task.CompletedTask;
        }
    }
}
