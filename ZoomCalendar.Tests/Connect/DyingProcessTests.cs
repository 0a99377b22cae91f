using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Meetings;
using ZoomCalendar.Tests.Testing;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Connect;

/// <summary>
/// Runs with real rotating tokens. The process crashes at the first step on its database, then at the second, and so on until it
/// completes. Each time the next process makes Zoom and the database agree.
/// </summary>
public sealed class DyingProcessTests() : ConnectTest(DatabaseProvider.Sqlite)
{
    private CalendarId _calendar;
    private int _booked;
    private int _pairsLost;

    private TestDatabase Database => TestDatabase.Open(DatabaseProvider.Sqlite, ConnectionString);

    private AppointmentBook Book => new(Database, new FreeSlotFinder(Database), new Signals());

    private Actor AsAda => new(Studio, Ada, Role.Admin);

    [Theory]
    [InlineData(RequestKind.Create)]
    [InlineData(RequestKind.Update)]
    [InlineData(RequestKind.Delete)]
    public async Task With_an_expiring_token_a_request_survives_a_crash_at_every_step(RequestKind kind)
    {
        await PrepareAsync();

        await DieAtEachStepAsync(kind, () => Clock.Advance(TimeSpan.FromMinutes(56)));

        _pairsLost.Should().Be(1, "only between Zoom's new pair and its being stored is a pair lost");
    }

    [Theory]
    [InlineData(RequestKind.Create)]
    [InlineData(RequestKind.Update)]
    [InlineData(RequestKind.Delete)]
    public async Task With_a_refused_token_a_request_survives_a_crash_at_every_step(RequestKind kind)
    {
        await PrepareAsync();

        await DieAtEachStepAsync(kind, () => Zoom.Control.ExpireAccessTokens(AdaZoom));

        _pairsLost.Should().Be(1, "only between Zoom's new pair and its being stored is a pair lost");
    }

    [Fact]
    public async Task Disconnecting_survives_a_crash_at_every_step()
    {
        await PrepareAsync();
        await BookAsync();
        await ReconcileAsync(App);
        for (var step = 1; ; step++)
        {
            var death = new CrashInjection(step);
            await TryAsync(
                () => NewProcess(diesAt: death).GetRequiredService<ZoomConnections>().DisconnectAsync(Studio, Ada, Now, default));

            Clock.Advance(TimeSpan.FromHours(2));
            await NewProcess().GetRequiredService<TokenRevoker>().SweepAsync(Now, default);
            await using var db = NewDb();
            var isConnected = await db.Connections.AnyAsync();
            (Zoom.Control.IsConnected(AdaZoom), await AccountAsync() is not null).Should()
                .Be((isConnected, isConnected), "it died at step {0}", step);
            if (!isConnected)
            {
                (await db.SlotMeetings.Where(row => row.End > Now && row.State == SlotMeetingState.Live).ToListAsync()).Should()
                    .OnlyContain(row => row.WaitingFor == WaitingFor.Connection && row.JoinUrl != null);
            }

            await ConnectAsync();
            if (!death.IsDead)
            {
                step.Should().BeGreaterThan(8);
                return;
            }
        }
    }

    private async Task DieAtEachStepAsync(RequestKind kind, Action tokenEnds)
    {
        for (var step = 1; ; step++)
        {
            await MakeDueAsync(kind);
            tokenEnds();
            var death = new CrashInjection(step);
            await TryAsync(() => ReconcileAsync(NewProcess(diesAt: death)));

            await LiveOnAsync(step);

            if (!death.IsDead)
            {
                step.Should().BeGreaterThan(15);
                return;
            }
        }
    }

    /// <summary>A request of this kind is due, and no other.</summary>
    private async Task MakeDueAsync(RequestKind kind)
    {
        var id = await BookAsync();
        if (kind is RequestKind.Create)
        {
            return;
        }

        await ReconcileAsync(App);
        if (kind is RequestKind.Delete)
        {
            await Book.CancelAsync(id, null, AsAda, Now, default);
            return;
        }

        var row = await Database.ReadAsync(db => db.Appointments.AsNoTracking().SingleAsync(appointment => appointment.Id == id));
        (await Book.EditAsync(new EditRequest(id, row.Version) { Title = "Changed", Booker = row.Booker }, AsAda, Now, default))
            .ForStaff.Text.Should().BeEmpty();
        Clock.Advance(TimeSpan.FromMinutes(1));
    }

    /// <summary>
    /// Another process for a few minutes. If the crashed one lost a pair of tokens, Ada gets one notice and connects again.
    /// </summary>
    private async Task LiveOnAsync(int step)
    {
        var process = NewProcess();
        for (var minute = 0; minute < 5; minute++)
        {
            Clock.Advance(TimeSpan.FromMinutes(1));
            await ReconcileAsync(process);
            if ((await AccountAsync())!.State is ZoomAccountState.ReconnectNeeded)
            {
                _pairsLost++;
                (await EventsAsync()).Count(kind => kind is EventKind.ConnectionLost).Should().Be(_pairsLost);
                await ConnectAsync();
            }
        }

        await Agreement.ShouldHoldAsync(Database, Zoom.Control.Meetings, $"it died at step {step}");
        Zoom.Control.Meetings.Select(meeting => meeting.Agenda).Should().OnlyHaveUniqueItems();
        await using var db = NewDb();
        (await db.QuotaDays.SumAsync(quota => quota.Used)).Should().BeGreaterThanOrEqualTo(Zoom.Control.Counts.Sum(count => count.Count));
        // As on a new day, so that nothing ever waits for the quota.
        await db.QuotaDays.ExecuteDeleteAsync();
        Zoom.Control.Counts.ToList().ForEach(count => Zoom.Control.SetCount(count.User, 0, count.Day));
    }

    private async Task PrepareAsync()
    {
        await ConnectAsync();
        await using var db = NewDb();
        var calendar = new Calendar(
            CalendarId.New(Now), Studio, "Intro", "intro", CalendarType.Personal, CalendarVersion.V3, "Etc/UTC", Now);
        calendar.AddMember(Ada, MeetingLocation.Zoom, isPrimaryOwner: true);
        db.Calendars.Add(calendar);
        await db.SaveChangesAsync();
        _calendar = calendar.Id;
    }

    private async Task<AppointmentId> BookAsync()
    {
        var outcome = await Book.BookAsync(
            new BookRequest
            {
                CalendarId = _calendar,
                Start = new DateTimeOffset(Now.UtcDateTime.Date, TimeSpan.Zero).AddDays(9).AddHours(_booked++),
                Title = "First",
                Booker = new Booker { Name = "Jo Field" },
                Override = BookingOverride.Staff,
            },
            AsAda,
            Now,
            default);
        outcome.ForStaff.Text.Should().BeEmpty();
        return outcome.AppointmentId!.Value;
    }

    private static Task ReconcileAsync(IServiceProvider process) =>
        process.GetRequiredService<MeetingReconciler>().ReconcileAsync(default).WaitAsync(TimeSpan.FromSeconds(60));

    private static async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (exception is CrashException or { InnerException: CrashException })
        {
            // Crashed where the caller sees it.
        }
    }
}
