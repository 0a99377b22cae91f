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
    private ZoomTestHost _zoomHost = null!;

    public async Task InitializeAsync() => _zoomHost = await ZoomTestHost.CreateAsync();

    public async Task DisposeAsync()
    {
        _zoomHost.Failures.Exceptions.Should().BeEmpty();
        await _zoomHost.DisposeAsync();
    }

    [Fact]
    public async Task The_sweep_notices_a_meeting_that_was_deleted_by_hand()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddDays(3));
        var first = await _zoomHost.LinkOfAsync(jo);
        _zoomHost.Control.DeleteByHand(_zoomHost.InZoom.Single().Id);

        await ADayLaterAsync();

        (await _zoomHost.LinkOfAsync(jo)).Should().NotBe(first).And.Be(_zoomHost.InZoom.Should().ContainSingle().Subject.JoinUrl);
        (await _zoomHost.EventsAsync(EventKind.LinkLost)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_sweep_without_differences_changes_nothing_and_sends_no_counted_request()
    {
        await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddDays(3));
        var before = await _zoomHost.TestTenant.MeetingsAsync();

        await ADayLaterAsync();

        _zoomHost.Sent.Should().Equal(RequestKind.Create);
        (await _zoomHost.TestTenant.MeetingsAsync()).Should().BeEquivalentTo(before);
        _zoomHost.Control.Requests.Count(request => request.Kind is RequestKind.List).Should().Be(1);
    }

    [Fact]
    public async Task A_passcode_changed_by_hand_is_taken_over_and_told()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        _zoomHost.Control.EditByHand(_zoomHost.InZoom.Single().Id, passcode: "new-one");

        await AskedToLookAsync(jo);
        await AskedToLookAsync(jo);

        (await _zoomHost.LinkOfAsync(jo)).Should().Be(_zoomHost.InZoom.Single().JoinUrl);
        (await _zoomHost.MeetingOfAsync(jo)).Passcode.Should().Be("new-one");
        (await _zoomHost.EventsAsync(EventKind.LinkChanged)).Should().ContainSingle(changed => changed.AppointmentId == jo);

        await _zoomHost.EditAsync(jo, "Another title");
        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(1));
        _zoomHost.InZoom.Single().Password.Should().Be("new-one", "our update leaves it alone");
    }

    [Fact]
    public async Task A_title_and_time_changed_by_hand_are_told_to_the_host_and_written_again_by_the_next_update()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow);
        await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow);
        _zoomHost.Control.EditByHand(_zoomHost.InZoom.Single().Id, topic: "Mine", start: _zoomHost.Tomorrow.AddHours(1));

        await AskedToLookAsync(jo);
        await AskedToLookAsync(jo);
        _zoomHost.Sent.Should().Equal(RequestKind.Create);
        (await _zoomHost.EventsAsync(EventKind.LinkChangedInZoom)).Should().ContainSingle(told => told.UserId == _zoomHost.Ben);

        await _zoomHost.EditAsync(jo, "Longer", minutes: 60);
        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(1));
        var meeting = _zoomHost.InZoom.Single();
        (meeting.Topic, meeting.StartTime, meeting.Duration).Should().Be(("Personal", _zoomHost.Tomorrow, 60));
    }

    [Fact]
    public async Task The_webhook_of_our_own_update_changes_nothing()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow, "First");
        await _zoomHost.EditAsync(jo, "Second");
        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(1));
        var events = await _zoomHost.TestTenant.EventsAsync();

        await AskedToLookAsync(jo);

        (await _zoomHost.TestTenant.EventsAsync()).Should().Equal(events);
        _zoomHost.Sent.Should().Equal(RequestKind.Create, RequestKind.Update);
    }

    [Fact]
    public async Task A_creation_discovered_late_is_a_duplicate_and_deleted()
    {
        await LateTwinAsync(await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddDays(3), reconcile: false));

        await ADayLaterAsync();

        _zoomHost.InZoom.Should().ContainSingle().Which.JoinUrl.Should().Be((await _zoomHost.TestTenant.MeetingsAsync()).Single().JoinUrl);
        (await _zoomHost.EventsAsync(EventKind.ForeignMarkerSeen)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_creation_discovered_after_its_slot_was_cancelled_is_deleted()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddDays(3), reconcile: false);
        var twin = await LateTwinAsync(jo);
        await _zoomHost.CancelAsync(jo);
        _zoomHost.InZoom.Should().ContainSingle(meeting => meeting.Id == twin);

        await ADayLaterAsync();

        _zoomHost.InZoom.Should().BeEmpty();
    }

    [Fact]
    public async Task A_copied_agenda_is_reported_once_and_never_touched()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddDays(3));
        _zoomHost.Clock.Advance(TimeSpan.FromHours(2));
        var copy = await InsertAsync(_zoomHost.InZoom.Single().Agenda, _zoomHost.Tomorrow.AddDays(3));

        await ADayLaterAsync();
        await ADayLaterAsync();
        await _zoomHost.CancelAsync(jo);
        await ADayLaterAsync();

        _zoomHost.InZoom.Should().ContainSingle(meeting => meeting.Id == copy);
        (await _zoomHost.EventsAsync(EventKind.ForeignMarkerSeen)).Should().ContainSingle(seen => seen.UserId == _zoomHost.Ben);
    }

    [Theory]
    [InlineData(-120, 0)]
    [InlineData(0, 60)]
    public async Task A_meeting_with_our_marker_that_we_did_not_create_is_not_adopted(int madeSecondsBefore, int startMinutesOff)
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow, reconcile: false);
        var agenda = new MeetingMarker(await InstallationAsync(), (await _zoomHost.MeetingOfAsync(jo)).Id).ToString();
        _zoomHost.Control.Fail(new SandboxFault { Mode = FaultMode.CutBefore, Kind = RequestKind.Create });
        await _zoomHost.ReconcileAsync();
        _zoomHost.Control.ShiftClock(TimeSpan.FromSeconds(madeSecondsBefore));
        var theirs = await InsertAsync(agenda, _zoomHost.Tomorrow.AddMinutes(startMinutesOff));
        _zoomHost.Control.ResetClock();

        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(1));
        await _zoomHost.CancelAsync(jo);
        await ADayLaterAsync();

        (await _zoomHost.TestTenant.MeetingsAsync()).Should().ContainSingle(row => row.State == SlotMeetingState.Dropped
            && row.ZoomMeetingId != theirs);
        _zoomHost.InZoom.Should().ContainSingle("it cannot be proved ours").Which.Id.Should().Be(theirs);
    }

    [Fact]
    public async Task A_copied_database_does_not_adopt_a_creation_of_the_original()
    {
        _zoomHost.Control.Fail(new SandboxFault { Mode = FaultMode.CutAfter, Kind = RequestKind.Create });
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddDays(3));
        var originals = _zoomHost.InZoom.Should().ContainSingle().Subject;
        await _zoomHost.TestTenant.Database.WriteAsync(async db => (await db.Installations.SingleAsync()).InstallationId = "copy");

        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(2));
        await ADayLaterAsync();

        _zoomHost.InZoom.Should().HaveCount(2).And.Contain(originals);
        (await _zoomHost.LinkOfAsync(jo)).Should().NotBeNull().And.NotBe(originals.JoinUrl);
    }

    [Fact]
    public async Task Meetings_of_another_installation_are_not_touched()
    {
        var other = await InsertAsync($"Ref: zc-another-{Guid.NewGuid()}\nHello", _zoomHost.Tomorrow.AddDays(3));

        await ADayLaterAsync();

        _zoomHost.InZoom.Should().ContainSingle(meeting => meeting.Id == other);
    }

    [Fact]
    public async Task Restoring_yesterdays_backup_loses_no_meeting()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddDays(3));
        var made = _zoomHost.InZoom.Single();
        // As the database was before the meeting was made: it makes another, and does not touch what it cannot prove to be its own.
        var id = (await _zoomHost.MeetingOfAsync(jo)).Id;
        await _zoomHost.TestTenant.Database.ReadAsync(db => db.SlotMeetings.Where(row => row.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, SlotMeetingState.Wanted)
            .SetProperty(row => row.ZoomMeetingId, (long?)null)
            .SetProperty(row => row.JoinUrl, (string?)null)
            .SetProperty(row => row.Known, (MeetingContent?)null)
            .SetProperty(row => row.NextActionAt, (DateTimeOffset?)_zoomHost.Now)
            .SetProperty(row => row.Version, row => row.Version + 1)));

        await _zoomHost.AdvanceAsync(TimeSpan.FromHours(3));
        await ADayLaterAsync();

        _zoomHost.InZoom.Should().HaveCount(2).And.ContainEquivalentOf(made);
        (await _zoomHost.LinkOfAsync(jo)).Should().NotBe(made.JoinUrl);
        (await _zoomHost.EventsAsync(EventKind.ForeignMarkerSeen)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_meeting_whose_deletion_had_no_effect_is_deleted_again()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddDays(3));
        _zoomHost.Control.Fail(new SandboxFault { Status = 204, Body = "", Kind = RequestKind.Delete });
        await _zoomHost.CancelAsync(jo);
        _zoomHost.InZoom.Should().ContainSingle("the stand-in only pretended");

        await ADayLaterAsync();

        _zoomHost.InZoom.Should().BeEmpty();
    }

    private async Task ADayLaterAsync()
    {
        await _zoomHost.AdvanceAsync(TimeSpan.FromHours(24.1));
        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(1));
    }

    private async Task AskedToLookAsync(AppointmentId id)
    {
        await _zoomHost.ChangeMeetingAsync((await _zoomHost.MeetingOfAsync(id)).Id, row => row.RequestInspection(_zoomHost.Now));
        await _zoomHost.ReconcileAsync();
    }

    private Task<string> InstallationAsync() =>
        _zoomHost.TestTenant.Database.ReadAsync(db => db.Installations.Select(row => row.InstallationId).SingleAsync());

    /// <summary>The creation is cut off and seems to have left nothing; after the second one has succeeded, the first turns up.</summary>
    private async Task<long> LateTwinAsync(AppointmentId id)
    {
        _zoomHost.Control.Fail(new SandboxFault { Mode = FaultMode.CutBefore, Kind = RequestKind.Create });
        await _zoomHost.ReconcileAsync();
        var agenda = new MeetingMarker(await InstallationAsync(), (await _zoomHost.MeetingOfAsync(id)).Id);
        _zoomHost.Clock.Advance(TimeSpan.FromMinutes(1));
        await _zoomHost.ReconcileAsync();
        _zoomHost.InZoom.Should().ContainSingle();
        return await InsertAsync(agenda.ToString(), _zoomHost.Tomorrow.AddDays(3));
    }

    /// <summary>A meeting in Zoom with this agenda, made now, not by our client.</summary>
    private async Task<long> InsertAsync(string agenda, DateTimeOffset start)
    {
        using var http = new HttpClient { BaseAddress = _zoomHost.Sandbox.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new(
            "Bearer", (await _zoomHost.Tokens.GetAsync(ZoomTestHost.Key, null, default)).AccessToken);
        using var content = new StringContent(
            System.Text.Json.JsonSerializer.Serialize(new
            {
                topic = "Copy",
                type = 2,
                start_time = start.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                duration = 30,
                agenda,
            }),
            System.Text.Encoding.UTF8,
            "application/json");
        var before = _zoomHost.InZoom.Select(meeting => meeting.Id).ToHashSet();
        (await http.PostAsync("v2/users/me/meetings", content)).EnsureSuccessStatusCode();
        return _zoomHost.InZoom.Single(meeting => !before.Contains(meeting.Id)).Id;
    }
}
