using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Sandbox;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>Each row of the link table: what becomes of the link, which meetings there are in Zoom, and how many requests it took.</summary>
public sealed class LinkTableTests : IAsyncLifetime
{
    private ZoomTestHost _world = null!;

    public async Task InitializeAsync() => _world = await ZoomTestHost.CreateAsync();

    public async Task DisposeAsync()
    {
        _world.Failures.Exceptions.Should().BeEmpty();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task A_booking_on_a_free_slot_makes_one_meeting_with_one_link()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow, "Intro");

        var made = _world.InZoom.Should().ContainSingle().Subject;
        (await _world.LinkOfAsync(jo)).Should().Be(made.JoinUrl);
        (made.Topic, made.StartTime, made.Duration, made.Timezone).Should().Be(("Intro", _world.Tomorrow, 30, "Etc/UTC"));
        made.Agenda.Should().StartWith("Ref: zc-").And.EndWith((await _world.MeetingOfAsync(jo)).Id.ToString());
        _world.Sent.Should().Equal(RequestKind.Create);
        (await _world.UsedAsync()).Should().Be(1);
        (await _world.EventsAsync(EventKind.LinkReady)).Should().ContainSingle(ready => ready.AppointmentId == jo);
    }

    [Fact]
    public async Task S62_Another_booking_of_the_slot_gets_the_same_link_without_a_request()
    {
        var jo = await _world.BookedAsync(_world.Class, _world.Tomorrow);
        var kim = await _world.BookedAsync(_world.Class, _world.Tomorrow);

        await _world.AdvanceAsync(TimeSpan.FromMinutes(10));

        (await _world.LinkOfAsync(kim)).Should().Be(await _world.LinkOfAsync(jo));
        _world.Sent.Should().Equal(RequestKind.Create);
        _world.InZoom.Should().ContainSingle().Which.Topic.Should().Be("Personal", "on several seats the calendar's name is the topic");
    }

    [Fact]
    public async Task S106_Editing_the_title_keeps_the_link()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow, "First");
        var link = await _world.LinkOfAsync(jo);

        await _world.EditAsync(jo, "Second");
        await _world.AdvanceAsync(TimeSpan.FromSeconds(20));
        await _world.EditAsync(jo, "Third", minutes: 60);
        await _world.AdvanceAsync(TimeSpan.FromSeconds(29));
        _world.Sent.Should().Equal(RequestKind.Create);
        await _world.AdvanceAsync(TimeSpan.FromSeconds(1));

        (await _world.LinkOfAsync(jo)).Should().Be(link);
        _world.Sent.Should().Equal(RequestKind.Create, RequestKind.Update);
        var meeting = _world.InZoom.Should().ContainSingle().Subject;
        (meeting.Topic, meeting.Duration, meeting.JoinUrl).Should().Be(("Third", 60, link!));
    }

    [Fact]
    public async Task An_edit_that_is_taken_back_sends_nothing()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow, "First");

        await _world.EditAsync(jo, "Second");
        await _world.EditAsync(jo, "First");
        await _world.AdvanceAsync(TimeSpan.FromMinutes(5));

        _world.Sent.Should().Equal(RequestKind.Create);
    }

    [Fact]
    public async Task S107_S108_The_link_stays_while_others_use_it_and_goes_with_the_last()
    {
        var jo = await _world.BookedAsync(_world.Class, _world.Tomorrow);
        var kim = await _world.BookedAsync(_world.Class, _world.Tomorrow);
        var link = await _world.LinkOfAsync(jo);

        await _world.CancelAsync(jo);
        await _world.AdvanceAsync(TimeSpan.FromMinutes(10));
        (await _world.LinkOfAsync(kim)).Should().Be(link);
        _world.Sent.Should().Equal(RequestKind.Create);

        await _world.CancelAsync(kim);
        await _world.AdvanceAsync(TimeSpan.FromMinutes(10));
        _world.Sent.Should().Equal(RequestKind.Create, RequestKind.Delete);
        _world.InZoom.Should().BeEmpty();
    }

    [Fact]
    public async Task S70_S109_Moved_to_a_free_slot_it_gets_a_new_link_and_the_old_meeting_is_deleted()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);
        var old = await _world.LinkOfAsync(jo);

        await _world.MoveAsync(jo, _world.Tomorrow.AddHours(2));

        var meeting = _world.InZoom.Should().ContainSingle().Subject;
        meeting.StartTime.Should().Be(_world.Tomorrow.AddHours(2));
        (await _world.LinkOfAsync(jo)).Should().Be(meeting.JoinUrl).And.NotBe(old);
        _world.Sent.Should().BeEquivalentTo([RequestKind.Create, RequestKind.Create, RequestKind.Delete]);
    }

    [Fact]
    public async Task S69_One_of_two_moves_away_and_the_other_keeps_the_link()
    {
        var jo = await _world.BookedAsync(_world.Class, _world.Tomorrow);
        var kim = await _world.BookedAsync(_world.Class, _world.Tomorrow);
        var link = await _world.LinkOfAsync(jo);

        await _world.MoveAsync(jo, _world.Tomorrow.AddHours(2));

        (await _world.LinkOfAsync(kim)).Should().Be(link);
        (await _world.LinkOfAsync(jo)).Should().NotBe(link);
        _world.InZoom.Should().HaveCount(2);
        _world.Sent.Should().Equal(RequestKind.Create, RequestKind.Create);
    }

    [Fact]
    public async Task S72_When_the_last_of_a_slot_cancels_its_meeting_is_deleted_once()
    {
        var jo = await _world.BookedAsync(_world.Class, _world.Tomorrow);
        await _world.CancelAsync(jo);

        await _world.TestTenant.CancelAsync(jo);
        await _world.AdvanceAsync(TimeSpan.FromDays(2));

        _world.InZoom.Should().BeEmpty();
        _world.Sent.Should().Equal(RequestKind.Create, RequestKind.Delete);
    }

    [Fact]
    public async Task Moved_into_a_slot_that_has_a_meeting_it_uses_that_link()
    {
        var jo = await _world.BookedAsync(_world.Class, _world.Tomorrow);
        var kim = await _world.BookedAsync(_world.Class, _world.Tomorrow.AddHours(2));

        await _world.MoveAsync(jo, _world.Tomorrow.AddHours(2));

        (await _world.LinkOfAsync(jo)).Should().Be(await _world.LinkOfAsync(kim));
        _world.InZoom.Should().ContainSingle();
        _world.Sent.Should().Equal(RequestKind.Create, RequestKind.Create, RequestKind.Delete);
    }

    [Fact]
    public async Task S101_Another_host_means_another_slot_and_another_Zoom_account()
    {
        var cleo = await _world.TestTenant.UserAsync("cleo");
        await _world.ConnectAsync(cleo, "cleo", "cleo@zoom.test");
        var robin = await _world.TestTenant.CalendarAsync(CalendarType.RoundRobin, [_world.Ben, cleo]);
        var jo = await _world.TestTenant.BookedAsync(robin, _world.Tomorrow, builder => builder.Request = builder.Request with { HostId = _world.Ben });
        await _world.ReconcileAsync();
        _world.Control.MeetingsOf(ZoomTestHost.Zoom).Should().ContainSingle();

        await _world.MoveAsync(jo, _world.Tomorrow, cleo);

        _world.Control.MeetingsOf(ZoomTestHost.Zoom).Should().BeEmpty();
        _world.Control.MeetingsOf("cleo@zoom.test").Should().ContainSingle().Which.JoinUrl.Should().Be(await _world.LinkOfAsync(jo));
    }

    [Fact]
    public async Task Back_from_cancelled_it_never_gets_the_old_link()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);
        var old = await _world.LinkOfAsync(jo);
        await _world.CancelAsync(jo, reconcile: false);

        (await _world.TestTenant.Book.SetStatusAsync(jo, null, Core.Appointments.AppointmentStatus.Confirmed, _world.TestTenant.AsAdmin, _world.Now, default)).ForStaff.Text.Should().BeEmpty();
        await _world.ReconcileAsync();

        var meeting = _world.InZoom.Should().ContainSingle().Subject;
        (await _world.LinkOfAsync(jo)).Should().Be(meeting.JoinUrl).And.NotBe(old);
    }

    [Fact]
    public async Task Booked_and_cancelled_before_the_request_left_sends_nothing()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow, reconcile: false);
        await _world.CancelAsync(jo);

        await _world.AdvanceAsync(TimeSpan.FromMinutes(5));

        _world.Sent.Should().BeEmpty();
        (await _world.UsedAsync()).Should().Be(0);
    }

    [Fact]
    public async Task A_slot_that_began_without_a_link_gets_one_for_the_rest()
    {
        _world.Tokens.Broken = Core.Connections.ZoomTokenState.TryLater;
        var jo = await _world.BookedAsync(_world.Personal, Testing.TestTenant.Monday.AddHours(1), minutes: 60);
        _world.Clock.Advance(TimeSpan.FromMinutes(70) + TimeSpan.FromSeconds(10));
        _world.Tokens.Broken = null;

        await _world.AdvanceAsync(TimeSpan.Zero);

        var meeting = _world.InZoom.Should().ContainSingle().Subject;
        (meeting.StartTime, meeting.Duration).Should().Be((Testing.TestTenant.Monday.AddMinutes(71), 49));
        await _world.EditAsync(jo, "Running late");
        await _world.AdvanceAsync(TimeSpan.FromMinutes(2));
        _world.InZoom.Should().ContainSingle().Which.Should().Match<SandboxMeeting>(now => now.Topic == "Running late" && now.StartTime == Testing.TestTenant.Monday.AddMinutes(71));
        _world.Sent.Should().Equal(RequestKind.Create, RequestKind.Update);
    }

    [Fact]
    public async Task A_slot_that_is_over_is_missed_and_nothing_is_sent()
    {
        _world.Tokens.Broken = Core.Connections.ZoomTokenState.TryLater;
        var jo = await _world.BookedAsync(_world.Personal, Testing.TestTenant.Monday.AddHours(1));
        _world.Clock.Advance(TimeSpan.FromHours(2));
        _world.Tokens.Broken = null;

        await _world.AdvanceAsync(TimeSpan.Zero);

        (await _world.MeetingOfAsync(jo)).State.Should().Be(SlotMeetingState.Missed);
        _world.Sent.Should().BeEmpty();
        (await _world.EventsAsync(EventKind.LinkMissed)).Should().ContainSingle();
    }

    [Fact]
    public async Task S128_Deleted_in_Zoom_by_hand_it_is_made_anew_once()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);
        var first = await _world.LinkOfAsync(jo);

        await DeleteByHandAsync();
        (await _world.LinkOfAsync(jo)).Should().NotBe(first).And.Be(_world.InZoom.Should().ContainSingle().Subject.JoinUrl);
        await DeleteByHandAsync();
        (await _world.LinkOfAsync(jo)).Should().BeNull();
        (await _world.MeetingOfAsync(jo)).WaitingFor.Should().Be(WaitingFor.Staff);
        await _world.AdvanceAsync(TimeSpan.FromMinutes(10));
        _world.InZoom.Should().BeEmpty();

        (await new LinkRenewal(_world.TestTenant.Database, _world.TestTenant.Signals).RequestAsync(jo, _world.TestTenant.As(_world.Ben), _world.Now, default)).ForStaff.Text.Should().BeEmpty();
        await _world.ReconcileAsync();
        _world.InZoom.Should().ContainSingle();
        (await _world.EventsAsync(EventKind.LinkLost)).Should().HaveCount(2);

        async Task DeleteByHandAsync()
        {
            _world.Control.DeleteByHand(_world.InZoom.Single().Id);
            await _world.ChangeMeetingAsync((await _world.MeetingOfAsync(jo)).Id, meeting => meeting.RequestInspection(_world.Now));
            await _world.ReconcileAsync();
        }
    }

    [Fact]
    public async Task A_changed_passcode_setting_reaches_upcoming_meetings_and_the_new_link_is_told()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);
        var first = await _world.LinkOfAsync(jo);

        await _world.TestTenant.Database.WriteAsync(async db =>
        {
            (await db.Calendars.FindAsync(_world.Personal))!.MeetingSettings = new MeetingSettings { WaitingRoom = false, Passcode = "open" };
            await new CalendarAppointments().MeetingSettingsChangedAsync(db, _world.Personal, _world.Now, default);
        });
        await _world.AdvanceAsync(TimeSpan.FromMinutes(1));

        var meeting = _world.InZoom.Should().ContainSingle().Subject;
        (meeting.Password, meeting.JoinUrl).Should().Be(("open", (await _world.LinkOfAsync(jo))!));
        meeting.JoinUrl.Should().NotBe(first);
        (await _world.EventsAsync(EventKind.LinkChanged)).Should().ContainSingle();
        _world.Sent.Should().Equal(RequestKind.Create, RequestKind.Update);
    }

    [Fact]
    public async Task Hand_made_meetings_at_the_slots_time_are_left_alone()
    {
        var byHand = _world.Control.CreateByHand(ZoomTestHost.Zoom, "My own", _world.Tomorrow);

        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);
        await _world.AdvanceAsync(TimeSpan.FromDays(1));
        await _world.CancelAsync(jo);

        _world.InZoom.Should().ContainSingle().Which.Should().BeEquivalentTo(byHand);
    }
}
