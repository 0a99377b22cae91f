using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Connect;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.EndToEnd;

/// <summary>The app as a process, killed between Zoom's answer and the write.</summary>
public sealed class KilledProcessTests : IAsyncLifetime
{
    private const string BenInZoom = "ben@zoom.test";

    private AppData _data = null!;
    private SandboxServer _zoom = null!;

    public async Task InitializeAsync()
    {
        _data = await AppData.CreateAsync();
        _zoom = await SandboxServer.StartAsync(new SandboxOptions { Port = 0 }, TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        await _zoom.DisposeAsync();
        await _data.DisposeAsync();
    }

    [Fact]
    public async Task Killed_between_Zoom_s_answer_and_the_write_there_is_exactly_one_meeting_and_a_restart_disconnects_nobody()
    {
        var database = _data.Database;
        AppointmentId id;
        await using (var app = await AppProcess.StartAsync(_data, _zoom))
        {
            await new Person(await app.SignedInAsync("ben@demo.test"), _zoom).ConnectAsync("northwind", BenInZoom);
            // Zoom makes the meeting and keeps the app waiting for its answer.
            _zoom.Control.Fail(new SandboxFault
            {
                Mode = FaultMode.DelayAnswer,
                Kind = ZoomCalendar.Sandbox.RequestKind.Create,
                DelayMs = 120_000,
            });
            id = await BookAsync(database);
            await Eventually.HoldsAsync(
                () => _zoom.Control.MeetingsOf(BenInZoom).Count == 1, TimeSpan.FromMinutes(1), "the meeting exists in Zoom");

            await app.KillAsync();
        }

        (await LinkAsync(database, id)).Should().BeNull();
        await database.LetMinutesPassAsync();
        await using var restarted = await AppProcess.StartAsync(_data, _zoom);
        await Eventually.HoldsAsync(
            async () => await LinkAsync(database, id) is not null, TimeSpan.FromMinutes(2), "the link is on the appointment");

        var meeting = _zoom.Control.MeetingsOf(BenInZoom).Should().ContainSingle().Subject;
        (await LinkAsync(database, id)).Should().Be(meeting.JoinUrl);
        _zoom.Control.CountToday(BenInZoom).Should().Be(1, "the meeting was found, not made again");
    }

    private static async Task<AppointmentId> BookAsync(TestDatabase database)
    {
        await database.WriteAsync(async db =>
        {
            var intro = await db.Calendars.Include(calendar => calendar.Members).SingleAsync(calendar => calendar.Slug == "intro-call");
            intro.ChangeLocation(intro.Members[0].UserId, MeetingLocation.Zoom);
        });
        var calendar = await database.ReadAsync(db => db.Calendars.SingleAsync(row => row.Slug == "intro-call"));
        var admin = await database.ReadAsync(
            db => db.Memberships.SingleAsync(row => row.SubAccountId == calendar.SubAccountId && row.Role == Role.Admin));
        var now = TimeProvider.System.GetUtcNow();
        var book = new AppointmentBook(database, new FreeSlotFinder(database), new Signals());
        var outcome = await book.BookAsync(
            new BookRequest
            {
                CalendarId = calendar.Id,
                Start = new DateTimeOffset(now.UtcDateTime.Date.AddDays(9).AddHours(10), TimeSpan.Zero),
                Booker = new Booker { Name = "Jo Field" },
                Override = BookingOverride.Staff,
            },
            Actor.Staff(admin),
            now,
            CancellationToken.None);
        outcome.ForStaff.Text.Should().BeEmpty();
        return outcome.AppointmentId!.Value;
    }

    private static Task<string?> LinkAsync(TestDatabase database, AppointmentId id) => database.ReadAsync(async db =>
    {
        var appointment = await db.Appointments.SingleAsync(row => row.Id == id);
        var meeting = await db.SlotMeetings.SingleAsync(row => row.Id == appointment.SlotMeetingId);
        return meeting.State is SlotMeetingState.Live ? meeting.JoinUrl : null;
    });
}
