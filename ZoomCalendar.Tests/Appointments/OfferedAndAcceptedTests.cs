using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Appointments;

/// <summary>
/// Over random calendars, lengths, types and hosts: a time is offered for an appointment exactly if the appointment can be moved there.
/// </summary>
public abstract class OfferedAndAcceptedTests(DatabaseProvider provider) : IAsyncLifetime
{
    private TestTenant _tenant = null!;

    public async Task InitializeAsync() => _tenant = await TestTenant.CreateAsync(provider);

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task Exactly_the_offered_times_are_accepted()
    {
        var (offered, refused) = (0, 0);
        for (var seed = 1; seed <= 40; seed++)
        {
            var (had, gone) = await LookAsync(seed);
            (offered, refused) = (offered + had, refused + gone);
        }

        offered.Should().BeGreaterThan(200);
        refused.Should().BeGreaterThan(1_000);
    }

    private async Task<(int Offered, int Refused)> LookAsync(int seed)
    {
        var random = new Random(seed);
        var now = _tenant.Now.AddMinutes(15 * random.Next(24 * 4));
        var (id, people) = await SomeAppointmentAsync(random, now);
        var appointment = await _tenant.AppointmentAsync(id);
        var isAdmin = random.Next(2) == 0;
        var actor = isAdmin ? _tenant.AsAdmin : Actor.ForBooker(_tenant.SubAccount);
        var move = new PlannedMove(id)
        {
            HostId = isAdmin && random.Next(3) == 0 ? people[random.Next(people.Count)] : null,
            LengthMinutes = isAdmin && random.Next(4) == 0 ? 20 : null,
            WholeSlot = isAdmin && random.Next(4) == 0,
        };
        move = move.WholeSlot ? new PlannedMove(id) { WholeSlot = true } : move;

        var listed = await _tenant.FreeSlots.FindForMoveAsync(move, now.AddDays(-1), now.AddDays(6), actor, now, CancellationToken.None);
        var offered = listed.Select(slot => slot.Start.ToDateTimeOffset()).ToHashSet();
        var others = Enumerable.Range(0, 40).Select(_ => now.Date.AddMinutes(random.Next(-24 * 12, 6 * 24 * 12) * 5))
            .Select(local => new DateTimeOffset(local, TimeSpan.Zero))
            .Where(start => start != appointment.Start && !offered.Contains(start)).ToList();
        var tried = offered.Where(start => start != appointment.Start).OrderBy(_ => random.Next()).Take(12).ToList();

        foreach (var start in tried)
        {
            (await RefusalOfAsync(move, appointment, start, actor, now)).Should().BeNull($"{start:u} is offered (seed {seed})");
        }

        foreach (var start in others)
        {
            (await RefusalOfAsync(move, appointment, start, actor, now)).Should().NotBeNull($"{start:u} is not offered (seed {seed})");
        }

        return (tried.Count, others.Count);
    }

    /// <summary>The move itself, rolled back.</summary>
    private async Task<string?> RefusalOfAsync(
        PlannedMove move, Appointment appointment, DateTimeOffset start, Actor actor, DateTimeOffset now)
    {
        await using var db = _tenant.Database.CreateDbContext();
        await using var transaction = await db.BeginWriteAsync(CancellationToken.None);
        var scope = new BookingScope(db, actor, now, CancellationToken.None);
        var outcome = move.WholeSlot
            ? await MoveAppointment.MoveSlotAsync(scope, appointment.Slot, start, BookingOverride.None)
            : await MoveAppointment.MoveAsync(scope, new MoveRequest(move.Id, null, start)
            {
                HostId = move.HostId,
                LengthMinutes = move.LengthMinutes,
            });
        return outcome.Succeeded ? null : outcome.ForStaff.Text;
    }

    /// <summary>One of several appointments of a calendar whose length, members and other rules have changed since.</summary>
    private async Task<(AppointmentId Id, IReadOnlyList<UserId> People)> SomeAppointmentAsync(Random random, DateTimeOffset now)
    {
        CalendarType[] types =
            [CalendarType.Personal, CalendarType.RoundRobin, CalendarType.Collective, CalendarType.ClassBooking, CalendarType.Event];
        var type = types[random.Next(types.Length)];
        List<UserId> people = [];
        for (var index = 0; index < 3; index++)
        {
            people.Add(await _tenant.UserAsync($"host-{Guid.NewGuid():N}"));
        }

        List<UserId> hosts = type switch
        {
            CalendarType.Event => [],
            CalendarType.RoundRobin or CalendarType.Collective => people[..2],
            _ => people[..1],
        };
        int[] lengths = [15, 30, 45, 60, 90];
        var seats = random.Next(1, 3);
        var calendar = await _tenant.CalendarAsync(type, hosts, new BookingRules
        {
            LengthMinutes = lengths[random.Next(lengths.Length)],
            IntervalMinutes = 15,
            Seats = seats,
        }, MeetingLocation.AskTheBooker);
        List<AppointmentId> ids = [];
        for (var index = 0; index < 6; index++)
        {
            var outcome = await _tenant.BookAsync(
                calendar,
                _tenant.Now.AddDays(random.Next(1, 5)).AddMinutes(15 * random.Next(48)),
                builder => builder.Request = builder.Request with { Override = BookingOverride.Staff });
            ids.AddRange(outcome.AppointmentId is { } id ? [id] : Array.Empty<AppointmentId>());
        }

        await TakeTimeAsync(people, random);
        await _tenant.Database.WriteAsync(async db =>
        {
            var row = await db.Calendars.Include(found => found.Members).SingleAsync(found => found.Id == calendar);
            row.Hours = random.Next(2) == 0 || type is CalendarType.Event ? Hours(random) : null;
            row.Rules = row.Rules with
            {
                LengthMinutes = lengths[random.Next(lengths.Length)],
                IntervalMinutes = 15 * random.Next(1, 5),
                BufferBeforeMinutes = 15 * random.Next(2),
                BufferAfterMinutes = 15 * random.Next(2),
                MinimumNoticeMinutes = 60 * random.Next(4),
                CutOffMinutes = 60 * random.Next(6),
                HorizonDays = random.Next(2, 6),
                DayLimit = random.Next(3) == 0 ? 2 : null,
            };
            if (type is not CalendarType.Event && random.Next(2) == 0)
            {
                row.AddMember(people[2], MeetingLocation.AskTheBooker);
                row.RemoveMember(people[0]);
                row.MakePrimaryOwner(people[2]);
            }

            foreach (var user in await db.Users.Where(found => people.Contains(found.Id)).ToListAsync())
            {
                user.Hours = Hours(random);
            }
        });
        return (ids[random.Next(ids.Count)], people);
    }

    private async Task TakeTimeAsync(IReadOnlyList<UserId> people, Random random)
    {
        foreach (var person in people)
        {
            var own = await _tenant.CalendarAsync(CalendarType.Personal, [person], new BookingRules
            {
                LengthMinutes = 45,
                IntervalMinutes = 15,
                BufferAfterMinutes = 15,
            }, MeetingLocation.AskTheBooker);
            for (var index = 0; index < 4; index++)
            {
                await _tenant.BookAsync(own, _tenant.Now.AddDays(random.Next(1, 5)).AddMinutes(15 * random.Next(48)));
            }
        }
    }

    private static string Hours(Random random) => AvailabilityJson.Serialize(new Availability(
        random.Next(2) == 0 ? "Etc/UTC" : "America/New_York",
        random.Next(3) == 0 ? WeeklyHours.EveryDay("00:00-24:00") : WeeklyHours.EveryDay("06:30-12:00", "13:00-18:00")));
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteOfferedAndAcceptedTests() : OfferedAndAcceptedTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlOfferedAndAcceptedTests() : OfferedAndAcceptedTests(DatabaseProvider.PostgreSql);
