using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Sandbox;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>
/// Each row of the link table: what becomes of the link, which meetings there are in Zoom, and how many requests it took.
/// </summary>
public sealed class LinkTableTests : IAsyncLifetime
{
    private ZoomTestHost _zoomHost = null!;

    public async Task InitializeAsync() => _zoomHost = await ZoomTestHost.CreateAsync();

    public async Task DisposeAsync()
    {
        _zoomHost.Failures.Exceptions.Should().BeEmpty();
        await _zoomHost.DisposeAsync();
    }

    [Fact]
    public async Task A_booking_on_a_free_slot_makes_one_meeting_with_one_link()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow, "Intro");

        var made = _zoomHost.InZoom.Should().ContainSingle().Subject;
        (await _zoomHost.LinkOfAsync(jo)).Should().Be(made.JoinUrl);
        (made.Topic, made.StartTime, made.Duration, made.Timezone).Should().Be(("Intro", _zoomHost.Tomorrow, 30, "Etc/UTC"));
        made.Agenda.Should().StartWith("Ref: zc-").And.EndWith((await _zoomHost.MeetingOfAsync(jo)).Id.ToString());
        _zoomHost.Sent.Should().Equal(RequestKind.Create);
        (await _zoomHost.UsedAsync()).Should().Be(1);
        (await _zoomHost.EventsAsync(EventKind.LinkReady)).Should().ContainSingle(ready => ready.AppointmentId == jo);
    }

    [Fact]
    public async Task S62_Another_booking_of_the_slot_gets_the_same_link_without_a_request()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow);
        var kim = await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow);

        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(10));

        (await _zoomHost.LinkOfAsync(kim)).Should().Be(await _zoomHost.LinkOfAsync(jo));
        _zoomHost.Sent.Should().Equal(RequestKind.Create);
        _zoomHost.InZoom.Should().ContainSingle().Which.Topic.Should().Be("Personal", "on several seats the calendar's name is the topic");
    }

    [Fact]
    public async Task S106_Editing_the_title_keeps_the_link()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow, "First");
        var link = await _zoomHost.LinkOfAsync(jo);

        await _zoomHost.EditAsync(jo, "Second");
        await _zoomHost.AdvanceAsync(TimeSpan.FromSeconds(20));
        await _zoomHost.EditAsync(jo, "Third", minutes: 60);
        await _zoomHost.AdvanceAsync(TimeSpan.FromSeconds(29));
        _zoomHost.Sent.Should().Equal(RequestKind.Create);
        await _zoomHost.AdvanceAsync(TimeSpan.FromSeconds(1));

        (await _zoomHost.LinkOfAsync(jo)).Should().Be(link);
        _zoomHost.Sent.Should().Equal(RequestKind.Create, RequestKind.Update);
        var meeting = _zoomHost.InZoom.Should().ContainSingle().Subject;
        (meeting.Topic, meeting.Duration, meeting.JoinUrl).Should().Be(("Third", 60, link!));
    }

    [Fact]
    public async Task An_edit_that_is_undone_sends_nothing()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow, "First");

        await _zoomHost.EditAsync(jo, "Second");
        await _zoomHost.EditAsync(jo, "First");
        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(5));

        _zoomHost.Sent.Should().Equal(RequestKind.Create);
    }

    [Fact]
    public async Task S107_S108_The_link_stays_while_others_use_it_and_is_dropped_with_the_last()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow);
        var kim = await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow);
        var link = await _zoomHost.LinkOfAsync(jo);

        await _zoomHost.CancelAsync(jo);
        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(10));
        (await _zoomHost.LinkOfAsync(kim)).Should().Be(link);
        _zoomHost.Sent.Should().Equal(RequestKind.Create);

        await _zoomHost.CancelAsync(kim);
        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(10));
        _zoomHost.Sent.Should().Equal(RequestKind.Create, RequestKind.Delete);
        _zoomHost.InZoom.Should().BeEmpty();
    }

    [Fact]
    public async Task S70_S109_An_appointment_moved_to_a_free_slot_gets_a_new_link_and_the_old_meeting_is_deleted()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        var old = await _zoomHost.LinkOfAsync(jo);

        await _zoomHost.MoveAsync(jo, _zoomHost.Tomorrow.AddHours(2));

        var meeting = _zoomHost.InZoom.Should().ContainSingle().Subject;
        meeting.StartTime.Should().Be(_zoomHost.Tomorrow.AddHours(2));
        (await _zoomHost.LinkOfAsync(jo)).Should().Be(meeting.JoinUrl).And.NotBe(old);
        _zoomHost.Sent.Should().BeEquivalentTo([RequestKind.Create, RequestKind.Create, RequestKind.Delete]);
    }

    [Fact]
    public async Task S69_One_of_two_moves_away_and_the_other_keeps_the_link()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow);
        var kim = await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow);
        var link = await _zoomHost.LinkOfAsync(jo);

        await _zoomHost.MoveAsync(jo, _zoomHost.Tomorrow.AddHours(2));

        (await _zoomHost.LinkOfAsync(kim)).Should().Be(link);
        (await _zoomHost.LinkOfAsync(jo)).Should().NotBe(link);
        _zoomHost.InZoom.Should().HaveCount(2);
        _zoomHost.Sent.Should().Equal(RequestKind.Create, RequestKind.Create);
    }

    [Fact]
    public async Task S72_When_the_last_of_a_slot_cancels_its_meeting_is_deleted_once()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow);
        await _zoomHost.CancelAsync(jo);

        await _zoomHost.TestTenant.CancelAsync(jo);
        await _zoomHost.AdvanceAsync(TimeSpan.FromDays(2));

        _zoomHost.InZoom.Should().BeEmpty();
        _zoomHost.Sent.Should().Equal(RequestKind.Create, RequestKind.Delete);
    }

    [Fact]
    public async Task An_appointment_moved_into_a_slot_with_a_meeting_uses_its_link()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow);
        var kim = await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow.AddHours(2));

        await _zoomHost.MoveAsync(jo, _zoomHost.Tomorrow.AddHours(2));

        (await _zoomHost.LinkOfAsync(jo)).Should().Be(await _zoomHost.LinkOfAsync(kim));
        _zoomHost.InZoom.Should().ContainSingle();
        _zoomHost.Sent.Should().Equal(RequestKind.Create, RequestKind.Create, RequestKind.Delete);
    }

    [Fact]
    public async Task S101_Another_host_is_another_slot_and_another_Zoom_account()
    {
        var cleo = await _zoomHost.TestTenant.UserAsync("cleo");
        await _zoomHost.ConnectAsync(cleo, "cleo", "cleo@zoom.test");
        var robin = await _zoomHost.TestTenant.CalendarAsync(CalendarType.RoundRobin, [_zoomHost.Ben, cleo]);
        var jo = await _zoomHost.TestTenant.BookedAsync(
            robin, _zoomHost.Tomorrow, builder => builder.Request = builder.Request with { HostId = _zoomHost.Ben });
        await _zoomHost.ReconcileAsync();
        _zoomHost.Control.MeetingsOf(ZoomTestHost.Zoom).Should().ContainSingle();

        await _zoomHost.MoveAsync(jo, _zoomHost.Tomorrow, cleo);

        _zoomHost.Control.MeetingsOf(ZoomTestHost.Zoom).Should().BeEmpty();
        _zoomHost.Control.MeetingsOf("cleo@zoom.test").Should().ContainSingle().Which.JoinUrl.Should().Be(await _zoomHost.LinkOfAsync(jo));
    }

    [Fact]
    public async Task A_restored_appointment_never_gets_the_old_link()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        var old = await _zoomHost.LinkOfAsync(jo);
        await _zoomHost.CancelAsync(jo, reconcile: false);

        (await _zoomHost.TestTenant.Book.SetStatusAsync(
            jo,
            null,
            Core.Appointments.AppointmentStatus.Confirmed,
            _zoomHost.TestTenant.AsAdmin,
            _zoomHost.Now,
            default)).ForStaff.Text.Should().BeEmpty();
        await _zoomHost.ReconcileAsync();

        var meeting = _zoomHost.InZoom.Should().ContainSingle().Subject;
        (await _zoomHost.LinkOfAsync(jo)).Should().Be(meeting.JoinUrl).And.NotBe(old);
    }

    [Fact]
    public async Task A_booking_cancelled_before_its_request_sends_nothing()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow, reconcile: false);
        await _zoomHost.CancelAsync(jo);

        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(5));

        _zoomHost.Sent.Should().BeEmpty();
        (await _zoomHost.UsedAsync()).Should().Be(0);
    }

    [Fact]
    public async Task A_slot_that_began_without_a_link_gets_one_for_the_rest()
    {
        _zoomHost.Tokens.Broken = Core.Connections.ZoomTokenState.TryLater;
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, Testing.TestTenant.Monday.AddHours(1), minutes: 60);
        _zoomHost.Clock.Advance(TimeSpan.FromMinutes(70) + TimeSpan.FromSeconds(10));
        _zoomHost.Tokens.Broken = null;

        await _zoomHost.AdvanceAsync(TimeSpan.Zero);

        var meeting = _zoomHost.InZoom.Should().ContainSingle().Subject;
        (meeting.StartTime, meeting.Duration).Should().Be((Testing.TestTenant.Monday.AddMinutes(71), 49));
        await _zoomHost.EditAsync(jo, "Running late");
        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(2));
        _zoomHost.InZoom.Should().ContainSingle().Which.Should().Match<SandboxMeeting>(now => now.Topic == "Running late"
            && now.StartTime == Testing.TestTenant.Monday.AddMinutes(71));
        _zoomHost.Sent.Should().Equal(RequestKind.Create, RequestKind.Update);
    }

    [Fact]
    public async Task A_slot_that_is_over_is_missed_and_nothing_is_sent()
    {
        _zoomHost.Tokens.Broken = Core.Connections.ZoomTokenState.TryLater;
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, Testing.TestTenant.Monday.AddHours(1));
        _zoomHost.Clock.Advance(TimeSpan.FromHours(2));
        _zoomHost.Tokens.Broken = null;

        await _zoomHost.AdvanceAsync(TimeSpan.Zero);

        (await _zoomHost.MeetingOfAsync(jo)).State.Should().Be(SlotMeetingState.Missed);
        _zoomHost.Sent.Should().BeEmpty();
        (await _zoomHost.EventsAsync(EventKind.LinkMissed)).Should().ContainSingle();
    }

    [Fact]
    public async Task S128_A_meeting_deleted_in_Zoom_is_created_again_once()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        var first = await _zoomHost.LinkOfAsync(jo);

        await DeleteByHandAsync();
        (await _zoomHost.LinkOfAsync(jo)).Should().NotBe(first).And.Be(_zoomHost.InZoom.Should().ContainSingle().Subject.JoinUrl);
        await DeleteByHandAsync();
        (await _zoomHost.LinkOfAsync(jo)).Should().BeNull();
        (await _zoomHost.MeetingOfAsync(jo)).WaitingFor.Should().Be(WaitingFor.Staff);
        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(10));
        _zoomHost.InZoom.Should().BeEmpty();

        (await new LinkRenewal(_zoomHost.TestTenant.Database, _zoomHost.TestTenant.Signals).RequestAsync(
            jo, _zoomHost.TestTenant.As(_zoomHost.Ben), _zoomHost.Now, default)).ForStaff.Text.Should().BeEmpty();
        await _zoomHost.ReconcileAsync();
        _zoomHost.InZoom.Should().ContainSingle();
        (await _zoomHost.EventsAsync(EventKind.LinkLost)).Should().HaveCount(2);

        async Task DeleteByHandAsync()
        {
            _zoomHost.Control.DeleteByHand(_zoomHost.InZoom.Single().Id);
            await _zoomHost.ChangeMeetingAsync(
                (await _zoomHost.MeetingOfAsync(jo)).Id, meeting => meeting.RequestInspection(_zoomHost.Now));
            await _zoomHost.ReconcileAsync();
        }
    }

    [Fact]
    public async Task A_changed_passcode_setting_reaches_upcoming_meetings_and_the_new_link_is_told()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        var first = await _zoomHost.LinkOfAsync(jo);

        await _zoomHost.TestTenant.Database.WriteAsync(async db =>
        {
            (await db.Calendars.FindAsync(_zoomHost.Personal))!.MeetingSettings = new MeetingSettings
            {
                WaitingRoom = false,
                Passcode = "open",
            };
            await new CalendarAppointments().MeetingSettingsChangedAsync(db, _zoomHost.Personal, _zoomHost.Now, default);
        });
        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(1));

        var meeting = _zoomHost.InZoom.Should().ContainSingle().Subject;
        (meeting.Password, meeting.JoinUrl).Should().Be(("open", (await _zoomHost.LinkOfAsync(jo))!));
        meeting.JoinUrl.Should().NotBe(first);
        (await _zoomHost.EventsAsync(EventKind.LinkChanged)).Should().ContainSingle();
        _zoomHost.Sent.Should().Equal(RequestKind.Create, RequestKind.Update);
    }

    [Fact]
    public async Task Meetings_created_by_hand_at_the_slots_time_are_not_touched()
    {
        var byHand = _zoomHost.Control.CreateByHand(ZoomTestHost.Zoom, "My own", _zoomHost.Tomorrow);

        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        await _zoomHost.AdvanceAsync(TimeSpan.FromDays(1));
        await _zoomHost.CancelAsync(jo);

        _zoomHost.InZoom.Should().ContainSingle().Which.Should().BeEquivalentTo(byHand);
    }
}
