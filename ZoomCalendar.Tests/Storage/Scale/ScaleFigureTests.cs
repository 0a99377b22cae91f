using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Connect;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Connect;

namespace ZoomCalendar.Tests.Storage.Scale;

/// <summary>The figures of docs/scale.md. <c>ZOOMCALENDAR_SCALE=90</c> measures with so many bookings, and circuits too.</summary>
[OnPostgreSql]
[Trait("Category", "PostgreSql")]
[Trait("Category", "Browser")]
public sealed class ScaleFigureTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Circuits = 30;
    private static readonly int? Asked = Environment.GetEnvironmentVariable("ZOOMCALENDAR_SCALE") is { Length: > 0 } text ? int.Parse(
        text, CultureInfo.InvariantCulture) : null;

    private string? _connectionString;
    private AppHost _app = null!;

    private SandboxServer Zoom => _app.Services.GetRequiredService<SandboxHost>().Server!;

    public async Task InitializeAsync()
    {
        _connectionString = await (await PostgreSqlServer.SharedAsync()).NewEmptyDatabaseAsync();
        _app = await AppHost.StartAsync(builder => builder.UseSetting("Database:Provider", "PostgreSql").UseSetting(
            "ConnectionStrings:ZoomCalendar", _connectionString));
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await (await PostgreSqlServer.SharedAsync()).DropAsync(_connectionString!);
    }

    [DatabaseFact]
    public async Task A_booking_with_all_that_follows_is_a_dozen_rows_and_one_request_to_Zoom()
    {
        var bookings = Asked ?? 3;
        using var figures = new BookingFigures(_connectionString!);
        await (await Person.SignedInAsync(_app, Zoom, "ben@demo.test")).ConnectAsync("northwind", "ben@zoom.test");
        var (calendar, admin) = await UseZoomAsync();
        await AllIsDoneAsync();
        var (rows, requests, statements, watch) =
            (await figures.RowsAsync(), Zoom.Control.Requests.Count, figures.Statements, Stopwatch.StartNew());
        var book = _app.Services.GetRequiredService<AppointmentBook>();
        var server = figures.ServerTime;
        var (today, processor) = (TimeProvider.System.GetUtcNow().UtcDateTime.Date, Environment.CpuUsage.TotalTime);

        for (var number = 0; number < bookings; number++)
        {
            var start = new DateTimeOffset(today.AddDays(12 + number).AddHours(10), TimeSpan.Zero);
            var request = new BookRequest
            {
                CalendarId = calendar,
                Start = start,
                Booker = new Booker { Name = "Jo Field", Email = $"jo{number}@example.test" },
                Override = BookingOverride.Staff,
            };
            (await book.BookAsync(request, admin, TimeProvider.System.GetUtcNow(), CancellationToken.None)).ForStaff.Text.Should()
                .BeEmpty();
        }

        var asking = (watch.Elapsed, Environment.CpuUsage.TotalTime - processor);
        await AllIsDoneAsync();

        var (total, took) = (figures.Statements - statements, watch.Elapsed.TotalSeconds);
        output.WriteLine(
            $"processor time until all was done: {(Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / bookings:F1} "
                + $"ms of this process, {(figures.ServerTime - server).TotalMilliseconds / bookings:F1} ms of PostgreSQL");
        var after = await figures.RowsAsync();
        var idle = await IdleAsync(figures);
        output.WriteLine(
            $"{bookings} bookings: {asking.Item1.TotalMilliseconds / bookings:F1} ms each one after the other, "
                + $"{asking.Item2.TotalMilliseconds / bookings:F1} ms of processor time (all this process does); all done after "
                + $"{took:F1} s, {(total - (idle * took)) / bookings:F1} statements each beside the idle work");
        output.WriteLine(
            $"requests to Zoom: {string.Join(", ", Zoom.Control.Requests.Skip(requests).GroupBy(request => request.Kind).Select(kind => $"{kind.Key} {kind.Count() / (double)bookings:F2}"))}");
        var (allRows, allBytes) = (0.0, 0.0);
        foreach (var (table, count) in after.Where(pair => pair.Value > rows[pair.Key]))
        {
            var (each, bytes) = ((count - rows[table]) / (double)bookings,
                Asked is null || count - rows[table] < bookings / 2 ? 0 : await figures.BytesAsync(table));
            (allRows, allBytes) = (allRows + each, allBytes + (each * bytes));
            output.WriteLine($"{table}: {each:F2} rows of {bytes} bytes");
        }

        output.WriteLine($"in all: {allRows:F1} rows, {allBytes:F0} bytes");
        allRows.Should().BeLessThanOrEqualTo(14);
        Zoom.Control.Requests.Skip(requests)
            .Count(request => request.Kind is ZoomCalendar.Sandbox.RequestKind.Create or ZoomCalendar.Sandbox.RequestKind.Update).Should()
            .Be(bookings);
    }

    [ChromiumFact]
    public async Task A_circuit_is_small()
    {
        if (Asked is null)
        {
            return;
        }

        var page = await Browser.OpenAsync(_app);
        await page.SignInAsync("ben@demo.test");
        await OpenAsync(3);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var workingSet = Environment.WorkingSet;
        await OpenAsync(Circuits);
        var after = GC.GetTotalMemory(forceFullCollection: true);

        output.WriteLine(
            $"a circuit on the calendar: {(after - before) / Circuits / 1024} KB of live objects, "
                + $"{(Environment.WorkingSet - workingSet) / Circuits / 1024} KB of working set");
        await page.Context.CloseAsync();
        (after - before).Should().BeLessThan(Circuits * 4_000_000L);

        async Task OpenAsync(int count)
        {
            for (; count > 0; count--)
            {
                await (await page.Context.NewPageAsync()).VisitAsync("/a/northwind/calendar");
            }
        }
    }

    /// <summary>Statements in a second in which nobody wants anything.</summary>
    private async Task<double> IdleAsync(BookingFigures figures)
    {
        if (Asked is null)
        {
            return 0;
        }

        var (statements, watch) = (figures.Statements, Stopwatch.StartNew());
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(20));
        await timer.WaitForNextTickAsync();
        var each = (figures.Statements - statements) / watch.Elapsed.TotalSeconds;
        output.WriteLine($"idle: {each:F1} statements a second");
        return each;
    }

    private async Task<(CalendarId, Actor)> UseZoomAsync()
    {
        await using var db = await _app.OpenDatabaseAsync();
        var intro = await db.Calendars.Include(calendar => calendar.Members).SingleAsync(calendar => calendar.Slug == "intro-call");
        intro.ChangeLocation(intro.Members[0].UserId, MeetingLocation.Zoom);
        await db.SaveChangesAsync();
        return (intro.Id, Actor.Staff(
            await db.Memberships.SingleAsync(row => row.SubAccountId == intro.SubAccountId && row.Role == Role.Admin)));
    }

    private Task AllIsDoneAsync() => Eventually.HoldsAsync(
        async () =>
        {
            await using var db = await _app.OpenDatabaseAsync();
            var (now, last) = (TimeProvider.System.GetUtcNow(), await db.Events.MaxAsync(entry => (long?)entry.Id) ?? 0);
            return !await db.SlotMeetings.AnyAsync(row => row.State == SlotMeetingState.Wanted && row.ZoomUserKey != null)
                && !await db.Messages.AnyAsync(row => row.State == MessageState.Waiting && row.DueAt <= now)
                && await db.EventReaders.AllAsync(row => row.Position >= last);
        },
        TimeSpan.FromMinutes(5),
        "links and messages are there");
}
