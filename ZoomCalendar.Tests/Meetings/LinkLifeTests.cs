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

    private ZoomTestHost _zoomHost = null!;

    public async Task InitializeAsync() => _zoomHost = await ZoomTestHost.CreateAsync();

    public async Task DisposeAsync()
    {
        _zoomHost.Failures.Exceptions.Should().BeEmpty();
        await _zoomHost.DisposeAsync();
    }

    [Theory]
    [InlineData(AppointmentStatus.Showed)]
    [InlineData(AppointmentStatus.NoShow)]
    public async Task Showed_and_no_show_keep_the_link_and_the_hosts_time(AppointmentStatus status)
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        var link = await _zoomHost.LinkOfAsync(jo);

        await SetAsync(jo, status);

        (await _zoomHost.LinkOfAsync(jo)).Should().Be(link);
        (await _zoomHost.TestTenant.BookAsync(_zoomHost.Class, _zoomHost.Tomorrow)).Refusal.Should().Be(Refusal.Taken);
        _zoomHost.Sent.Should().Equal(RequestKind.Create);
    }

    [Fact]
    public async Task An_invalid_appointment_releases_the_link_and_the_hosts_time()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);

        await SetAsync(jo, AppointmentStatus.Invalid);

        _zoomHost.InZoom.Should().BeEmpty();
        await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow);
        _zoomHost.InZoom.Should().ContainSingle();
    }

    [Fact]
    public async Task A_deleted_appointment_releases_the_link_like_a_cancelled_one()
    {
        var (jo, kim) = (await _zoomHost.BookedAsync(
            _zoomHost.Class, _zoomHost.Tomorrow), await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow));
        var link = await _zoomHost.LinkOfAsync(kim);

        await DeleteAsync(jo);
        (await _zoomHost.LinkOfAsync(kim)).Should().Be(link);
        _zoomHost.Sent.Should().Equal(RequestKind.Create);

        await DeleteAsync(kim);
        _zoomHost.InZoom.Should().BeEmpty();
        _zoomHost.Sent.Should().Equal(RequestKind.Create, RequestKind.Delete);
    }

    [Fact]
    public async Task An_appointment_switched_back_to_Zoom_joins_the_slots_meeting_or_gets_a_new_one()
    {
        var (jo, kim) = (await _zoomHost.BookedAsync(
            _zoomHost.Class, _zoomHost.Tomorrow), await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow));
        var first = await _zoomHost.LinkOfAsync(kim);

        await SwitchAsync(jo, Phone);
        (await _zoomHost.TestTenant.AppointmentAsync(jo)).SlotMeetingId.Should().BeNull();
        await SwitchAsync(jo, MeetingLocation.Zoom);
        (await _zoomHost.LinkOfAsync(jo)).Should().Be(first);
        _zoomHost.Sent.Should().Equal(RequestKind.Create);

        await _zoomHost.CancelAsync(kim);
        await SwitchAsync(jo, Phone);
        _zoomHost.InZoom.Should().BeEmpty();
        await SwitchAsync(jo, MeetingLocation.Zoom);
        (await _zoomHost.LinkOfAsync(jo)).Should().Be(_zoomHost.InZoom.Should().ContainSingle().Subject.JoinUrl).And.NotBe(first);
    }

    [Fact]
    public async Task A_booking_of_a_slot_with_an_unmanaged_meeting_shares_its_link()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow);
        await _zoomHost.ChangeMeetingAsync((await _zoomHost.MeetingOfAsync(jo)).Id, meeting => meeting.MarkUnmanaged());

        var kim = await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow);

        (await _zoomHost.LinkOfAsync(kim)).Should().Be(await _zoomHost.LinkOfAsync(jo)).And.NotBeNull();
        _zoomHost.Sent.Should().Equal(RequestKind.Create);
    }

    [Fact]
    public async Task Changed_calendar_settings_apply_to_later_bookings()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        var (before, link) = (await _zoomHost.TestTenant.AppointmentAsync(jo), await _zoomHost.LinkOfAsync(jo));

        await _zoomHost.TestTenant.Database.WriteAsync(async db =>
        {
            var calendar = await db.Calendars.Include(row => row.Members).SingleAsync(row => row.Id == _zoomHost.Personal);
            calendar.ChangeLocation(_zoomHost.Ben, Phone);
            calendar.Rules = new BookingRules { LengthMinutes = 60, IntervalMinutes = 60, Seats = 2 };
        });
        await _zoomHost.EditAsync(jo, "Another title");
        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(1));

        var after = await _zoomHost.TestTenant.AppointmentAsync(jo);
        (after.Location, after.Start, after.Length, after.HostId).Should()
            .Be((before.Location, before.Start, before.Length, before.HostId));
        (await _zoomHost.LinkOfAsync(jo)).Should().Be(link);
        var later = await _zoomHost.TestTenant.AppointmentAsync(
            await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddHours(3)));
        (later.Location, later.Length).Should().Be((Phone, TimeSpan.FromHours(1)));
    }

    [Fact]
    public async Task An_archived_calendar_takes_no_bookings_and_its_appointments_keep_their_links()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        var link = await _zoomHost.LinkOfAsync(jo);

        var archived = await _zoomHost.TestTenant.CalendarSettings.ArchiveAsync(
            _zoomHost.Personal, 0, _zoomHost.TestTenant.AsAdmin, _zoomHost.Now, CancellationToken.None);
        archived.Succeeded.Should().BeTrue();
        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(6));

        (await _zoomHost.TestTenant.BookAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddHours(1))).Succeeded.Should().BeFalse();
        (await _zoomHost.LinkOfAsync(jo)).Should().Be(link);
        await _zoomHost.EditAsync(jo, "Still on");
        await _zoomHost.MoveAsync(jo, _zoomHost.Tomorrow.AddHours(2));
        _zoomHost.InZoom.Should().ContainSingle().Which.Should()
            .Match<SandboxMeeting>(meeting => meeting.StartTime == _zoomHost.Tomorrow.AddHours(2) && meeting.Topic == "Still on");
    }

    [Fact]
    public async Task A_collective_appointment_meets_on_its_primary_owners_Zoom_account_by_the_owners_location()
    {
        var cleo = await _zoomHost.TestTenant.UserAsync("cleo");
        await _zoomHost.ConnectAsync(cleo, "cleo", "cleo@zoom.test");
        var together = await _zoomHost.TestTenant.CalendarAsync(
            CalendarType.Collective, [_zoomHost.Ben, cleo], change: calendar =>
                calendar.Members.Single(member => member.UserId == cleo).Location = Phone);

        var jo = await _zoomHost.BookedAsync(together, _zoomHost.Tomorrow);

        var appointment = await _zoomHost.TestTenant.AppointmentAsync(jo);
        (appointment.HostId, appointment.Location).Should().Be((_zoomHost.Ben, MeetingLocation.Zoom));
        _zoomHost.Control.MeetingsOf(ZoomTestHost.Zoom).Should().ContainSingle();
        _zoomHost.Control.MeetingsOf("cleo@zoom.test").Should().BeEmpty();
    }

    private async Task SetAsync(AppointmentId id, AppointmentStatus status)
    {
        (await _zoomHost.TestTenant.Book.SetStatusAsync(
            id, null, status, _zoomHost.TestTenant.AsAdmin, _zoomHost.Now, CancellationToken.None)).Succeeded.Should().BeTrue();
        await _zoomHost.ReconcileAsync();
    }

    private async Task DeleteAsync(AppointmentId id)
    {
        (await _zoomHost.TestTenant.Book.DeleteAsync(id, _zoomHost.TestTenant.AsAdmin, _zoomHost.Now, CancellationToken.None))
            .Succeeded.Should().BeTrue();
        await _zoomHost.ReconcileAsync();
    }

    /// <summary>The calendar's location is changed, then this appointment is switched to it.</summary>
    private async Task SwitchAsync(AppointmentId id, MeetingLocation location)
    {
        await _zoomHost.TestTenant.Database.WriteAsync(
            async db => (await db.CalendarMembers.FindAsync(_zoomHost.Class, _zoomHost.Ben))!.Location = location);
        (await _zoomHost.TestTenant.Book.SwitchLocationAsync(id, null, _zoomHost.TestTenant.AsAdmin, _zoomHost.Now, CancellationToken.None))
            .Succeeded.Should().BeTrue();
        await _zoomHost.ReconcileAsync();
    }
}
