using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Pages.Schedule;

/// <summary>A real database with one business: Ada (admin), Ben and Cleo (users), and the calendars that a test creates.</summary>
internal sealed class ScheduleTestHost : IDbContextFactory<ZoomCalendarContext>, IAsyncDisposable
{
    public static readonly DateTimeOffset Monday = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    private readonly TestDatabase _database;

    private ScheduleTestHost(TestDatabase database, StatementCounter counter)
    {
        (_database, Counter) = (database, counter);
        Reader = new ScheduleReader(this, Clock);
    }

    public StatementCounter Counter { get; }

    public FakeTimeProvider Clock { get; } = new(Monday.AddHours(8));

    public ScheduleReader Reader { get; }

    public SubAccountId ScreenTestHost { get; private set; }

    public SubAccountId OtherBusiness { get; private set; }

    public UserId Ada { get; private set; }

    public UserId Ben { get; private set; }

    public UserId Cleo { get; private set; }

    public Actor AsAda => new(ScreenTestHost, Ada, Role.Admin);

    public Actor AsBen => new(ScreenTestHost, Ben, Role.User);

    public static async Task<ScheduleTestHost> BuildAsync()
    {
        var counter = new StatementCounter();
        var scheduleHost = new ScheduleTestHost(await TestDatabase.CreateAsync(counter), counter);
        await scheduleHost.ChangeAsync(db =>
        {
            var now = Monday;
            (scheduleHost.ScreenTestHost, scheduleHost.OtherBusiness) = (SubAccountId.New(now), SubAccountId.New(now));
            db.SubAccounts.AddRange(
                new SubAccount(scheduleHost.ScreenTestHost, "Northwind", "northwind", now),
                new SubAccount(scheduleHost.OtherBusiness, "Fabrikam", "fabrikam", now));
            (scheduleHost.Ada, scheduleHost.Ben, scheduleHost.Cleo) = (AddUser(db, "Ada"), AddUser(db, "Ben"), AddUser(db, "Cleo"));
            db.Memberships.AddRange(
                new Membership(scheduleHost.ScreenTestHost, scheduleHost.Ada, Role.Admin, now),
                new Membership(scheduleHost.ScreenTestHost, scheduleHost.Ben, Role.User, now),
                new Membership(scheduleHost.ScreenTestHost, scheduleHost.Cleo, Role.User, now),
                new Membership(scheduleHost.OtherBusiness, scheduleHost.Ben, Role.User, now));
        });
        return scheduleHost;
    }

    public ZoomCalendarContext CreateDbContext() => _database.CreateDbContext();

    public async Task ChangeAsync(Action<ZoomCalendarContext> change)
    {
        await using var db = CreateDbContext();
        change(db);
        await db.SaveChangesAsync();
    }

    public async Task<Calendar> CalendarAsync(
        string name, SubAccountId? screens = null, CalendarType type = CalendarType.Personal, params UserId[] members)
    {
        var id = CalendarId.New(Monday);
        var calendar = new Calendar(id, screens ?? ScreenTestHost, name, id.ToString(), type, CalendarVersion.V3, "Etc/UTC", Monday)
        {
            Rules = new BookingRules { Seats = type is CalendarType.ClassBooking ? 10 : 1 },
        };
        foreach (var member in members)
        {
            calendar.AddMember(member, MeetingLocation.Zoom, isPrimaryOwner: member == members[0]);
        }

        await ChangeAsync(db => db.Calendars.Add(calendar));
        return calendar;
    }

    /// <summary>Writes an appointment of half an hour and the time it takes, past all rules.</summary>
    public async Task<Appointment> AppointmentAsync(
        Calendar calendar,
        DateTimeOffset start,
        UserId? host = null,
        string title = "Talk",
        AppointmentStatus status = AppointmentStatus.Confirmed)
    {
        host ??= calendar.PrimaryOwner?.UserId;
        var appointment = new Appointment(
            AppointmentId.New(Monday), calendar.SubAccountId, new Slot(calendar.Id, host, start), start.AddMinutes(30), Monday)
        {
            Title = title,
            Booker = new Booker { Name = "Jo Field", Email = "jo@field.test" },
            Location = calendar.LocationOf(host),
            Status = status,
        };
        await ChangeAsync(db =>
        {
            db.Appointments.Add(appointment);
            if (status.IsActive() && host is { } user)
            {
                var takers = calendar.Type is CalendarType.Collective
                    ? [.. calendar.Members.Select(member => member.UserId)]
                    : new[] { user };
                db.BusyTimes.AddRange(takers.Select(taker => new BusyTime
                {
                    AppointmentId = appointment.Id,
                    UserId = taker,
                    CalendarId = calendar.Id,
                    HostId = user,
                    Start = start,
                    End = appointment.End,
                }));
            }
        });
        return appointment;
    }

    public async Task LinkAsync(string url, params Appointment[] appointments)
    {
        var meeting = new SlotMeeting(appointments[0].SubAccountId, appointments[0].Slot, appointments[0].End, "key", Monday);
        meeting.RecordCreated(1, "uuid", url, null, null, Monday);
        await ChangeAsync(db =>
        {
            db.SlotMeetings.Add(meeting);
            foreach (var appointment in appointments)
            {
                appointment.SlotMeetingId = meeting.Id;
                db.Appointments.Update(appointment);
            }
        });
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static UserId AddUser(ZoomCalendarContext db, string name)
    {
        var user = new User { Id = UserId.New(Monday), Name = name, UserName = name, Email = $"{name}@demo.test" };
        db.Users.Add(user);
        return user.Id;
    }
}
