using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>
/// Whatever Zoom answers: the booking stands, it ends in a state with words, nothing is repeated at once, and in the end there is one
/// meeting.
/// </summary>
public sealed class FailureTests : IAsyncLifetime
{
    private ZoomTestHost _zoomHost = null!;

    public static TheoryData<string> Passing { get; } = [.. Faults.Keys];

    private static Dictionary<string, SandboxFault> Faults => new()
    {
        ["500"] = new() { Status = 500 },
        ["500 after acting"] = new() { Status = 500, ActFirst = true },
        ["503"] = new() { Status = 503 },
        ["cut before acting"] = new() { Mode = FaultMode.CutBefore },
        ["cut after acting"] = new() { Mode = FaultMode.CutAfter },
        ["malformed"] = new() { Mode = FaultMode.Malformed },
        ["wrong types"] = new() { Mode = FaultMode.WrongTyped },
        ["enormous"] = new() { Mode = FaultMode.Enormous, Size = 2 * 1024 * 1024 },
        ["redirect"] = new() { Mode = FaultMode.Redirect },
        ["per second"] = new() { Mode = FaultMode.RateLimit, Limit = LimitKind.PerSecond },
        ["per second, seconds"] = new() { Mode = FaultMode.RateLimit, Limit = LimitKind.PerSecond, RetryAfter = RetryAfterForm.Seconds },
        ["concurrent, instant"] = new() { Mode = FaultMode.RateLimit, Limit = LimitKind.Concurrent, RetryAfter = RetryAfterForm.Instant },
        ["an expired token"] = new() { Status = 401, Code = 124, Message = "Access token is expired." },
        ["teapot"] = new() { Status = 418, Body = "short and stout" },
    };

    public async Task InitializeAsync() => _zoomHost = await ZoomTestHost.CreateAsync();

    public async Task DisposeAsync()
    {
        _zoomHost.Failures.Exceptions.Should().BeEmpty();
        await _zoomHost.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_creation_that_fails_for_a_while_ends_in_one_meeting(string fault)
    {
        _zoomHost.Control.Fail(Faults[fault] with { Kind = RequestKind.Create, Times = fault == "an expired token" ? 1 : 2 });

        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        var link = LinkFacts.Of(await _zoomHost.MeetingOfAsync(jo), (await _zoomHost.AccountAsync()).State, _zoomHost.Now);
        link.State.Should().NotBe(LinkState.None);
        LinkDescriber.ForStaff(link).Text.Should().NotBeEmpty();
        await AnHourLaterAsync();

        _zoomHost.InZoom.Should().ContainSingle().Which.JoinUrl.Should().Be(await _zoomHost.LinkOfAsync(jo));
        (await _zoomHost.EventsAsync(EventKind.LinkReady)).Should().ContainSingle();
        (await _zoomHost.EventsAsync(EventKind.LinkWaiting)).Count.Should().BeLessThanOrEqualTo(1);
        (await _zoomHost.UsedAsync()).Should().Be(_zoomHost.Sent.Count).And.BeLessThanOrEqualTo(3);
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task An_update_that_fails_for_a_while_reaches_Zoom(string fault)
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        _zoomHost.Control.Fail(Faults[fault] with { Kind = RequestKind.Update, Times = fault == "an expired token" ? 1 : 2 });

        await _zoomHost.EditAsync(jo, "Second");
        await AnHourLaterAsync();

        _zoomHost.InZoom.Should().ContainSingle().Which.Topic.Should().Be("Second");
        (await _zoomHost.LinkOfAsync(jo)).Should().Be(_zoomHost.InZoom[0].JoinUrl);
        (await _zoomHost.EventsAsync(EventKind.LinkChangedInZoom)).Should().BeEmpty("nobody's hand was at work");
        (await _zoomHost.UsedAsync()).Should().Be(_zoomHost.Sent.Count).And.BeLessThanOrEqualTo(4);
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task S127_A_deletion_that_fails_for_a_while_succeeds_later(string fault)
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        _zoomHost.Control.Fail(Faults[fault] with { Kind = RequestKind.Delete, Times = fault == "an expired token" ? 1 : 2 });

        await _zoomHost.CancelAsync(jo);
        (await _zoomHost.TestTenant.AppointmentAsync(jo)).Status.Should().Be(AppointmentStatus.Cancelled);
        await AnHourLaterAsync();

        _zoomHost.InZoom.Should().BeEmpty();
        (await _zoomHost.TestTenant.MeetingsAsync()).Should().ContainSingle(row => row.State == SlotMeetingState.Dropped
            && row.JoinUrl == null);
        (await _zoomHost.UsedAsync()).Should().Be(_zoomHost.Sent.Count).And.BeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task S122_While_Zoom_is_down_the_host_gets_one_notice_and_requests_back_off()
    {
        _zoomHost.Control.Fail(new SandboxFault { Status = 500, Times = 10_000 });

        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        await AnHourLaterAsync();

        (await _zoomHost.MeetingOfAsync(jo)).Should().Match<SlotMeeting>(row => row.State == SlotMeetingState.Wanted
            && row.WaitingFor == WaitingFor.ZoomDown);
        (await _zoomHost.EventsAsync(EventKind.LinkWaiting)).Should().ContainSingle(waiting => waiting.AppointmentId == jo);
        (await _zoomHost.EventsAsync(EventKind.LinkOverdue)).Should().ContainSingle();
        _zoomHost.Control.Requests.Count.Should().BeLessThan(30);

        _zoomHost.Control.ClearFaults();
        await AnHourLaterAsync();
        _zoomHost.InZoom.Should().ContainSingle().Which.JoinUrl.Should().Be(await _zoomHost.LinkOfAsync(jo));
    }

    [Fact]
    public async Task S119_A_refused_token_is_refreshed_once_and_then_the_connection_is_lost()
    {
        _zoomHost.Control.Fail(new SandboxFault { Status = 401, Code = 124, Times = 100 });

        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        await AnHourLaterAsync();

        _zoomHost.Sent.Should().Equal(RequestKind.Create, RequestKind.Create);
        _zoomHost.Tokens.Refreshes.Should().Be(1);
        (await _zoomHost.UsedAsync()).Should().Be(2);
        (await _zoomHost.AccountAsync()).State.Should().Be(ZoomAccountState.ReconnectNeeded);
        (await _zoomHost.MeetingOfAsync(jo)).WaitingFor.Should().Be(WaitingFor.Reconnection);
        (await _zoomHost.EventsAsync(EventKind.ConnectionLost)).Should().ContainSingle(lost => lost.UserId == _zoomHost.Ben);
    }

    [Theory]
    [InlineData(400, 4711, ZoomAccountState.ReconnectNeeded, WaitingFor.Reconnection)]
    [InlineData(401, 4711, ZoomAccountState.ReconnectNeeded, WaitingFor.Reconnection)]
    [InlineData(403, 4711, ZoomAccountState.ReconnectNeeded, WaitingFor.Reconnection)]
    [InlineData(404, 1001, ZoomAccountState.ReconnectNeeded, WaitingFor.Reconnection)]
    [InlineData(400, 1120, ZoomAccountState.ReconnectNeeded, WaitingFor.Reconnection)]
    [InlineData(401, 4738, ZoomAccountState.ApprovalWithdrawn, WaitingFor.Approval)]
    public async Task A_lost_connection_writes_one_event(int status, int code, ZoomAccountState state, WaitingFor waiting)
    {
        _zoomHost.Control.Fail(new SandboxFault { Status = status, Code = code, Times = 100 });

        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddHours(1));
        await AnHourLaterAsync();

        _zoomHost.Sent.Should().ContainSingle();
        (await _zoomHost.AccountAsync()).State.Should().Be(state);
        (await _zoomHost.MeetingOfAsync(jo)).WaitingFor.Should().Be(waiting);
        var link = LinkFacts.Of(await _zoomHost.MeetingOfAsync(jo), (await _zoomHost.AccountAsync()).State, _zoomHost.Now);
        link.State.Should().Be(LinkState.Waiting);
        LinkDescriber.ForStaff(link).Text.Should().MatchRegex("host|admin");
        (await _zoomHost.EventsAsync(EventKind.ConnectionLost)).Should().ContainSingle().Which.Detail.Should().NotBeEmpty();
        (await _zoomHost.EventsAsync(EventKind.LinkWaiting)).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_refused_request_is_not_repeated_until_its_content_changes()
    {
        _zoomHost.Control.Fail(new SandboxFault { Status = 400, Code = 300, Message = "Validation Failed." });

        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow, "Odd");
        await AnHourLaterAsync();
        var refused = await _zoomHost.MeetingOfAsync(jo);
        (refused.WaitingFor, refused.LastError).Should().Be((WaitingFor.Refused, "Validation Failed."));
        _zoomHost.Sent.Should().ContainSingle();

        await _zoomHost.EditAsync(jo, "Even");
        await _zoomHost.ReconcileAsync();
        _zoomHost.InZoom.Should().ContainSingle().Which.Topic.Should().Be("Even");
    }

    [Fact]
    public async Task A_user_who_may_not_host_gets_a_notice_and_is_retried_daily()
    {
        _zoomHost.Control.ChangeUser(ZoomTestHost.Zoom, user => user with { MayHost = false });

        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddDays(5));
        await AnHourLaterAsync();
        _zoomHost.Sent.Should().ContainSingle();
        (await _zoomHost.MeetingOfAsync(jo)).WaitingFor.Should().Be(WaitingFor.HostPermission);

        _zoomHost.Control.ChangeUser(ZoomTestHost.Zoom, user => user with { MayHost = true });
        await _zoomHost.AdvanceAsync(TimeSpan.FromHours(24));
        (await _zoomHost.LinkOfAsync(jo)).Should().NotBeNull();
    }

    [Fact]
    public async Task S125_An_update_of_a_meeting_that_is_gone_makes_a_new_one()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow, "First");
        var first = await _zoomHost.LinkOfAsync(jo);
        _zoomHost.Control.DeleteByHand(_zoomHost.InZoom.Single().Id);

        await _zoomHost.EditAsync(jo, "Second");
        await _zoomHost.AdvanceAsync(TimeSpan.FromSeconds(30));

        var meeting = _zoomHost.InZoom.Should().ContainSingle().Subject;
        (meeting.Topic, meeting.JoinUrl).Should().Be(("Second", (await _zoomHost.LinkOfAsync(jo))!));
        meeting.JoinUrl.Should().NotBe(first);
        (await _zoomHost.EventsAsync(EventKind.LinkLost)).Should().ContainSingle(lost => lost.AppointmentId == jo);
    }

    [Fact]
    public async Task S125_A_deletion_of_a_meeting_that_is_gone_counts_as_done()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        _zoomHost.Control.DeleteByHand(_zoomHost.InZoom.Single().Id);

        await _zoomHost.CancelAsync(jo);
        await AnHourLaterAsync();

        _zoomHost.Sent.Should().Equal(RequestKind.Create, RequestKind.Delete);
        (await _zoomHost.TestTenant.MeetingsAsync()).Should().ContainSingle(row => row.State == SlotMeetingState.Dropped);
    }

    [Theory]
    [InlineData(FaultMode.DelayAnswer, 60_000)]
    [InlineData(FaultMode.Slow, 1_000)]
    public async Task A_meeting_created_by_a_request_that_timed_out_is_found_and_adopted(FaultMode mode, int delay)
    {
        _zoomHost.Control.Fail(new SandboxFault { Mode = mode, DelayMs = delay, Kind = RequestKind.Create });

        await TimeOutAsync();

        _zoomHost.Sent.Should().Equal(RequestKind.Create);
    }

    [Fact]
    public async Task A_request_that_timed_out_without_effect_is_sent_again_after_an_inspection()
    {
        _zoomHost.Control.Fail(new SandboxFault { Mode = FaultMode.Delay, DelayMs = 60_000, Kind = RequestKind.Create });

        await TimeOutAsync();

        _zoomHost.Sent.Should().Equal(RequestKind.Create, RequestKind.Create);
    }

    [Fact]
    public async Task A_request_that_was_not_sent_is_returned_to_the_quota()
    {
        await using var zoomHost = await ZoomTestHost.CreateAsync();
        await zoomHost.Sandbox.DisposeAsync();

        var jo = await zoomHost.BookedAsync(zoomHost.Personal, zoomHost.Tomorrow);

        (await zoomHost.UsedAsync()).Should().Be(0);
        (await zoomHost.MeetingOfAsync(jo)).Should().Match<SlotMeeting>(row => row.WaitingFor == WaitingFor.ZoomDown && row.InFlight == null
            && row.NextActionAt > zoomHost.Now);
    }

    /// <summary>A booking whose creation gets no whole answer within 15 seconds; an hour later all is well.</summary>
    private async Task TimeOutAsync()
    {
        var jo = await _zoomHost.TestTenant.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        var pass = _zoomHost.ReconcileAsync();
        await Eventually.HoldsAsync(
            () =>
            {
                _zoomHost.Clock.Advance(TimeSpan.FromSeconds(1));
                return pass.IsCompleted;
            },
            TimeSpan.FromMinutes(1),
            "the request is given up");
        LinkFacts.Of(await _zoomHost.MeetingOfAsync(jo), (await _zoomHost.AccountAsync()).State, _zoomHost.Now).State.Should()
            .Be(LinkState.Waiting);
        await AnHourLaterAsync();

        var row = (await _zoomHost.TestTenant.MeetingsAsync()).Should().ContainSingle().Subject;
        (row.State, row.JoinUrl).Should().Be((SlotMeetingState.Live, _zoomHost.InZoom.Should().ContainSingle().Subject.JoinUrl));
    }

    private async Task AnHourLaterAsync()
    {
        for (var i = 0; i < 60; i++)
        {
            await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(1));
        }
    }
}
