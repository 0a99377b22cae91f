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
    private ZoomTestHost _zoomHost = null!;

    public async Task InitializeAsync() => _zoomHost = await ZoomTestHost.CreateAsync();

    public async Task DisposeAsync() => await _zoomHost.DisposeAsync();

    [Theory]
    [InlineData("America/New_York", "Your Zoom link will be ready by 7:00 PM. We'll email it to you.")]
    [InlineData("Europe/Berlin", "Your Zoom link will be ready by Tuesday 3 March, 1:00 AM. We'll email it to you.")]
    [InlineData("Asia/Kathmandu", "Your Zoom link will be ready by Tuesday 3 March, 5:45 AM. We'll email it to you.")]
    public async Task A_booker_reads_in_their_own_zone_by_when_the_link_is_there(string zone, string sentence)
    {
        await UsedAsync(100);
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddDays(1));

        LinkDescriber.ForBooker(await LinkAsync(jo), zone, _zoomHost.Now, hasEmail: true).Text.Should().Be(sentence);
        LinkDescriber.ForStaff(await LinkAsync(jo)).Text.Should()
            .Be("No Zoom request is left today for the host's Zoom account. The link comes automatically after 00:00 UTC.");
    }

    [Fact]
    public async Task A_booker_is_promised_no_time_when_more_wait_than_a_day_allows()
    {
        await UsedAsync(100);
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddDays(9));
        await _zoomHost.TestTenant.Database.WriteAsync(async db =>
        {
            for (var each = 0; each < 100; each++)
            {
                var meeting = new SlotMeeting(
                    _zoomHost.TestTenant.SubAccount,
                    new Slot(_zoomHost.Class, _zoomHost.Ben, _zoomHost.Tomorrow.AddMinutes(each * 30)),
                    _zoomHost.Tomorrow.AddMinutes((each * 30) + 30),
                    ZoomTestHost.Key,
                    _zoomHost.Now);
                meeting.WaitUntil(WaitingFor.Quota, null, _zoomHost.Now.AddHours(16));
                db.SlotMeetings.Add(meeting);
            }

            await Task.CompletedTask;
        });

        LinkDescriber.ForBooker(await LinkAsync(jo), "Etc/UTC", _zoomHost.Now, hasEmail: true).Text.Should()
            .StartWith("Your Zoom link is not ready yet.");
    }

    [Theory]
    [InlineData(ZoomAccountState.ReconnectNeeded)]
    [InlineData(ZoomAccountState.ApprovalWithdrawn)]
    public async Task A_link_waiting_for_the_next_day_promises_nothing_once_the_connection_is_lost(ZoomAccountState state)
    {
        await UsedAsync(100);
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        await _zoomHost.TestTenant.Database.ReadAsync(
            db => db.ZoomAccounts.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, state)));

        LinkDescriber.ForStaff(await LinkAsync(jo)).Text.Should().NotContain("00:00 UTC").And.MatchRegex("connects");
        LinkDescriber.ForBooker(await LinkAsync(jo), "Etc/UTC", _zoomHost.Now, hasEmail: true).Text.Should()
            .Be("Your Zoom link is not ready yet. We'll email it to you as soon as it is. If you do not have it when your "
                + "appointment begins, please ask your host how to join.");
    }

    [Fact]
    public async Task A_meeting_deleted_twice_in_Zoom_is_not_called_waiting()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        for (var times = 0; times < 2; times++)
        {
            _zoomHost.Control.DeleteByHand(_zoomHost.InZoom.Single().Id);
            await _zoomHost.ChangeMeetingAsync(
                (await _zoomHost.MeetingOfAsync(jo)).Id, meeting => meeting.RequestInspection(_zoomHost.Now));
            await _zoomHost.ReconcileAsync();
        }

        var link = await LinkAsync(jo);
        LinkDescriber.Label(link).Should().Be("No link");
        link.Should().Match<LinkFacts>(facts => facts.WaitsForStaff && !facts.IsPending);
        LinkDescriber.ForBooker(link, "Etc/UTC", _zoomHost.Now, hasEmail: true).Text.Should()
            .Be("There is no Zoom link for your appointment at the moment. Please ask your host how to join.");
    }

    [Fact]
    public async Task The_history_says_from_when_to_when_why_the_link_changed_and_what_it_cost()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        await _zoomHost.MoveAsync(jo, _zoomHost.Tomorrow.AddHours(2));
        await _zoomHost.MoveAsync(jo, _zoomHost.Tomorrow.AddHours(3));
        await _zoomHost.EditAsync(jo, "Intake");
        await _zoomHost.CancelAsync(jo);

        var lines = (await new ActivityReader(_zoomHost.TestTenant.Database).ReadAsync(
            new ActivityQuery { AppointmentId = jo, Take = 50 }, _zoomHost.TestTenant.AsAdmin, default)).Entries;
        lines.Reverse().Select(line => $"{EventTexts.Title(line, DateTimeZone.Utc)}: {EventTexts.Detail(line)}").Should().BeEquivalentTo(
        [
            "Booked: ",
            "Zoom link created: One Zoom request was spent.",
            "Zoom link dropped permanently: The appointment was rescheduled. Its meeting is to be deleted in Zoom, with one Zoom request.",
            "Rescheduled from Tue 3 Mar 08:00 to Tue 3 Mar 10:00: ",
            "Zoom link created: It is new because the appointment was rescheduled. One Zoom request was spent.",
            "Zoom meeting deleted: Its meeting was deleted in Zoom. One Zoom request was spent.",
            "Zoom link dropped permanently: The appointment was rescheduled. Its meeting is to be deleted in Zoom, with one Zoom request.",
            "Rescheduled from Tue 3 Mar 10:00 to Tue 3 Mar 11:00: ",
            "Zoom link created: It is new because the appointment was rescheduled. One Zoom request was spent.",
            "Zoom meeting deleted: Its meeting was deleted in Zoom. One Zoom request was spent.",
            "Edited: The Zoom link was kept.",
            "Zoom link dropped permanently: The appointment was cancelled. Its meeting is to be deleted in Zoom, with one Zoom request.",
            "Cancelled: ",
            "Zoom meeting deleted: Its meeting was deleted in Zoom. One Zoom request was spent.",
        ]);
    }

    [Fact]
    public async Task A_recreated_link_says_that_its_meeting_was_deleted_in_Zoom()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        _zoomHost.Control.DeleteByHand(_zoomHost.InZoom.Single().Id);
        await _zoomHost.ChangeMeetingAsync((await _zoomHost.MeetingOfAsync(jo)).Id, meeting => meeting.RequestInspection(_zoomHost.Now));
        await _zoomHost.ReconcileAsync();

        (await _zoomHost.EventsAsync(EventKind.LinkReady)).Last().Detail.Should()
            .Be("It was created again because the meeting was deleted in Zoom. One Zoom request was spent.");
    }

    [Fact]
    public async Task The_one_request_of_a_shared_link_is_not_counted_once_for_each_appointment()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow);
        await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow);
        _zoomHost.Control.DeleteByHand(_zoomHost.InZoom.Single().Id);
        await _zoomHost.ChangeMeetingAsync((await _zoomHost.MeetingOfAsync(jo)).Id, meeting => meeting.RequestInspection(_zoomHost.Now));
        await _zoomHost.ReconcileAsync();

        var ready = await _zoomHost.EventsAsync(EventKind.LinkReady);
        ready.Should().HaveCount(3, "the first booking made the link, and both have the one made again");
        ready.Skip(1).Select(each => each.Detail).Should().AllBe(
            "It was created again because the meeting was deleted in Zoom. One Zoom request was spent. "
                + "The 2 appointments at this time share the link.");
    }

    [Fact]
    public async Task An_edit_of_an_appointment_without_a_link_does_not_say_that_one_was_kept()
    {
        await UsedAsync(100);
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        await _zoomHost.EditAsync(jo, "Intake");

        (await _zoomHost.EventsAsync(EventKind.AppointmentEdited)).Should().ContainSingle().Which.Detail.Should().BeEmpty();
    }

    [Fact]
    public async Task The_dialog_before_disconnecting_promises_links_only_to_those_who_have_one()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        await UsedAsync(100);
        var kim = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddHours(1));

        var preview = await _zoomHost.TestTenant.DisconnectForecast.PreviewAsync(
            _zoomHost.TestTenant.SubAccount, _zoomHost.Ben, _zoomHost.Now, default);

        LinkDescriber.OnDisconnect(preview!).Select(sentence => sentence.Text).Should().Equal(
            "1 upcoming appointment has a Zoom link. It stays and keeps working, but the app no longer changes or deletes the meeting.",
            "1 upcoming appointment has no Zoom link yet. It gets none until you connect again.");
        (await LinkAsync(jo)).State.Should().Be(LinkState.Ready, "nothing was disconnected by asking");
        await _zoomHost.TestTenant.Database.WriteAsync(async db => await _zoomHost.TestTenant.Connections.DetachAsync(
            db, _zoomHost.TestTenant.SubAccount, _zoomHost.Ben, _zoomHost.Ben, _zoomHost.Now, default));
        ((await LinkAsync(jo)).State, (await LinkAsync(kim)).State).Should().Be((LinkState.Unmanaged, LinkState.Waiting));
        _zoomHost.InZoom.Should().ContainSingle();
    }

    [Fact]
    public async Task When_another_program_used_part_of_the_quota_no_sentence_says_that_we_sent_100_requests()
    {
        await UsedAsync(16);
        _zoomHost.Control.SetCount(ZoomTestHost.Zoom, 100);
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);

        var day = await new QuotaStatusReader(_zoomHost.TestTenant.Database).ReadAsync(ZoomTestHost.Key, _zoomHost.Now, default);
        (day.Used, day.Left, LinkDescriber.Headline(day)).Should().Be((17, 0, "None left"));
        string[] sentences =
        [
            LinkDescriber.OnQuota(day).Text,
            LinkDescriber.ForStaff(await LinkAsync(jo)).Text,
            (await _zoomHost.EventsAsync(EventKind.QuotaUsedUp)).Should().ContainSingle().Subject.Detail,
            (await _zoomHost.EventsAsync(EventKind.LinkWaiting)).Should().ContainSingle().Subject.Detail,
        ];
        sentences.Should().NotContain(sentence => sentence.Contains("100 requests are used", StringComparison.Ordinal)
            || sentence.Contains("100 Zoom requests", StringComparison.Ordinal));
        sentences[0].Should().Contain("This app has sent 17 of the 100.");
    }

    private Task UsedAsync(int used) => _zoomHost.TestTenant.Database.WriteAsync(async db =>
    {
        var day = DateOnly.FromDateTime(_zoomHost.Now.UtcDateTime);
        await db.QuotaDays.Where(row => row.ZoomUserKey == ZoomTestHost.Key && row.Day == day).ExecuteDeleteAsync();
        db.QuotaDays.Add(new QuotaDay { ZoomUserKey = ZoomTestHost.Key, Day = day, Used = used });
    });

    private Task<LinkFacts> LinkAsync(AppointmentId id) => _zoomHost.TestTenant.Database.ReadAsync(async db =>
    {
        var row = await db.Appointments.AsNoTracking().SingleAsync(each => each.Id == id);
        return await db.LinkOfAsync(
            row, await db.SlotMeetings.AsNoTracking().FirstOrDefaultAsync(each => each.Id == row.SlotMeetingId), _zoomHost.Now, default);
    });
}
