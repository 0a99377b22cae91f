using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Tests.Pages.Schedule;

/// <summary>The state of the links of upcoming appointments, as the staff calendar shows it.</summary>
public sealed class LinkHealthTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Tomorrow = ScheduleTestHost.Monday.AddDays(1).AddHours(9);

    private ScheduleTestHost _scheduleHost = null!;
    private Calendar _calendar = null!;

    public async Task InitializeAsync()
    {
        _scheduleHost = await ScheduleTestHost.BuildAsync();
        _calendar = await _scheduleHost.CalendarAsync(
            "Round", type: CalendarType.RoundRobin, members: [_scheduleHost.Ben, _scheduleHost.Cleo]);
        await _scheduleHost.ChangeAsync(db => db.ZoomAccounts.AddRange(
            new ZoomAccount { Key = "ben", ZoomUserId = "b", State = ZoomAccountState.Connected },
            new ZoomAccount { Key = "cleo", ZoomUserId = "c", State = ZoomAccountState.ReconnectNeeded }));
    }

    public async Task DisposeAsync() => await _scheduleHost.DisposeAsync();

    [Fact]
    public async Task Ready_links_are_counted_and_the_others_say_what_they_wait_for()
    {
        await BookAsync(_scheduleHost.Ben, 0, Ready);
        await BookAsync(_scheduleHost.Ben, 1, Ready);
        await BookAsync(_scheduleHost.Ben, 2, _ => { });
        await BookAsync(_scheduleHost.Ben, 3, meeting => meeting.WaitUntil(WaitingFor.Staff, null, null));
        await BookAsync(_scheduleHost.Cleo, 4, _ => { });
        await BookAsync(_scheduleHost.Cleo, 5, _ => { });

        var health = await _scheduleHost.Reader.HealthAsync(_scheduleHost.AsAda, default);

        (health.Ready, health.Waiting, health.Needy).Should().Be((2, 1, 3));
        health.Problems.Select(problem => $"{problem.HostName} {problem.Appointments.Count}: {problem.Sentence}").Should().Equal(
            "Ben 1: The meeting was deleted in Zoom, so there is no link. Ask for a new link if one is wanted.",
            "Cleo 2: Zoom no longer accepts the host's connection. The link comes automatically once the host connects again.",
            "Ben 1: The Zoom link is on its way.");
    }

    [Fact]
    public async Task Users_see_their_own_appointments_and_nobody_those_of_another_sub_account_or_of_the_past()
    {
        var elsewhere = await _scheduleHost.CalendarAsync("Elsewhere", _scheduleHost.OtherBusiness, members: _scheduleHost.Ben);
        await BookAsync(_scheduleHost.Ben, 0, _ => { });
        await BookAsync(_scheduleHost.Cleo, 1, _ => { });
        await BookAsync(_scheduleHost.Ben, -48, _ => { });
        await BookAsync(_scheduleHost.Ben, 3, _ => { }, elsewhere);

        var health = await _scheduleHost.Reader.HealthAsync(_scheduleHost.AsBen, default);

        health.Problems.Should().ContainSingle().Which.Host.Should().Be(_scheduleHost.Ben);
        health.Problems[0].Appointments.Should().ContainSingle();
        (await _scheduleHost.Reader.HealthAsync(_scheduleHost.AsBen with { Role = null }, default)).Should().Be(LinkHealth.Empty);
    }

    [Fact]
    public async Task A_working_link_that_is_no_longer_managed_needs_its_host()
    {
        await BookAsync(_scheduleHost.Cleo, 0, Ready);

        var health = await _scheduleHost.Reader.HealthAsync(_scheduleHost.AsAda, default);

        health.Ready.Should().Be(0);
        health.Problems.Should().ContainSingle().Which.Should().Match<LinkProblem>(problem => problem.NeedsConnection
            && problem.Sentence.Text.StartsWith("The Zoom link works."));
    }

    [Fact]
    public async Task An_appointment_that_waits_for_the_quota_says_when_its_link_comes()
    {
        await BookAsync(
            _scheduleHost.Ben, 24, meeting => meeting.WaitUntil(WaitingFor.Quota, null, ScheduleTestHost.Monday.AddDays(1)));
        await BookAsync(
            _scheduleHost.Ben, 0, meeting => meeting.WaitUntil(WaitingFor.Quota, null, ScheduleTestHost.Monday.AddDays(9)));

        var health = await _scheduleHost.Reader.HealthAsync(_scheduleHost.AsBen, default);

        health.Problems.Select(problem => (problem.NeedsSomebody, problem.Link.ExpectedAt)).Should().Equal(
            (true, null), (false, ScheduleTestHost.Monday.AddDays(1)));
    }

    [Fact]
    public async Task It_is_read_with_three_statements_however_many_appointments_there_are()
    {
        foreach (var hour in Enumerable.Range(0, 6))
        {
            await BookAsync(hour % 2 == 0 ? _scheduleHost.Ben : _scheduleHost.Cleo, hour, _ => { });
        }

        _scheduleHost.Counter.Reset();
        await _scheduleHost.Reader.HealthAsync(_scheduleHost.AsAda, default);

        _scheduleHost.Counter.Statements.Should().HaveCount(3, "ready links, the others, their hosts");
    }

    private static void Ready(SlotMeeting meeting) =>
        meeting.RecordCreated(1, "uuid", "https://zoom.test/j/1", null, null, ScheduleTestHost.Monday);

    private async Task BookAsync(UserId host, int hour, Action<SlotMeeting> become, Calendar? calendar = null)
    {
        var start = Tomorrow.AddHours(hour);
        var appointment = await _scheduleHost.AppointmentAsync(calendar ?? _calendar, start, host);
        var meeting = new SlotMeeting(
            appointment.SubAccountId,
            appointment.Slot,
            appointment.End,
            host == _scheduleHost.Ben ? "ben" : "cleo",
            ScheduleTestHost.Monday);
        become(meeting);
        await _scheduleHost.ChangeAsync(db =>
        {
            db.SlotMeetings.Add(meeting);
            appointment.SlotMeetingId = meeting.Id;
            db.Appointments.Update(appointment);
        });
    }
}
