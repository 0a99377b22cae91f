using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>What Zoom reads as the meeting's title. A booker's name, address or number is never part of it.</summary>
public sealed class MeetingTopicTests : IAsyncLifetime
{
    private ZoomTestHost _zoomHost = null!;

    public async Task InitializeAsync() => _zoomHost = await ZoomTestHost.CreateAsync();

    public async Task DisposeAsync() => await _zoomHost.DisposeAsync();

    [Theory]
    [InlineData("", BookingSource.Public)]
    [InlineData("", BookingSource.Staff)]
    [InlineData("", BookingSource.Api)]
    [InlineData("Jo Field", BookingSource.Staff)]
    [InlineData("Intro with JO  FIELD, first", BookingSource.Api)]
    [InlineData("Call jo@example.test", BookingSource.Staff)]
    public async Task Without_a_title_of_its_own_an_appointment_is_named_after_its_calendar_in_Zoom(string title, BookingSource source)
    {
        await BookedAsync(title, source);

        Topic.Should().Be("Personal");
    }

    [Theory]
    [InlineData("Intake", BookingSource.Staff)]
    [InlineData("Intake", BookingSource.Api)]
    [InlineData("Jo Fieldman's project", BookingSource.Staff)]
    public async Task A_title_from_staff_or_a_program_is_the_topic(string title, BookingSource source)
    {
        await BookedAsync(title, source);

        Topic.Should().Be(title);
    }

    [Fact]
    public async Task A_corrected_name_of_the_booker_stays_out_of_Zoom_and_names_the_appointment_here()
    {
        var jo = await BookedAsync("", BookingSource.Public);
        var row = await _zoomHost.TestTenant.AppointmentAsync(jo);

        var outcome = await _zoomHost.TestTenant.Book.EditAsync(
            new EditRequest(jo, row.Version) { Title = row.Title, Booker = row.Booker with { Name = "Joanna Field" } },
            _zoomHost.TestTenant.AsAdmin,
            _zoomHost.Now,
            default);
        outcome.Succeeded.Should().BeTrue();
        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(5));

        (await _zoomHost.TestTenant.AppointmentAsync(jo)).Title.Should().Be("Joanna Field");
        Topic.Should().Be("Personal");
        _zoomHost.Sent.Should().ContainSingle("nothing that Zoom is told has changed");
    }

    [Fact]
    public async Task Removing_a_title_restores_the_calendars_name()
    {
        var jo = await BookedAsync("Intake", BookingSource.Staff);

        await _zoomHost.EditAsync(jo, "");
        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(5));

        Topic.Should().Be("Personal");
    }

    [Fact]
    public async Task A_name_sent_by_an_earlier_version_is_removed_by_the_next_daily_sweep()
    {
        var jo = await BookedAsync("", BookingSource.Public);
        _zoomHost.Control.EditByHand(_zoomHost.InZoom.Single().Id, topic: "Jo Field");
        var meeting = await _zoomHost.MeetingOfAsync(jo);
        await _zoomHost.ChangeMeetingAsync(
            meeting.Id, row => row.RecordInspected(row.Known! with { Topic = "Jo Field" }, row.JoinUrl!, row.Passcode, _zoomHost.Now));

        await _zoomHost.TestTenant.Database.WriteAsync(async db => (await db.ZoomAccounts.FindAsync(ZoomTestHost.Key))!.LastSweptAt = null);
        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(1));
        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(5));

        Topic.Should().Be("Personal");
    }

    private string? Topic => _zoomHost.InZoom.Should().ContainSingle().Which.Topic;

    private async Task<AppointmentId> BookedAsync(string title, BookingSource source)
    {
        var id = await _zoomHost.TestTenant.BookedAsync(
            _zoomHost.Personal,
            _zoomHost.Tomorrow.AddDays(3),
            builder => builder.Request = builder.Request with { Title = title, Source = source });
        await _zoomHost.ReconcileAsync();
        return id;
    }
}
