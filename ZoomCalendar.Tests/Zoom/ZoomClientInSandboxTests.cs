using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Zoom;
using ZoomCalendar.Sandbox;
using static ZoomCalendar.Tests.Zoom.ZoomClientTests;
using Kind = ZoomCalendar.Core.Zoom.ZoomErrorKind;

namespace ZoomCalendar.Tests.Zoom;

/// <summary>The clients as they are registered, against the stand-in for Zoom over HTTP.</summary>
public sealed class ZoomClientInSandboxTests : IAsyncLifetime
{
    private const string Email = "host@zoom.test";

    private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow().AddDays(1);
    private SandboxServer _sandbox = null!;
    private ServiceProvider _services = null!;
    private AccessToken _token;
    private RefreshToken _refresh;

    private ZoomClient Client => _services.GetRequiredService<ZoomClient>();

    private ZoomOAuthClient OAuth => _services.GetRequiredService<ZoomOAuthClient>();

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { Port = 0 }, TimeProvider.System);
        _sandbox.Control.AddUser(Email);
        var issued = _sandbox.Control.IssueTokens(Email);
        (_token, _refresh) = (new(issued.AccessToken), new(issued.RefreshToken));
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Zoom:ClientId"] = "sandbox-client",
                ["Zoom:ClientSecret"] = "sandbox-secret",
                ["Zoom:OAuthBaseUrl"] = _sandbox.OAuthBaseUrl,
                ["Zoom:ApiBaseUrl"] = _sandbox.ApiBaseUrl,
            })
            .Build();
        _services = new ServiceCollection().AddLogging().AddZoomClient(configuration).BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task A_meeting_lives_from_creation_to_deletion()
    {
        var created = ValueOf(await Client.CreateMeetingAsync(_token, Upcoming("First"), default));
        var listed = ValueOf(await Client.ListUpcomingMeetingsAsync(_token, default));
        ValueOf(await Client.UpdateMeetingAsync(_token, created.Id, Upcoming("Second"), default));
        var read = ValueOf(await Client.GetMeetingAsync(_token, created.Id, default));
        var start = ValueOf(await Client.GetStartUrlAsync(_token, created.Id, default));
        ValueOf(await Client.DeleteMeetingAsync(_token, created.Id, default));
        var gone = ErrorOf(await Client.DeleteMeetingAsync(_token, created.Id, default));

        listed.Meetings.Should().ContainSingle(meeting => meeting.Id == created.Id && meeting.Agenda == "Ref: zc-1-2"
            && meeting.JoinUrl == created.JoinUrl);
        (read.Topic, read.JoinUrl, read.StartTime).Should().Be(("Second", created.JoinUrl, created.StartTime));
        start.AbsolutePath.Should().Be($"/s/{created.Id}");
        gone.Kind.Should().Be(Kind.MeetingGone);
        _sandbox.Control.CountToday(Email).Should().Be(4);
    }

    [Fact]
    public async Task The_connected_user_is_the_one_who_allowed_it()
    {
        ValueOf(await Client.GetMeAsync(_token, default)).Email.Should().Be(Email);
    }

    [Fact]
    public async Task A_refresh_token_is_good_for_one_refresh()
    {
        var renewed = ValueOf(await OAuth.RefreshAsync(_refresh, default));

        ZoomScopes.MissingFrom(renewed.Scopes).Should().BeEmpty();
        (await Client.GetMeAsync(renewed.AccessToken, default)).Should().BeOfType<ZoomResult<ZoomUser>.Ok>();
        ErrorOf(await OAuth.RefreshAsync(_refresh, default)).Kind.Should().Be(Kind.InvalidGrant);
    }

    [Fact]
    public async Task A_revoked_token_opens_nothing_any_more()
    {
        ValueOf(await OAuth.RevokeAsync(_token, default));

        ErrorOf(await Client.GetMeAsync(_token, default)).Kind.Should().Be(Kind.Unauthorized);
    }

    [Fact]
    public async Task Request_101_is_answered_with_daily_limit_reached()
    {
        _sandbox.Control.SetCount(Email, 100);

        ErrorOf(await Client.CreateMeetingAsync(_token, Upcoming("One too many"), default)).Kind.Should().Be(Kind.DailyLimitReached);
    }

    [Fact]
    public async Task Withdrawn_approval_is_distinguished_from_an_expired_token()
    {
        _sandbox.Control.SetApproval(Email, approved: false);

        ErrorOf(await Client.GetMeAsync(_token, default)).Kind.Should().Be(Kind.ApprovalWithdrawn);
        ErrorOf(await OAuth.RefreshAsync(_refresh, default)).Kind.Should().Be(Kind.ApprovalWithdrawn);
    }

    [Theory]
    [InlineData(FaultMode.CutBefore, Kind.OutcomeUnknown)]
    [InlineData(FaultMode.CutAfter, Kind.OutcomeUnknown)]
    [InlineData(FaultMode.Malformed, Kind.OutcomeUnknown)]
    [InlineData(FaultMode.Enormous, Kind.OutcomeUnknown)]
    [InlineData(FaultMode.WrongTyped, Kind.OutcomeUnknown)]
    [InlineData(FaultMode.Redirect, Kind.Unexpected)]
    [InlineData(FaultMode.Status, Kind.ServerError)]
    [InlineData(FaultMode.RateLimit, Kind.RateLimited)]
    public async Task Each_fault_of_a_creation_is_classified_correctly(FaultMode mode, Kind expected)
    {
        _sandbox.Control.Fail(new SandboxFault { Mode = mode, Location = "http://127.0.0.1:9/" });

        ErrorOf(await Client.CreateMeetingAsync(_token, Upcoming("Faulty"), default)).Kind.Should().Be(expected);
        _sandbox.Control.Requests.Should().ContainSingle();
    }

    private MeetingRequest Upcoming(string topic) =>
        new(topic, _start, 45, "Europe/Berlin", "Ref: zc-1-2", null, new() { WaitingRoom = true, AutoRecording = AutoRecording.None });
}
