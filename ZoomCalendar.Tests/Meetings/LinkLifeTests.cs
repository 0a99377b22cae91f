using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Sandbox;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>Sentences of the specification about links beside its table: statuses, locations, other people's settings.</summary>
public sealed class LinkLifeTests : IAsyncLifetime
{
    private static readonly MeetingLocation Phone = new(MeetingLocationKind.Phone, "+1 555 0100");

    private ZoomTestHost _world = null!;

    public async Task InitializeAsync() => _world = await ZoomTestHost.CreateAsync();

    public async Task DisposeAsync()
    {
        _world.Failures.Exceptions.Should().BeEmpty();
        await _world.DisposeAsync();
    }

    [Theory]
    [InlineData(AppointmentStatus.Showed)]
    [InlineData(AppointmentStatus.NoShow)]
    public async Task Who_showed_or_did_not_keeps_the_link_and_the_hosts_time(AppointmentStatus status)
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);
        var link = await _world.LinkOfAsync(jo);

        await SetAsync(jo, status);

        (await _world.LinkOfAsync(jo)).Should().Be(link);
        (await _world.TestTenant.BookAsync(_world.Class, _world.Tomorrow)).Refusal.Should().Be(Refusal.Taken);
        _world.Sent.Should().Equal(RequestKind.Create);
    }

    [Fact]
    public async Task An_invalid_appointment_gives_up_the_link_and_the_hosts_time()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);

        await SetAsync(jo, AppointmentStatus.Invalid);

        _world.InZoom.Should().BeEmpty();
        await _world.BookedAsync(_world.Class, _world.Tomorrow);
        _world.InZoom.Should().ContainSingle();
    }

    [Fact]
    public async Task A_deleted_appointment_releases_the_link_like_a_cancelled_one()
    {
        var (jo, kim) = (await _world.BookedAsync(_world.Class, _world.Tomorrow), await _world.BookedAsync(_world.Class, _world.Tomorrow));
        var link = await _world.LinkOfAsync(kim);

        await DeleteAsync(jo);
        (await _world.LinkOfAsync(kim)).Should().Be(link);
        _world.Sent.Should().Equal(RequestKind.Create);

        await DeleteAsync(kim);
        _world.InZoom.Should().BeEmpty();
        _world.Sent.Should().Equal(RequestKind.Create, RequestKind.Delete);
    }

    [Fact]
    public async Task Back_on_Zoom_it_joins_the_slots_meeting_like_a_booking_and_alone_it_gets_a_new_one()
    {
        var (jo, kim) = (await _world.BookedAsync(_world.Class, _world.Tomorrow), await _world.BookedAsync(_world.Class, _world.Tomorrow));
        var first = await _world.LinkOfAsync(kim);

        await SwitchAsync(jo, Phone);
        (await _world.TestTenant.AppointmentAsync(jo)).SlotMeetingId.Should().BeNull();
        await SwitchAsync(jo, MeetingLocation.Zoom);
        (await _world.LinkOfAsync(jo)).Should().Be(first);
        _world.Sent.Should().Equal(RequestKind.Create);

        await _world.CancelAsync(kim);
        await SwitchAsync(jo, Phone);
        _world.InZoom.Should().BeEmpty();
        await SwitchAsync(jo, MeetingLocation.Zoom);
        (await _world.LinkOfAsync(jo)).Should().Be(_world.InZoom.Should().ContainSingle().Subject.JoinUrl).And.NotBe(first);
    }

    [Fact]
    public async Task Who_books_a_slot_whose_meeting_is_no_longer_managed_shares_its_link()
    {
        var jo = await _world.BookedAsync(_world.Class, _world.Tomorrow);
        await _world.ChangeMeetingAsync((await _world.MeetingOfAsync(jo)).Id, meeting => meeting.MarkUnmanaged());

        var kim = await _world.BookedAsync(_world.Class, _world.Tomorrow);

        (await _world.LinkOfAsync(kim)).Should().Be(await _world.LinkOfAsync(jo)).And.NotBeNull();
        _world.Sent.Should().Equal(RequestKind.Create);
    }

    [Fact]
    public async Task A_calendars_later_settings_concern_later_bookings()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);
        var (before, link) = (await _world.TestTenant.AppointmentAsync(jo), await _world.LinkOfAsync(jo));

        await _world.TestTenant.Database.WriteAsync(async db =>
        {
            var calendar = await db.Calendars.Include(row => row.Members).SingleAsync(row => row.Id == _world.Personal);
            calendar.ChangeLocation(_world.Ben, Phone);
            calendar.Rules = new BookingRules { LengthMinutes = 60, IntervalMinutes = 60, Seats = 2 };
        });
        await _world.EditAsync(jo, "Another title");
        await _world.AdvanceAsync(TimeSpan.FromMinutes(1));

        var after = await _world.TestTenant.AppointmentAsync(jo);
        (after.Location, after.Start, after.Length, after.HostId).Should().Be((before.Location, before.Start, before.Length, before.HostId));
        (await _world.LinkOfAsync(jo)).Should().Be(link);
        var later = await _world.TestTenant.AppointmentAsync(await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddHours(3)));
        (later.Location, later.Length).Should().Be((Phone, TimeSpan.FromHours(1)));
    }

    [Fact]
    public async Task An_archived_calendar_takes_no_bookings_and_its_appointments_keep_their_links()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);
        var link = await _world.LinkOfAsync(jo);

        var archived = await _world.TestTenant.CalendarSettings.ArchiveAsync(_world.Personal, 0, _world.TestTenant.AsAdmin, _world.Now, CancellationToken.None);
        archived.Succeeded.Should().BeTrue();
        await _world.AdvanceAsync(TimeSpan.FromMinutes(6));

        (await _world.TestTenant.BookAsync(_world.Personal, _world.Tomorrow.AddHours(1))).Succeeded.Should().BeFalse();
        (await _world.LinkOfAsync(jo)).Should().Be(link);
        await _world.EditAsync(jo, "Still on");
        await _world.MoveAsync(jo, _world.Tomorrow.AddHours(2));
        _world.InZoom.Should().ContainSingle().Which.Should().Match<SandboxMeeting>(meeting => meeting.StartTime == _world.Tomorrow.AddHours(2) && meeting.Topic == "Still on");
    }

    [Fact]
    public async Task A_collective_appointment_meets_on_its_primary_owners_Zoom_account_by_the_owners_location()
    {
        var cleo = await _world.TestTenant.UserAsync("cleo");
        await _world.ConnectAsync(cleo, "cleo", "cleo@zoom.test");
        var together = await _world.TestTenant.CalendarAsync(
            CalendarType.Collective, [_world.Ben, cleo], change: calendar => calendar.Members.Single(member => member.UserId == cleo).Location = Phone);

        var jo = await _world.BookedAsync(together, _world.Tomorrow);

        var appointment = await _world.TestTenant.AppointmentAsync(jo);
        (appointment.HostId, appointment.Location).Should().Be((_world.Ben, MeetingLocation.Zoom));
        _world.Control.MeetingsOf(ZoomTestHost.Zoom).Should().ContainSingle();
        _world.Control.MeetingsOf("cleo@zoom.test").Should().BeEmpty();
    }

    private async Task SetAsync(AppointmentId id, AppointmentStatus status)
    {
        (await _world.TestTenant.Book.SetStatusAsync(id, null, status, _world.TestTenant.AsAdmin, _world.Now, CancellationToken.None)).Succeeded.Should().BeTrue();
        await _world.ReconcileAsync();
    }

    private async Task DeleteAsync(AppointmentId id)
    {
        (await _world.TestTenant.Book.DeleteAsync(id, _world.TestTenant.AsAdmin, _world.Now, CancellationToken.None)).Succeeded.Should().BeTrue();
        await _world.ReconcileAsync();
    }

    /// <summary>The calendar's location is changed, then this appointment is switched to it.</summary>
    private async Task SwitchAsync(AppointmentId id, MeetingLocation location)
    {
        await _world.TestTenant.Database.WriteAsync(async db => (await db.CalendarMembers.FindAsync(_world.Class, _world.Ben))!.Location = location);
        (await _world.TestTenant.Book.SwitchLocationAsync(id, null, _world.TestTenant.AsAdmin, _world.Now, CancellationToken.None)).Succeeded.Should().BeTrue();
        await _world.ReconcileAsync();
    }
}
