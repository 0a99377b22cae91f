using Microsoft.Data.Sqlite;
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
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Connect;
using ZoomCalendar.Tests.Meetings;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Startup.Commands;

namespace ZoomCalendar.Tests.Storage.Moving;

/// <summary>
/// One installation's life, its app a process each time: backed up at work, moved to PostgreSQL, lost there and restored.
/// </summary>
[OnPostgreSql]
[Trait("Category", "PostgreSql")]
[Trait("Category", "Slow")]
public sealed class MovedAppTests : IAsyncLifetime
{
    private const string BenInZoom = "ben@zoom.test";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DatabaseMoveTestHost _scheduleHost = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoomcalendar-");
    private SandboxServer _zoom = null!;

    public async Task InitializeAsync() => _zoom = await SandboxServer.StartAsync(new SandboxOptions { Port = 0 }, TimeProvider.System);

    public async Task DisposeAsync()
    {
        await _zoom.DisposeAsync();
        await _scheduleHost.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [DatabaseFact]
    public async Task A_backup_during_bookings_that_is_moved_and_restored_loses_no_meeting()
    {
        var (home, backup) = (new DatabaseOptions
        {
            ConnectionString = $"Data Source={Path.Combine(_folder.FullName, "zoomcalendar.db")}",
        }, _scheduleHost.NewFile("backup"));
        AppointmentId kept, edited, late;
        await using (var app = await AppAsync(home))
        {
            await new Person(await app.SignedInAsync("ben@demo.test"), _zoom).ConnectAsync("northwind", BenInZoom);
            await using var snapshot = await DeskAsync(home);
            await snapshot.UseZoomAsync();
            (kept, edited) = (await snapshot.BookAsync(9), await snapshot.BookAsync(10));
            await snapshot.LinksAreReadyAsync(2, _zoom);
            await BookUntilAsync(snapshot, 20, BackUpAsync(home, backup));
            late = await snapshot.BookAsync(19);
            await snapshot.LinksAreReadyAsync(null, _zoom);
        }

        await ShouldBeConsistentAsync(backup);
        var (server, before) = (await _scheduleHost.EmptyAsync(DatabaseProvider.PostgreSql), Meetings());
        SqliteConnection.ClearAllPools();
        await RunAsync(
            "move-database", "--from", $"sqlite:{Path.Combine(_folder.FullName, "zoomcalendar.db")}", "--to", server.ConnectionString);
        await using (var app = await AppAsync(server))
        {
            await using var snapshot = await DeskAsync(server);
            await snapshot.EditAsync(edited, "Another title");
            await Eventually.HoldsAsync(
                () => _zoom.Control.Meetings.Any(meeting => meeting.Topic == "Another title"), Patience, "the meeting has the new title");
            await snapshot.BookAsync(11);
            await snapshot.LinksAreReadyAsync(null, _zoom);

            Meetings().Should().Contain(before).And.HaveCount(before.Count + 1, "known meetings are updated, not made again");
            await Agreement.ShouldHoldAsync(snapshot.Database, _zoom.Control.Meetings, "after the move");
            (await snapshot.Database.ReadAsync(db => db.QuotaDays.SumAsync(day => day.Used))).Should()
                .Be(_zoom.Control.CountToday(BenInZoom), "the day's count moved along");

            var another = _scheduleHost.NewFile("backup");
            await BookUntilAsync(snapshot, 45, BackUpAsync(server, another));
            await ShouldBeConsistentAsync(another);
            await app.KillAsync();
        }

        var (again, then) = (await _scheduleHost.EmptyAsync(DatabaseProvider.PostgreSql), Meetings());
        await RunAsync("restore", "--from", backup, "--database", again.ConnectionString);
        await using (var app = await AppAsync(again))
        {
            await using var snapshot = await DeskAsync(again);
            (await snapshot.Database.ReadAsync(db => db.Appointments.AnyAsync(row => row.Id == late))).Should()
                .BeFalse("it was booked after the backup");
            await snapshot.SweepAsync();
            await Eventually.HoldsAsync(
                () => snapshot.Database.ReadAsync(db => db.Events.AnyAsync(entry => entry.Kind == EventKind.ForeignMarkerSeen)),
                Patience,
                "what the backup does not know is reported");
            await snapshot.LinksAreReadyAsync(null, _zoom);
            Meetings().Should()
                .BeEquivalentTo(then, "it is never touched, and what was made for a slot since the backup is found, not made again");
            (await snapshot.Database.ReadAsync(db => db.SlotMeetings.Where(row => row.State == SlotMeetingState.Live).Select(
                row => row.ZoomMeetingId!.Value).ToListAsync())).Should().BeSubsetOf(then).And.OnlyHaveUniqueItems();
            await snapshot.CancelAsync(kept);
            await Eventually.HoldsAsync(() => Meetings().Count == then.Count - 1, Patience, "what it knows is managed on");
        }
    }

    private static async Task ShouldBeConsistentAsync(string backup)
    {
        await using var file = TestDatabase.Open(DatabaseProvider.Sqlite, $"Data Source={backup};Mode=ReadOnly;Pooling=False");
        await using var db = file.CreateDbContext();
        (await db.Database.SqlQueryRaw<string>("SELECT \"table\" AS \"Value\" FROM pragma_foreign_key_check").ToListAsync()).Should()
            .BeEmpty();
        (await db.Database.SqlQueryRaw<string>("SELECT integrity_check AS \"Value\" FROM pragma_integrity_check").ToListAsync()).Should()
            .Equal("ok");
        var appointments = await db.Appointments.AsNoTracking().Where(row => row.HostId != null).ToListAsync();
        var told = await db.Events.Where(entry => entry.Kind == EventKind.AppointmentBooked).Select(entry => entry.AppointmentId!.Value)
            .ToListAsync();
        told.Should().Contain(appointments.Select(row => row.Id), "each appointment came with its event");
        var taken = await db.BusyTimes.Select(row => row.AppointmentId).Distinct().ToListAsync();
        taken.Should().BeEquivalentTo(appointments.Where(row => row.IsActive).Select(row => row.Id), "each takes its host's time");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(backup).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    /// <summary>Bookings one after the other as long as the backup takes, and three at least.</summary>
    private static async Task BookUntilAsync(Desk snapshot, int firstDay, Task backup)
    {
        for (var booked = 0; booked < 3 || (!backup.IsCompleted && booked < 15); booked++)
        {
            await snapshot.BookAsync(firstDay + booked);
        }

        await backup;
    }

    private static Task BackUpAsync(DatabaseOptions database, string file) =>
        Task.Run(() => RunAsync("backup", "--to", file, "--database", database.ConnectionString));

    private static async Task RunAsync(params string[] words)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        (await CommandLine.RunAsync(words, output, errors, isTerminal: false, CancellationToken.None)).Should().Be(0, errors.ToString());
        output.ToString().Should().Contain("appointments: ");
    }

    private List<long> Meetings() => [.. _zoom.Control.Meetings.Select(meeting => meeting.Id)];

    private Task<AppProcess> AppAsync(DatabaseOptions database) => AppProcess.StartAsync(AppData.Of(_folder.FullName, database), _zoom);

    private static async Task<Desk> DeskAsync(DatabaseOptions options)
    {
        var database = DatabaseMoveTestHost.Open(options);
        var calendar = await database.ReadAsync(db => db.Calendars.SingleAsync(row => row.Slug == "intro-call"));
        var admin = await database.ReadAsync(
            db => db.Memberships.SingleAsync(row => row.SubAccountId == calendar.SubAccountId && row.Role == Role.Admin));
        return new Desk(database, calendar.Id, Actor.Staff(admin));
    }

    /// <summary>Staff at work on the app's database from this process.</summary>
    private sealed class Desk(TestDatabase database, CalendarId calendar, Actor admin) : IAsyncDisposable
    {
        private readonly AppointmentBook _book = new(database, new FreeSlotFinder(database), new Signals());

        public TestDatabase Database => database;

        private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

        public Task UseZoomAsync() => database.WriteAsync(async db =>
        {
            var intro = await db.Calendars.Include(row => row.Members).SingleAsync(row => row.Id == calendar);
            intro.ChangeLocation(intro.Members[0].UserId, MeetingLocation.Zoom);
        });

        public async Task<AppointmentId> BookAsync(int day)
        {
            var start = new DateTimeOffset(Now.UtcDateTime.Date.AddDays(day).AddHours(10), TimeSpan.Zero);
            var request = new BookRequest
            {
                CalendarId = calendar,
                Start = start,
                Title = $"Day {day}",
                Booker = new Booker { Name = "Jo Field" },
                Override = BookingOverride.Staff,
            };
            var outcome = await _book.BookAsync(request, admin, Now, CancellationToken.None);
            outcome.ForStaff.Text.Should().BeEmpty();
            return outcome.AppointmentId!.Value;
        }

        public async Task EditAsync(AppointmentId id, string title)
        {
            var known = await database.ReadAsync(db => db.Appointments.AsNoTracking().SingleAsync(row => row.Id == id));
            var outcome = await _book.EditAsync(
                new EditRequest(id, known.Version) { Title = title, Booker = known.Booker }, admin, Now, CancellationToken.None);
            outcome.ForStaff.Text.Should().BeEmpty();
            // An update waits half a minute for further changes.
            var (now, earlier) = ((DateTimeOffset?)Now, (DateTimeOffset?)Now.AddMinutes(-6));
            await database.ReadAsync(db => db.SlotMeetings.Where(row => row.FirstChangedAt != null).ExecuteUpdateAsync(set => set
                .SetProperty(row => row.FirstChangedAt, earlier).SetProperty(row => row.LastChangedAt, earlier)
                .SetProperty(row => row.NextActionAt, now)));
        }

        public async Task CancelAsync(AppointmentId id) =>
            (await _book.CancelAsync(id, null, admin, Now, CancellationToken.None)).ForStaff.Text.Should().BeEmpty();

        public Task<int> SweepAsync() =>
            database.ReadAsync(
                db => db.ZoomAccounts.ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSweptAt, (DateTimeOffset?)null)));

        /// <summary>Of all slots, and so many at least.</summary>
        public Task LinksAreReadyAsync(int? count, SandboxServer zoom) => Eventually.HoldsAsync(
            async () => await database.ReadAsync(
                db => db.SlotMeetings.AllAsync(row => row.State != SlotMeetingState.Wanted && row.InFlight == null))
                && zoom.Control.Meetings.Count >= (count ?? 0),
            Patience,
            "the links are there");

        public ValueTask DisposeAsync()
        {
            DatabaseMoveTestHost.Leave(new DatabaseOptions { Provider = database.Provider, ConnectionString = database.ConnectionString });
            return database.DisposeAsync();
        }
    }
}
