using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Tests.Api;
using ZoomCalendar.Tests.Connect;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Booking;
using ZoomCalendar.Web.Connect;
using ZoomCalendar.Web.Startup.Telemetry;

namespace ZoomCalendar.Tests.Web.Telemetry;

/// <summary>Somebody connects Zoom, books, gets a link, opens it and cancels; what leaves the app about it.</summary>
public sealed class TelemetryTests
{
    private const string BenInZoom = "ben@zoom.test";

    [Fact]
    public async Task The_main_job_is_measured_traced_and_logged_without_secrets()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        using var tags = new TagListener();
        var logs = new LogLines();
        IReadOnlyList<string> secrets;
        await using (var app = await AppHost.StartAsync(builder =>
        {
            ApiHost.Configure(builder);
            builder.UseSetting("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address);
            builder.UseSetting("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
            builder.UseSetting("OTEL_EXPORTER_OTLP_TIMEOUT", "60000");
            builder.ConfigureLogging(logging => logging.AddProvider(logs).AddFilter<LogLines>(
                "ZoomCalendar", LogLevel.Trace).AddFilter<LogLines>("Microsoft", LogLevel.Information));
        }))
        {
            secrets = await StoryAsync(app);
            tags.AskGauges();
            app.Services.GetRequiredService<MeterProvider>().ForceFlush().Should().BeTrue();
            app.Services.GetRequiredService<TracerProvider>().ForceFlush().Should().BeTrue();
        }

        receiver.Metrics.Should().ContainAll(
            "zoomcalendar.zoom.request.duration",
            "zoomcalendar.booking.duration",
            "zoomcalendar.quota.left_at_request",
            "zoomcalendar.quota.lowest_left",
            "zoomcalendar.link.oldest_waiting",
            "zoomcalendar.queue.length",
            "zoomcalendar.reconciler.age",
            "zoomcalendar.deliveries",
            "http.server.request.duration",
            "create");
        receiver.Logs.Should().BeEmpty("lines that leave the app are redacted, and these would not be");
        receiver.Traces.Should().ContainAll("zoom create", "zoom token", "booking book", "/book/cancel/{token}");
        tags.Tags.Select(tag => tag.Key).Distinct().Should().BeSubsetOf(["verb", "kind", "outcome", "queue", "waiting_for"]);
        tags.Tags.Should()
            .OnlyContain(tag => tag.Value.Length < 30 && tag.Value.All(char.IsAsciiLetter), "tags are words from short lists");
        logs.All.Should().NotBeEmpty();
        foreach (var secret in secrets)
        {
            receiver.Metrics.Should().NotContain(secret);
            receiver.Traces.Should().NotContain(secret);
            logs.All.Where(line => line.Contains(secret, StringComparison.OrdinalIgnoreCase)).Should().BeEmpty();
        }
    }

    [Fact]
    public async Task A_log_line_holds_the_request_ids_and_no_part_of_a_link()
    {
        var logs = new LogLines();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(logs));
        using var activity = new System.Diagnostics.Activity("request").Start();

        factory.CreateLogger("ZoomCalendar.Test").LogWarning(
            new InvalidOperationException("GET https://example.test/book/cancel/abc123 of jo@example.com failed with Bearer xyz"),
            "Meeting {Meeting} at {Address}",
            42,
            "/book/change/CfDJ8AAAABBBBCCCC?x=1");

        var line = JsonDocument.Parse(logs.All.Single()).RootElement;
        line.GetProperty("trace").GetString().Should().Be(activity.TraceId.ToHexString());
        line.GetProperty("values").GetProperty("Meeting").GetString().Should().Be("42");
        line.GetProperty("message").GetString().Should().Be("Meeting 42 at /book/change/[redacted]?x=1");
        line.GetProperty("exception").GetString().Should()
            .Contain("GET https://example.test/[redacted] of [redacted] failed with [redacted]");
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Open_pages_are_counted_and_those_with_a_browser_apart()
    {
        using var services = new ServiceCollection().AddMetrics().AddSingleton<CircuitMetrics>().BuildServiceProvider();
        using var tags = new TagListener();
        var circuits = services.GetRequiredService<CircuitMetrics>();

        for (var i = 0; i < 3; i++)
        {
            await circuits.OnCircuitOpenedAsync(null!, CancellationToken.None);
            await circuits.OnConnectionUpAsync(null!, CancellationToken.None);
        }

        await circuits.OnConnectionDownAsync(null!, CancellationToken.None);
        await circuits.OnConnectionDownAsync(null!, CancellationToken.None);
        await circuits.OnCircuitClosedAsync(null!, CancellationToken.None);

        tags.SumOf("zoomcalendar.circuits").Should().Be(2);
        tags.SumOf("zoomcalendar.circuits.connected").Should().Be(1);
    }

    private static async Task<IReadOnlyList<string>> StoryAsync(AppHost app)
    {
        var zoom = app.Services.GetRequiredService<SandboxHost>().Server!;
        await (await Person.SignedInAsync(app, zoom, "ben@demo.test")).ConnectAsync("northwind", BenInZoom);
        using var api = new ApiClient(app.Address, ApiHost.Token);
        await using var db = await app.OpenDatabaseAsync();
        var northwind = await db.SubAccounts.SingleAsync(row => row.Slug == "northwind");
        var intro = await db.Calendars.Include(row => row.Members).SingleAsync(row => row.Slug == "intro-call");
        intro.ChangeLocation(intro.Members[0].UserId, Core.Accounts.MeetingLocation.Zoom);
        await db.SaveChangesAsync();
        var contact = await api.PostAsync("/contacts/upsert", new
        {
            locationId = $"{northwind.Id}",
            name = "Wilhelmina Quartermain",
            email = "wilhelmina@quartermain.test",
        });
        var start = TimeProvider.System.GetUtcNow().AddDays(9);
        var booked = await api.PostAsync("/calendars/events/appointments", new
        {
            calendarId = $"{intro.Id}",
            locationId = $"{northwind.Id}",
            contactId = contact.Body.GetProperty("contact").GetProperty("id").GetString(),
            startTime = start.ToString("yyyy-MM-ddTHH:00:00Z", System.Globalization.CultureInfo.InvariantCulture),
            title = "A confidential matter",
            ignoreFreeSlotValidation = true,
        });
        booked.Status.Should().Be(200, "{0}", booked.Body);
        var meetings = db.SlotMeetings.AsNoTracking().Where(row => row.JoinUrl != null);
        await Eventually.HoldsAsync(() => meetings.AnyAsync(), TimeSpan.FromMinutes(1), "the link is there");
        var meeting = await meetings.SingleAsync();

        var appointment = await db.Appointments.AsNoTracking().SingleAsync(row => row.SlotMeetingId == meeting.Id);
        var cancelPath = BookingUrls.Cancel(app.Services.GetRequiredService<AppointmentLinks>().Make(
            LinkPurpose.Cancel, appointment.Id, appointment.End, appointment.Booker.Email));
        using var booker = app.NewVisitor();
        (await booker.GetAsync(cancelPath)).IsSuccessStatusCode.Should().BeTrue();
        var messages = db.Messages.Where(row => row.AppointmentId == appointment.Id);
        await Eventually.HoldsAsync(() => messages.AnyAsync(row => row.SentAt != null), TimeSpan.FromMinutes(1), "a message went out");

        var tokens = await app.Services.GetRequiredService<IAccessTokenProvider>()
            .GetAsync(meeting.ZoomUserKey!, null, CancellationToken.None);
        return
        [
            meeting.JoinUrl!, meeting.JoinUrl!.Split('?')[^1], meeting.Passcode!, tokens.AccessToken!, meeting.ZoomUserKey!, ApiHost.Token,
            "Quartermain", "A confidential matter", BenInZoom, "ben@demo.test", cancelPath.Split('/')[^1],
        ];
    }
}
