using Microsoft.EntityFrameworkCore;
using NodaTime;
using ZoomCalendar.Core.Activity;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>What people read of a link: bookers in their own zone, staff with the reason, the history with the cost.</summary>
public sealed class LinkWordsTests : IAsyncLifetime
{
    private ZoomTestHost _world = null!;

    public async Task InitializeAsync() => _world = await ZoomTestHost.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData("America/New_York", "Your Zoom link will be ready by 7:00 PM. We'll email it to you.")]
    [InlineData("Europe/Berlin", "Your Zoom link will be ready by Tuesday 3 March, 1:00 AM. We'll email it to you.")]
    [InlineData("Asia/Kathmandu", "Your Zoom link will be ready by Tuesday 3 March, 5:45 AM. We'll email it to you.")]
    public async Task A_booker_reads_in_their_own_zone_by_when_the_link_is_there(string zone, string sentence)
    {
        await UsedAsync(100);
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddDays(1));

        LinkDescriber.ForBooker(await LinkAsync(jo), zone, _world.Now, hasEmail: true).Text.Should().Be(sentence);
        LinkDescriber.ForStaff(await LinkAsync(jo)).Text.Should().Be("No Zoom request is left today for the host's Zoom account. The link comes by itself after 00:00 UTC.");
    }

    [Fact]
    public async Task A_booker_is_promised_no_time_when_more_wait_than_a_day_allows()
    {
        await UsedAsync(100);
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddDays(9));
        await _world.TestTenant.Database.WriteAsync(async db =>
        {
            for (var each = 0; each < 100; each++)
            {
                var meeting = new SlotMeeting(_world.TestTenant.SubAccount, new Slot(_world.Class, _world.Ben, _world.Tomorrow.AddMinutes(each * 30)), _world.Tomorrow.AddMinutes((each * 30) + 30), ZoomTestHost.Key, _world.Now);
                meeting.WaitUntil(WaitingFor.Quota, null, _world.Now.AddHours(16));
                db.SlotMeetings.Add(meeting);
            }

            await Task.CompletedTask;
        });

        LinkDescriber.ForBooker(await LinkAsync(jo), "Etc/UTC", _world.Now, hasEmail: true).Text.Should().StartWith("Your Zoom link is not ready yet.");
    }

    [Theory]
    [InlineData(ZoomAccountState.ReconnectNeeded)]
    [InlineData(ZoomAccountState.ApprovalWithdrawn)]
    public async Task What_waited_for_the_day_to_turn_promises_nothing_once_the_connection_is_lost(ZoomAccountState state)
    {
        await UsedAsync(100);
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);
        await _world.TestTenant.Database.ReadAsync(db => db.ZoomAccounts.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, state)));

        LinkDescriber.ForStaff(await LinkAsync(jo)).Text.Should().NotContain("00:00 UTC").And.MatchRegex("connects");
        LinkDescriber.ForBooker(await LinkAsync(jo), "Etc/UTC", _world.Now, hasEmail: true).Text.Should()
            .Be("Your Zoom link is not ready yet. We'll email it to you as soon as it is. If you do not have it when your appointment begins, please ask your host how to join.");
    }

    [Fact]
    public async Task A_meeting_deleted_twice_in_Zoom_is_not_called_waiting()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);
        for (var times = 0; times < 2; times++)
        {
            _world.Control.DeleteByHand(_world.InZoom.Single().Id);
            await _world.ChangeMeetingAsync((await _world.MeetingOfAsync(jo)).Id, meeting => meeting.RequestInspection(_world.Now));
            await _world.ReconcileAsync();
        }

        var link = await LinkAsync(jo);
        LinkDescriber.Label(link).Should().Be("No link");
        link.Should().Match<LinkFacts>(facts => facts.WaitsForStaff && !facts.IsPending);
        LinkDescriber.ForBooker(link, "Etc/UTC", _world.Now, hasEmail: true).Text.Should().Be("There is no Zoom link for your appointment at the moment. Please ask your host how to join.");
    }

    [Fact]
    public async Task The_history_says_from_when_to_when_why_the_link_changed_and_what_it_cost()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);
        await _world.MoveAsync(jo, _world.Tomorrow.AddHours(2));
        await _world.MoveAsync(jo, _world.Tomorrow.AddHours(3));
        await _world.EditAsync(jo, "Intake");
        await _world.CancelAsync(jo);

        var lines = (await new ActivityReader(_world.TestTenant.Database).ReadAsync(new ActivityQuery { AppointmentId = jo, Take = 50 }, _world.TestTenant.AsAdmin, default)).Entries;
        lines.Reverse().Select(line => $"{EventTexts.Title(line, DateTimeZone.Utc)}: {EventTexts.Detail(line)}").Should().BeEquivalentTo(
        [
            "Booked: ",
            "Zoom link created: One Zoom request was spent.",
            "Zoom link dropped for good: The appointment was rescheduled. Its meeting is to be deleted in Zoom, with one Zoom request.",
            "Rescheduled from Tue 3 Mar 08:00 to Tue 3 Mar 10:00: ",
            "Zoom link created: It is new because the appointment was rescheduled. One Zoom request was spent.",
            "Zoom meeting deleted: Its meeting was deleted in Zoom. One Zoom request was spent.",
            "Zoom link dropped for good: The appointment was rescheduled. Its meeting is to be deleted in Zoom, with one Zoom request.",
            "Rescheduled from Tue 3 Mar 10:00 to Tue 3 Mar 11:00: ",
            "Zoom link created: It is new because the appointment was rescheduled. One Zoom request was spent.",
            "Zoom meeting deleted: Its meeting was deleted in Zoom. One Zoom request was spent.",
            "Edited: The Zoom link was kept.",
            "Zoom link dropped for good: The appointment was cancelled. Its meeting is to be deleted in Zoom, with one Zoom request.",
            "Cancelled: ",
            "Zoom meeting deleted: Its meeting was deleted in Zoom. One Zoom request was spent.",
        ]);
    }

    [Fact]
    public async Task A_link_made_anew_says_that_its_meeting_was_deleted_in_Zoom()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);
        _world.Control.DeleteByHand(_world.InZoom.Single().Id);
        await _world.ChangeMeetingAsync((await _world.MeetingOfAsync(jo)).Id, meeting => meeting.RequestInspection(_world.Now));
        await _world.ReconcileAsync();

        (await _world.EventsAsync(EventKind.LinkReady)).Last().Detail.Should().Be("It was made anew because the meeting was deleted in Zoom. One Zoom request was spent.");
    }

    [Fact]
    public async Task An_edit_of_an_appointment_without_a_link_does_not_say_that_one_was_kept()
    {
        await UsedAsync(100);
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);
        await _world.EditAsync(jo, "Intake");

        (await _world.EventsAsync(EventKind.AppointmentEdited)).Should().ContainSingle().Which.Detail.Should().BeEmpty();
    }

    [Fact]
    public async Task The_dialog_before_disconnecting_promises_links_only_to_those_who_have_one()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);
        await UsedAsync(100);
        var kim = await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddHours(1));

        var preview = await _world.TestTenant.DisconnectForecast.PreviewAsync(_world.TestTenant.SubAccount, _world.Ben, _world.Now, default);

        LinkDescriber.OnDisconnect(preview!).Select(sentence => sentence.Text).Should().Equal(
            "1 upcoming appointment has a Zoom link. It stays and goes on working, but the app no longer changes or deletes the meeting.",
            "1 upcoming appointment has no Zoom link yet. It gets none until you connect again.");
        (await LinkAsync(jo)).State.Should().Be(LinkState.Ready, "nothing was disconnected by asking");
        await _world.TestTenant.Database.WriteAsync(async db => await _world.TestTenant.Connections.DetachAsync(db, _world.TestTenant.SubAccount, _world.Ben, _world.Ben, _world.Now, default));
        ((await LinkAsync(jo)).State, (await LinkAsync(kim)).State).Should().Be((LinkState.Unmanaged, LinkState.Waiting));
        _world.InZoom.Should().ContainSingle();
    }

    [Fact]
    public async Task With_a_part_of_the_day_used_by_another_program_no_sentence_says_that_the_hundred_were_ours()
    {
        await UsedAsync(16);
        _world.Control.SetCount(ZoomTestHost.Zoom, 100);
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);

        var day = await new QuotaStatusReader(_world.TestTenant.Database).ReadAsync(ZoomTestHost.Key, _world.Now, default);
        (day.Used, day.Left, LinkDescriber.Headline(day)).Should().Be((17, 0, "None left"));
        string[] sentences =
        [
            LinkDescriber.OnQuota(day).Text,
            LinkDescriber.ForStaff(await LinkAsync(jo)).Text,
            (await _world.EventsAsync(EventKind.QuotaUsedUp)).Should().ContainSingle().Subject.Detail,
            (await _world.EventsAsync(EventKind.LinkWaiting)).Should().ContainSingle().Subject.Detail,
        ];
        sentences.Should().NotContain(sentence => sentence.Contains("100 requests are used", StringComparison.Ordinal) || sentence.Contains("100 Zoom requests", StringComparison.Ordinal));
        sentences[0].Should().Contain("This app has sent 17 of the 100.");
    }

    private Task UsedAsync(int used) => _world.TestTenant.Database.WriteAsync(async db =>
    {
        var day = DateOnly.FromDateTime(_world.Now.UtcDateTime);
        await db.QuotaDays.Where(row => row.ZoomUserKey == ZoomTestHost.Key && row.Day == day).ExecuteDeleteAsync();
        db.QuotaDays.Add(new QuotaDay { ZoomUserKey = ZoomTestHost.Key, Day = day, Used = used });
    });

    private Task<LinkFacts> LinkAsync(AppointmentId id) => _world.TestTenant.Database.ReadAsync(async db =>
    {
        var row = await db.Appointments.AsNoTracking().SingleAsync(each => each.Id == id);
        return await db.LinkOfAsync(row, await db.SlotMeetings.AsNoTracking().FirstOrDefaultAsync(each => each.Id == row.SlotMeetingId), _world.Now, default);
    });
}
