using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Sandbox;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>What happens in Zoom behind our back, and what is ours to touch.</summary>
public sealed class LookTests : IAsyncLifetime
{
    private ZoomTestHost _world = null!;

    public async Task InitializeAsync() => _world = await ZoomTestHost.CreateAsync();

    public async Task DisposeAsync()
    {
        _world.Failures.Exceptions.Should().BeEmpty();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task The_sweep_notices_a_meeting_that_was_deleted_by_hand()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddDays(3));
        var first = await _world.LinkOfAsync(jo);
        _world.Control.DeleteByHand(_world.InZoom.Single().Id);

        await ADayLaterAsync();

        (await _world.LinkOfAsync(jo)).Should().NotBe(first).And.Be(_world.InZoom.Should().ContainSingle().Subject.JoinUrl);
        (await _world.EventsAsync(EventKind.LinkLost)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_sweep_where_all_is_well_changes_and_counts_nothing()
    {
        await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddDays(3));
        var before = await _world.TestTenant.MeetingsAsync();

        await ADayLaterAsync();

        _world.Sent.Should().Equal(RequestKind.Create);
        (await _world.TestTenant.MeetingsAsync()).Should().BeEquivalentTo(before);
        _world.Control.Requests.Count(request => request.Kind is RequestKind.List).Should().Be(1);
    }

    [Fact]
    public async Task A_passcode_changed_by_hand_is_taken_over_and_told()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);
        _world.Control.EditByHand(_world.InZoom.Single().Id, passcode: "new-one");

        await AskedToLookAsync(jo);
        await AskedToLookAsync(jo);

        (await _world.LinkOfAsync(jo)).Should().Be(_world.InZoom.Single().JoinUrl);
        (await _world.MeetingOfAsync(jo)).Passcode.Should().Be("new-one");
        (await _world.EventsAsync(EventKind.LinkChanged)).Should().ContainSingle(changed => changed.AppointmentId == jo);

        await _world.EditAsync(jo, "Another title");
        await _world.AdvanceAsync(TimeSpan.FromMinutes(1));
        _world.InZoom.Single().Password.Should().Be("new-one", "our update leaves it alone");
    }

    [Fact]
    public async Task A_title_and_time_changed_by_hand_are_told_to_the_host_and_written_again_by_the_next_update()
    {
        var jo = await _world.BookedAsync(_world.Class, _world.Tomorrow);
        await _world.BookedAsync(_world.Class, _world.Tomorrow);
        _world.Control.EditByHand(_world.InZoom.Single().Id, topic: "Mine", start: _world.Tomorrow.AddHours(1));

        await AskedToLookAsync(jo);
        await AskedToLookAsync(jo);
        _world.Sent.Should().Equal(RequestKind.Create);
        (await _world.EventsAsync(EventKind.LinkChangedInZoom)).Should().ContainSingle(told => told.UserId == _world.Ben);

        await _world.EditAsync(jo, "Longer", minutes: 60);
        await _world.AdvanceAsync(TimeSpan.FromMinutes(1));
        var meeting = _world.InZoom.Single();
        (meeting.Topic, meeting.StartTime, meeting.Duration).Should().Be(("Personal", _world.Tomorrow, 60));
    }

    [Fact]
    public async Task The_echo_of_our_own_update_changes_nothing()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow, "First");
        await _world.EditAsync(jo, "Second");
        await _world.AdvanceAsync(TimeSpan.FromMinutes(1));
        var events = await _world.TestTenant.EventsAsync();

        await AskedToLookAsync(jo);

        (await _world.TestTenant.EventsAsync()).Should().Equal(events);
        _world.Sent.Should().Equal(RequestKind.Create, RequestKind.Update);
    }

    [Fact]
    public async Task A_creation_that_turns_up_late_is_a_twin_and_deleted()
    {
        await LateTwinAsync(await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddDays(3), reconcile: false));

        await ADayLaterAsync();

        _world.InZoom.Should().ContainSingle().Which.JoinUrl.Should().Be((await _world.TestTenant.MeetingsAsync()).Single().JoinUrl);
        (await _world.EventsAsync(EventKind.ForeignMarkerSeen)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_creation_that_turns_up_after_its_slot_was_cancelled_is_deleted()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddDays(3), reconcile: false);
        var twin = await LateTwinAsync(jo);
        await _world.CancelAsync(jo);
        _world.InZoom.Should().ContainSingle(meeting => meeting.Id == twin);

        await ADayLaterAsync();

        _world.InZoom.Should().BeEmpty();
    }

    [Fact]
    public async Task A_copied_agenda_is_reported_once_and_never_touched()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddDays(3));
        _world.Clock.Advance(TimeSpan.FromHours(2));
        var copy = await InsertAsync(_world.InZoom.Single().Agenda, _world.Tomorrow.AddDays(3));

        await ADayLaterAsync();
        await ADayLaterAsync();
        await _world.CancelAsync(jo);
        await ADayLaterAsync();

        _world.InZoom.Should().ContainSingle(meeting => meeting.Id == copy);
        (await _world.EventsAsync(EventKind.ForeignMarkerSeen)).Should().ContainSingle(seen => seen.UserId == _world.Ben);
    }

    [Theory]
    [InlineData(-120, 0)]
    [InlineData(0, 60)]
    public async Task After_an_unknown_outcome_a_meeting_with_our_marker_that_we_did_not_send_is_not_taken_up(int madeSecondsBefore, int startMinutesOff)
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow, reconcile: false);
        var agenda = new MeetingMarker(await InstallationAsync(), (await _world.MeetingOfAsync(jo)).Id).ToString();
        _world.Control.Fail(new SandboxFault { Mode = FaultMode.CutBefore, Kind = RequestKind.Create });
        await _world.ReconcileAsync();
        _world.Control.ShiftClock(TimeSpan.FromSeconds(madeSecondsBefore));
        var theirs = await InsertAsync(agenda, _world.Tomorrow.AddMinutes(startMinutesOff));
        _world.Control.ResetClock();

        await _world.AdvanceAsync(TimeSpan.FromMinutes(1));
        await _world.CancelAsync(jo);
        await ADayLaterAsync();

        (await _world.TestTenant.MeetingsAsync()).Should().ContainSingle(row => row.State == SlotMeetingState.Dropped && row.ZoomMeetingId != theirs);
        _world.InZoom.Should().ContainSingle("it cannot be proved ours").Which.Id.Should().Be(theirs);
    }

    [Fact]
    public async Task A_copied_database_does_not_take_up_what_the_original_was_creating_when_it_was_copied()
    {
        _world.Control.Fail(new SandboxFault { Mode = FaultMode.CutAfter, Kind = RequestKind.Create });
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddDays(3));
        var originals = _world.InZoom.Should().ContainSingle().Subject;
        await _world.TestTenant.Database.WriteAsync(async db => (await db.Installations.SingleAsync()).InstallationId = "copy");

        await _world.AdvanceAsync(TimeSpan.FromMinutes(2));
        await ADayLaterAsync();

        _world.InZoom.Should().HaveCount(2).And.Contain(originals);
        (await _world.LinkOfAsync(jo)).Should().NotBeNull().And.NotBe(originals.JoinUrl);
    }

    [Fact]
    public async Task Another_installations_meetings_are_left_alone()
    {
        var other = await InsertAsync($"Ref: zc-another-{Guid.NewGuid()}\nHello", _world.Tomorrow.AddDays(3));

        await ADayLaterAsync();

        _world.InZoom.Should().ContainSingle(meeting => meeting.Id == other);
    }

    [Fact]
    public async Task Yesterdays_backup_loses_nobody_a_meeting()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddDays(3));
        var made = _world.InZoom.Single();
        // As the database was before the meeting was made: it makes another, and does not touch what it cannot prove to be its own.
        var id = (await _world.MeetingOfAsync(jo)).Id;
        await _world.TestTenant.Database.ReadAsync(db => db.SlotMeetings.Where(row => row.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, SlotMeetingState.Wanted)
            .SetProperty(row => row.ZoomMeetingId, (long?)null)
            .SetProperty(row => row.JoinUrl, (string?)null)
            .SetProperty(row => row.Known, (MeetingContent?)null)
            .SetProperty(row => row.NextActionAt, (DateTimeOffset?)_world.Now)
            .SetProperty(row => row.Version, row => row.Version + 1)));

        await _world.AdvanceAsync(TimeSpan.FromHours(3));
        await ADayLaterAsync();

        _world.InZoom.Should().HaveCount(2).And.ContainEquivalentOf(made);
        (await _world.LinkOfAsync(jo)).Should().NotBe(made.JoinUrl);
        (await _world.EventsAsync(EventKind.ForeignMarkerSeen)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_meeting_that_should_be_gone_and_is_not_is_deleted_again()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddDays(3));
        _world.Control.Fail(new SandboxFault { Status = 204, Body = "", Kind = RequestKind.Delete });
        await _world.CancelAsync(jo);
        _world.InZoom.Should().ContainSingle("the stand-in only pretended");

        await ADayLaterAsync();

        _world.InZoom.Should().BeEmpty();
    }

    private async Task ADayLaterAsync()
    {
        await _world.AdvanceAsync(TimeSpan.FromHours(24.1));
        await _world.AdvanceAsync(TimeSpan.FromMinutes(1));
    }

    private async Task AskedToLookAsync(AppointmentId id)
    {
        await _world.ChangeMeetingAsync((await _world.MeetingOfAsync(id)).Id, row => row.RequestInspection(_world.Now));
        await _world.ReconcileAsync();
    }

    private Task<string> InstallationAsync() => _world.TestTenant.Database.ReadAsync(db => db.Installations.Select(row => row.InstallationId).SingleAsync());

    /// <summary>The creation is cut off and seems to have left nothing; after the second one has succeeded, the first turns up.</summary>
    private async Task<long> LateTwinAsync(AppointmentId id)
    {
        _world.Control.Fail(new SandboxFault { Mode = FaultMode.CutBefore, Kind = RequestKind.Create });
        await _world.ReconcileAsync();
        var agenda = new MeetingMarker(await InstallationAsync(), (await _world.MeetingOfAsync(id)).Id);
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        await _world.ReconcileAsync();
        _world.InZoom.Should().ContainSingle();
        return await InsertAsync(agenda.ToString(), _world.Tomorrow.AddDays(3));
    }

    /// <summary>A meeting in Zoom with this agenda, made now, not by our client.</summary>
    private async Task<long> InsertAsync(string agenda, DateTimeOffset start)
    {
        using var http = new HttpClient { BaseAddress = _world.Sandbox.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new("Bearer", (await _world.Tokens.GetAsync(ZoomTestHost.Key, null, default)).AccessToken);
        using var content = new StringContent(
            System.Text.Json.JsonSerializer.Serialize(new { topic = "Copy", type = 2, start_time = start.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), duration = 30, agenda }),
            System.Text.Encoding.UTF8,
            "application/json");
        var before = _world.InZoom.Select(meeting => meeting.Id).ToHashSet();
        (await http.PostAsync("v2/users/me/meetings", content)).EnsureSuccessStatusCode();
        return _world.InZoom.Single(meeting => !before.Contains(meeting.Id)).Id;
    }
}
