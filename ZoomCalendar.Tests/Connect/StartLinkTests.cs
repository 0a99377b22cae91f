using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Connect;
using ZoomRequest = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Connect;

/// <summary>Starting a meeting, which only its host may do.</summary>
public sealed class StartLinkTests(AppHost app) : IClassFixture<AppHost>, IAsyncLifetime
{
    private const string Here = "northwind";
    private const string BenZoom = "ben@zoom.test";

    private static readonly DateTimeOffset Noon = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero)
        .AddDays(3).AddHours(12);

    private Person _ben = null!;
    private AppointmentId _appointment;

    private SandboxServer Zoom => app.Services.GetRequiredService<SandboxHost>().Server!;

    public async Task InitializeAsync()
    {
        Zoom.Control.AddUser(BenZoom);
        Zoom.Control.AddUser("ada@zoom.test");
        _ben = await Person.SignedInAsync(app, Zoom, "ben@demo.test");
        (await _ben.ConnectAsync(Here, BenZoom)).Should().EndWith("zoom=connected");
        _appointment = await BookedAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_host_is_redirected_into_the_meeting_and_the_address_is_not_stored()
    {
        var shown = await ShownAsync("ben@demo.test");
        shown.CanStart.Should().BeTrue();
        shown.ToString().Should().Contain("Starts").And.NotContain("zak=");

        var answer = await StartAsync(_ben);

        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        answer.Headers.Location!.ToString().Should().StartWith($"{Zoom.OAuthBaseUrl}/s/").And.Contain("zak=");
        answer.Headers.CacheControl!.ToString().Should().Be("no-store");
        answer.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
        answer.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("https://*.zoom.us").And.Contain(Zoom.OAuthBaseUrl);
        (await answer.Content.ReadAsStringAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Admins_and_colleagues_cannot_start_the_meeting()
    {
        var ada = await Person.SignedInAsync(app, Zoom, "ada@demo.test");
        await ada.ConnectAsync(Here, BenZoom);
        var cleo = await Person.SignedInAsync(app, Zoom, "cleo@demo.test");

        (await StartAsync(ada)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await StartAsync(cleo)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await ShownAsync("ada@demo.test")).CanStart.Should().BeFalse();
        (await ShownAsync("cleo@demo.test")).CanStart.Should().BeFalse();
    }

    [Fact]
    public async Task In_another_sub_account_there_is_no_such_appointment()
    {
        var elsewhere = await ElsewhereAsync();

        (await StartAsync(_ben, elsewhere)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await StartAsync(await Person.SignedInAsync(app, Zoom, "cleo@demo.test"), elsewhere)).StatusCode.Should()
            .Be(HttpStatusCode.NotFound);
        (await StartAsync(_ben, appointment: Guid.NewGuid())).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Without_the_antiforgery_token_a_session_or_with_an_API_token_nothing_is_started()
    {
        (await _ben.PostRawAsync("/zoom/start", ("subAccount", Here), ("appointment", _appointment.ToString()))).StatusCode.Should()
            .Be(HttpStatusCode.BadRequest);

        using var visitor = app.NewVisitor();
        visitor.DefaultRequestHeaders.Add("Authorization", "Bearer demo");
        var answer = await visitor.PostAsync(
            "/zoom/start", new FormUrlEncodedContent([new("subAccount", Here), new("appointment", _appointment.ToString())]));

        answer.Headers.Location?.ToString().Should().Contain("/account/sign-in");
        (await _ben.GetAsync("/zoom/start")).StatusCode.Should().NotBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task A_host_without_a_connection_to_the_meetings_account_gets_a_sentence()
    {
        var ben = await BenAsync();
        await app.Services.GetRequiredService<Core.Connections.ZoomConnections>()
            .DisconnectAsync(ben.SubAccountId, ben.UserId!.Value, TimeProvider.System.GetUtcNow(), default);
        Zoom.Control.AddUser("ben@other-zoom.test");
        await _ben.ConnectAsync(Here, "ben@other-zoom.test");

        await BackWithAsync("startnotconnected", "you are not connected to the Zoom account that holds it");
        (await ShownAsync("ben@demo.test")).CanStart.Should().BeFalse();
        await app.Services.GetRequiredService<Core.Connections.ZoomConnections>()
            .DisconnectAsync(ben.SubAccountId, ben.UserId!.Value, TimeProvider.System.GetUtcNow(), default);
    }

    [Fact]
    public async Task When_Zoom_fails_the_host_returns_to_the_calendar_with_a_sentence()
    {
        Zoom.Control.Fail(new SandboxFault { Kind = ZoomRequest.Get, Status = 503 });
        await BackWithAsync("startnoanswer", "Zoom did not answer");

        Zoom.Control.Fail(new SandboxFault { Kind = ZoomRequest.Get, Status = 404, Code = 3001 });
        await BackWithAsync("startgone", "Zoom no longer has it");
    }

    [Fact]
    public async Task An_expired_token_is_renewed_first()
    {
        Zoom.Control.ExpireAccessTokens(BenZoom);

        (await StartAsync(_ben)).Headers.Location!.ToString().Should().Contain("zak=");
    }

    [Fact]
    public async Task A_cancelled_appointment_has_nothing_to_start()
    {
        var ben = await BenAsync();
        await app.Services.GetRequiredService<AppointmentBook>()
            .CancelAsync(_appointment, null, ben, TimeProvider.System.GetUtcNow(), default);

        await BackWithAsync("startnomeeting", "There is no Zoom meeting to start");
    }

    [Fact]
    public async Task A_forged_form_cannot_connect_for_another_user()
    {
        var ada = await Person.SignedInAsync(app, Zoom, "ada@demo.test");
        var (ben, before) = (await UserAsync("ben@demo.test"), await ConnectionsAsync());
        var answer = await ada.PostAsync("/zoom/connect", ("subAccount", Here), ("userId", ben.ToString()), ("user", ben.ToString()));

        await ada.FollowAsync(await ada.AtZoomAsync(answer.Headers.Location!, "ada@zoom.test"));

        var after = await ConnectionsAsync();
        after[ben].Should().Be(before[ben]);
        after[await UserAsync("ada@demo.test")].Should().NotBe(before[ben]);
        (await ada.PostAsync("/zoom/disconnect", ("subAccount", Here), ("userId", ben.ToString()))).IsSuccessStatusCode.Should()
            .BeFalse("there is no such address");
    }

    private async Task BackWithAsync(string result, string sentence)
    {
        var answer = await StartAsync(_ben);

        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        var back = answer.Headers.Location!.ToString();
        back.Should().StartWith($"/a/{Here}/calendar?").And.EndWith($"zoom={result}");
        (await (await _ben.GetAsync(back)).TextAsync()).Should().Contain(sentence);
    }

    /// <summary>What the calendar shows of the appointment, to an admin or a member.</summary>
    private async Task<AppointmentDetails> ShownAsync(string email)
    {
        var role = email.StartsWith("ada", StringComparison.Ordinal) ? Role.Admin : Role.User;
        var actor = new Actor((await BenAsync()).SubAccountId, await UserAsync(email), role);
        return (await app.Services.GetRequiredService<ScheduleReader>().DetailsAsync(actor, _appointment, default))!;
    }

    private Task<HttpResponseMessage> StartAsync(Person person, string subAccount = Here, Guid? appointment = null) =>
        person.PostAsync("/zoom/start", ("subAccount", subAccount), ("appointment", (appointment ?? _appointment.Value).ToString()));

    /// <summary>With Ben as host, on a calendar that is Cleo's too; its meeting is live.</summary>
    private async Task<AppointmentId> BookedAsync()
    {
        var ben = await BenAsync();
        var now = TimeProvider.System.GetUtcNow();
        var calendar = new Calendar(
            CalendarId.New(now),
            ben.SubAccountId,
            "Starts",
            $"starts-{Guid.NewGuid():N}",
            CalendarType.RoundRobin,
            CalendarVersion.V3,
            "Etc/UTC",
            now);
        calendar.AddMember(ben.UserId!.Value, MeetingLocation.Zoom, isPrimaryOwner: true);
        calendar.AddMember(await UserAsync("cleo@demo.test"), MeetingLocation.Zoom);
        await using var db = await app.OpenDatabaseAsync();
        db.Calendars.Add(calendar);
        await db.SaveChangesAsync();
        var request = new BookRequest
        {
            CalendarId = calendar.Id,
            HostId = ben.UserId,
            Start = Noon,
            Booker = new Booker { Name = "Jo Field", Email = "jo@example.test" },
            Override = BookingOverride.Staff | BookingOverride.DoubleBook,
        };
        var admin = new Actor(ben.SubAccountId, await UserAsync("ada@demo.test"), Role.Admin);
        var outcome = await app.Services.GetRequiredService<AppointmentBook>().BookAsync(request, admin, now, default);
        outcome.ForStaff.Text.Should().BeEmpty();
        await Eventually.HoldsAsync(
            () =>
                db.SlotMeetings.AnyAsync(meeting => meeting.CalendarId == calendar.Id && meeting.State == SlotMeetingState.Live),
                TimeSpan.FromSeconds(60),
                "the meeting is made");
        return outcome.AppointmentId!.Value;
    }

    private async Task<Actor> BenAsync()
    {
        await using var db = await app.OpenDatabaseAsync();
        return new Actor(
            await db.SubAccounts.Where(row => row.Slug == Here).Select(row => row.Id).SingleAsync(),
            await UserAsync("ben@demo.test"),
            Role.User);
    }

    private async Task<UserId> UserAsync(string email)
    {
        await using var db = await app.OpenDatabaseAsync();
        return await db.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync();
    }

    private async Task<string> ElsewhereAsync()
    {
        await using var db = await app.OpenDatabaseAsync();
        return await db.SubAccounts.Where(row => row.Slug != Here).Select(row => row.Slug).FirstAsync();
    }

    private async Task<Dictionary<UserId, string>> ConnectionsAsync()
    {
        var here = (await BenAsync()).SubAccountId;
        await using var db = await app.OpenDatabaseAsync();
        return await db.Connections.Where(row => row.SubAccountId == here).ToDictionaryAsync(row => row.UserId, row => row.ZoomUserKey);
    }
}
