using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>Whatever Zoom answers: the booking stands, it ends in a state with words, nothing is repeated at once, and in the end there is one meeting.</summary>
public sealed class FailureTests : IAsyncLifetime
{
    private ZoomTestHost _world = null!;

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

    public async Task InitializeAsync() => _world = await ZoomTestHost.CreateAsync();

    public async Task DisposeAsync()
    {
        _world.Failures.Exceptions.Should().BeEmpty();
        await _world.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_creation_that_fails_for_a_while_ends_in_one_meeting(string fault)
    {
        _world.Control.Fail(Faults[fault] with { Kind = RequestKind.Create, Times = fault == "an expired token" ? 1 : 2 });

        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);
        var link = LinkFacts.Of(await _world.MeetingOfAsync(jo), (await _world.AccountAsync()).State, _world.Now);
        link.State.Should().NotBe(LinkState.None);
        LinkDescriber.ForStaff(link).Text.Should().NotBeEmpty();
        await AnHourLaterAsync();

        _world.InZoom.Should().ContainSingle().Which.JoinUrl.Should().Be(await _world.LinkOfAsync(jo));
        (await _world.EventsAsync(EventKind.LinkReady)).Should().ContainSingle();
        (await _world.EventsAsync(EventKind.LinkWaiting)).Count.Should().BeLessThanOrEqualTo(1);
        (await _world.UsedAsync()).Should().Be(_world.Sent.Count).And.BeLessThanOrEqualTo(3);
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task An_update_that_fails_for_a_while_reaches_Zoom(string fault)
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);
        _world.Control.Fail(Faults[fault] with { Kind = RequestKind.Update, Times = fault == "an expired token" ? 1 : 2 });

        await _world.EditAsync(jo, "Second");
        await AnHourLaterAsync();

        _world.InZoom.Should().ContainSingle().Which.Topic.Should().Be("Second");
        (await _world.LinkOfAsync(jo)).Should().Be(_world.InZoom[0].JoinUrl);
        (await _world.EventsAsync(EventKind.LinkChangedInZoom)).Should().BeEmpty("nobody's hand was at work");
        (await _world.UsedAsync()).Should().Be(_world.Sent.Count).And.BeLessThanOrEqualTo(4);
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task S127_A_deletion_that_fails_for_a_while_is_done_in_the_end(string fault)
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);
        _world.Control.Fail(Faults[fault] with { Kind = RequestKind.Delete, Times = fault == "an expired token" ? 1 : 2 });

        await _world.CancelAsync(jo);
        (await _world.TestTenant.AppointmentAsync(jo)).Status.Should().Be(AppointmentStatus.Cancelled);
        await AnHourLaterAsync();

        _world.InZoom.Should().BeEmpty();
        (await _world.TestTenant.MeetingsAsync()).Should().ContainSingle(row => row.State == SlotMeetingState.Dropped && row.JoinUrl == null);
        (await _world.UsedAsync()).Should().Be(_world.Sent.Count).And.BeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task S122_While_Zoom_is_down_the_host_is_told_once_and_Zoom_is_not_hammered()
    {
        _world.Control.Fail(new SandboxFault { Status = 500, Times = 10_000 });

        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);
        await AnHourLaterAsync();

        (await _world.MeetingOfAsync(jo)).Should().Match<SlotMeeting>(row => row.State == SlotMeetingState.Wanted && row.WaitingFor == WaitingFor.ZoomDown);
        (await _world.EventsAsync(EventKind.LinkWaiting)).Should().ContainSingle(waiting => waiting.AppointmentId == jo);
        (await _world.EventsAsync(EventKind.LinkOverdue)).Should().ContainSingle();
        _world.Control.Requests.Count.Should().BeLessThan(30);

        _world.Control.ClearFaults();
        await AnHourLaterAsync();
        _world.InZoom.Should().ContainSingle().Which.JoinUrl.Should().Be(await _world.LinkOfAsync(jo));
    }

    [Fact]
    public async Task S119_Refused_tokens_are_refreshed_once_and_then_the_connection_is_broken()
    {
        _world.Control.Fail(new SandboxFault { Status = 401, Code = 124, Times = 100 });

        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);
        await AnHourLaterAsync();

        _world.Sent.Should().Equal(RequestKind.Create, RequestKind.Create);
        _world.Tokens.Refreshes.Should().Be(1);
        (await _world.UsedAsync()).Should().Be(2);
        (await _world.AccountAsync()).State.Should().Be(ZoomAccountState.ReconnectNeeded);
        (await _world.MeetingOfAsync(jo)).WaitingFor.Should().Be(WaitingFor.Reconnection);
        (await _world.EventsAsync(EventKind.ConnectionLost)).Should().ContainSingle(lost => lost.UserId == _world.Ben);
    }

    [Theory]
    [InlineData(400, 4711, ZoomAccountState.ReconnectNeeded, WaitingFor.Reconnection)]
    [InlineData(401, 4711, ZoomAccountState.ReconnectNeeded, WaitingFor.Reconnection)]
    [InlineData(403, 4711, ZoomAccountState.ReconnectNeeded, WaitingFor.Reconnection)]
    [InlineData(404, 1001, ZoomAccountState.ReconnectNeeded, WaitingFor.Reconnection)]
    [InlineData(400, 1120, ZoomAccountState.ReconnectNeeded, WaitingFor.Reconnection)]
    [InlineData(401, 4738, ZoomAccountState.ApprovalWithdrawn, WaitingFor.Approval)]
    public async Task What_ends_the_connection_is_said_once_and_not_repeated(int status, int code, ZoomAccountState state, WaitingFor waiting)
    {
        _world.Control.Fail(new SandboxFault { Status = status, Code = code, Times = 100 });

        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);
        await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddHours(1));
        await AnHourLaterAsync();

        _world.Sent.Should().ContainSingle();
        (await _world.AccountAsync()).State.Should().Be(state);
        (await _world.MeetingOfAsync(jo)).WaitingFor.Should().Be(waiting);
        var link = LinkFacts.Of(await _world.MeetingOfAsync(jo), (await _world.AccountAsync()).State, _world.Now);
        link.State.Should().Be(LinkState.Waiting);
        LinkDescriber.ForStaff(link).Text.Should().MatchRegex("host|admin");
        (await _world.EventsAsync(EventKind.ConnectionLost)).Should().ContainSingle().Which.Detail.Should().NotBeEmpty();
        (await _world.EventsAsync(EventKind.LinkWaiting)).Should().HaveCount(2);
    }

    [Fact]
    public async Task What_Zoom_refuses_is_not_repeated_until_it_says_something_else()
    {
        _world.Control.Fail(new SandboxFault { Status = 400, Code = 300, Message = "Validation Failed." });

        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow, "Odd");
        await AnHourLaterAsync();
        var refused = await _world.MeetingOfAsync(jo);
        (refused.WaitingFor, refused.LastError).Should().Be((WaitingFor.Refused, "Validation Failed."));
        _world.Sent.Should().ContainSingle();

        await _world.EditAsync(jo, "Even");
        await _world.ReconcileAsync();
        _world.InZoom.Should().ContainSingle().Which.Topic.Should().Be("Even");
    }

    [Fact]
    public async Task Who_may_not_host_is_told_and_it_is_tried_once_a_day()
    {
        _world.Control.ChangeUser(ZoomTestHost.Zoom, user => user with { MayHost = false });

        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddDays(5));
        await AnHourLaterAsync();
        _world.Sent.Should().ContainSingle();
        (await _world.MeetingOfAsync(jo)).WaitingFor.Should().Be(WaitingFor.HostPermission);

        _world.Control.ChangeUser(ZoomTestHost.Zoom, user => user with { MayHost = true });
        await _world.AdvanceAsync(TimeSpan.FromHours(24));
        (await _world.LinkOfAsync(jo)).Should().NotBeNull();
    }

    [Fact]
    public async Task S125_An_update_of_a_meeting_that_is_gone_makes_a_new_one()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow, "First");
        var first = await _world.LinkOfAsync(jo);
        _world.Control.DeleteByHand(_world.InZoom.Single().Id);

        await _world.EditAsync(jo, "Second");
        await _world.AdvanceAsync(TimeSpan.FromSeconds(30));

        var meeting = _world.InZoom.Should().ContainSingle().Subject;
        (meeting.Topic, meeting.JoinUrl).Should().Be(("Second", (await _world.LinkOfAsync(jo))!));
        meeting.JoinUrl.Should().NotBe(first);
        (await _world.EventsAsync(EventKind.LinkLost)).Should().ContainSingle(lost => lost.AppointmentId == jo);
    }

    [Fact]
    public async Task S125_A_deletion_of_a_meeting_that_is_gone_counts_as_done()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);
        _world.Control.DeleteByHand(_world.InZoom.Single().Id);

        await _world.CancelAsync(jo);
        await AnHourLaterAsync();

        _world.Sent.Should().Equal(RequestKind.Create, RequestKind.Delete);
        (await _world.TestTenant.MeetingsAsync()).Should().ContainSingle(row => row.State == SlotMeetingState.Dropped);
    }

    [Theory]
    [InlineData(FaultMode.DelayAnswer, 60_000)]
    [InlineData(FaultMode.Slow, 1_000)]
    public async Task A_request_that_times_out_after_Zoom_acted_is_looked_for_and_adopted(FaultMode mode, int delay)
    {
        _world.Control.Fail(new SandboxFault { Mode = mode, DelayMs = delay, Kind = RequestKind.Create });

        await TimeOutAsync();

        _world.Sent.Should().Equal(RequestKind.Create);
    }

    [Fact]
    public async Task A_request_that_times_out_before_Zoom_acted_is_looked_for_and_sent_again()
    {
        _world.Control.Fail(new SandboxFault { Mode = FaultMode.Delay, DelayMs = 60_000, Kind = RequestKind.Create });

        await TimeOutAsync();

        _world.Sent.Should().Equal(RequestKind.Create, RequestKind.Create);
    }

    [Fact]
    public async Task A_request_that_never_left_is_given_back()
    {
        await using var world = await ZoomTestHost.CreateAsync();
        await world.Sandbox.DisposeAsync();

        var jo = await world.BookedAsync(world.Personal, world.Tomorrow);

        (await world.UsedAsync()).Should().Be(0);
        (await world.MeetingOfAsync(jo)).Should().Match<SlotMeeting>(row => row.WaitingFor == WaitingFor.ZoomDown && row.InFlight == null && row.NextActionAt > world.Now);
    }

    /// <summary>A booking whose creation gets no whole answer within 15 seconds; an hour later all is well.</summary>
    private async Task TimeOutAsync()
    {
        var jo = await _world.TestTenant.BookedAsync(_world.Personal, _world.Tomorrow);
        var pass = _world.ReconcileAsync();
        await Eventually.HoldsAsync(
            () =>
            {
                _world.Clock.Advance(TimeSpan.FromSeconds(1));
                return pass.IsCompleted;
            },
            TimeSpan.FromMinutes(1),
            "the request is given up");
        LinkFacts.Of(await _world.MeetingOfAsync(jo), (await _world.AccountAsync()).State, _world.Now).State.Should().Be(LinkState.Waiting);
        await AnHourLaterAsync();

        var row = (await _world.TestTenant.MeetingsAsync()).Should().ContainSingle().Subject;
        (row.State, row.JoinUrl).Should().Be((SlotMeetingState.Live, _world.InZoom.Should().ContainSingle().Subject.JoinUrl));
    }

    private async Task AnHourLaterAsync()
    {
        for (var i = 0; i < 60; i++)
        {
            await _world.AdvanceAsync(TimeSpan.FromMinutes(1));
        }
    }
}
