using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Storage;

/// <summary>What a booking writes without change tracking is what saving the same rows would have written.</summary>
public abstract class NewRowsTests(DatabaseProvider provider)
{
    private static readonly DateTimeOffset Ten = TestTenant.Monday.AddHours(2);

    [DatabaseFact]
    public async Task Rows_written_in_one_command_read_back_as_they_were()
    {
        await using var tenant = await TestTenant.CreateAsync(await TestDatabase.CreateAsync(provider));
        var host = await tenant.UserAsync("host");
        var model = await tenant.AppointmentAsync(await tenant.BookedAsync(await tenant.CalendarAsync(CalendarType.Personal, [host]), Ten));
        var slot = new Slot(model.CalendarId, host, Ten.AddHours(3));
        var meeting = new SlotMeeting(model.SubAccountId, slot, Ten.AddHours(4), "key", Ten);
        var appointment = new Appointment(AppointmentId.New(Ten), model.SubAccountId, slot, Ten.AddHours(4), Ten)
        {
            Title = "Ein \"Termin\"; -- {0} @p1",
            Notes = "zweite\nZeile",
            Booker = new Booker { Name = "Jo", Email = "jo@example.test", Phone = "+1", TimeZone = "Asia/Kathmandu" },
            Location = MeetingLocation.Zoom,
            SlotMeetingId = meeting.Id,
            Status = AppointmentStatus.New,
            SubmitId = Guid.CreateVersion7(Ten),
            DoubleBook = true,
            BufferAfterMinutes = 10,
        };
        var entry = new Event
        {
            At = Ten,
            SubAccountId = model.SubAccountId,
            Kind = EventKind.AppointmentBooked,
            AppointmentId = appointment.Id,
            FormerStart = Ten,
        };
        await using var db = tenant.Database.CreateDbContext();

        await new BulkInsert(db).Add(meeting).Add(appointment).Add(entry, entry).WriteAsync(CancellationToken.None);

        (await db.SlotMeetings.AsNoTracking().SingleAsync(row => row.Id == meeting.Id)).Should().BeEquivalentTo(meeting);
        (await db.Appointments.AsNoTracking().SingleAsync(row => row.Id == appointment.Id)).Should().BeEquivalentTo(appointment);
        var entries = await db.Events.AsNoTracking().Where(row => row.AppointmentId == appointment.Id).ToListAsync();
        entries.Should().HaveCount(2)
            .And.AllSatisfy(row => row.Should().BeEquivalentTo(entry, options => options.Excluding(row => row.Id)));
        entries.Select(row => row.Id).Should().OnlyHaveUniqueItems();
    }

    [DatabaseFact]
    public async Task Nothing_is_sent_for_no_rows()
    {
        var counter = new StatementCounter();
        await using var database = await TestDatabase.CreateAsync(provider, counter);
        await using var db = database.CreateDbContext();
        counter.Reset();

        await new BulkInsert(db).Add<Event>().WriteAsync(CancellationToken.None);

        counter.Statements.Should().BeEmpty();
    }
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteNewRowsTests() : NewRowsTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlNewRowsTests() : NewRowsTests(DatabaseProvider.PostgreSql);
