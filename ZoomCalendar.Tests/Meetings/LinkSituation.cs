using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Meetings;

internal enum Others
{
    None,
    OnZoom,
    InPerson,
}

internal enum Made
{
    Link,
    NotYet,

    /// <summary>Deleted in Zoom twice.</summary>
    DeletedTwice,
}

internal enum Tie
{
    Connected,
    Lost,
    Disconnected,
}

internal enum Day
{
    Plenty,

    /// <summary>Fewer left than are kept for new links.</summary>
    Scarce,

    /// <summary>This app has sent a hundred.</summary>
    UsedUpHere,

    /// <summary>Other programs used the rest.</summary>
    UsedUpElsewhere,
}

internal enum ChangeTiming
{
    Over,
    Today,

    /// <summary>Running when the day turns at 00:00 UTC.</summary>
    OverMidnight,
    Tomorrow,
}

internal enum Act
{
    Cancel,
    CancelSlot,
    MoveToFree,
    MoveToTaken,
    SwitchLocation,
}

/// <summary>One way how things can stand around a link, with a host and a Zoom account of its own.</summary>
internal sealed record LinkSituation(bool OnZoom, Made Made, Others Others, Tie Tie, Day Day, ChangeTiming ChangeTiming, Act Act)
{
    /// <summary>All that can be, without those that differ only in what has no effect.</summary>
    public static IEnumerable<LinkSituation> All(Act act) =>
        from onZoom in (bool[])[true, false]
        from made in Enum.GetValues<Made>()
        from others in Enum.GetValues<Others>()
        from tie in Enum.GetValues<Tie>()
        from day in Enum.GetValues<Day>()
        from time in Enum.GetValues<ChangeTiming>()
        where onZoom || (made is Made.Link && tie is Tie.Connected && day is Day.Plenty)
        // Nothing is sent for who is not connected, whatever the day has left and whenever it is.
        where tie is Tie.Connected || (day is Day.Plenty && time is ChangeTiming.Over or ChangeTiming.Tomorrow)
        where made is not Made.DeletedTwice || day is Day.Plenty or Day.UsedUpHere
        where act is not Act.CancelSlot || others is not Others.None
        select new LinkSituation(onZoom, made, others, tie, day, time, act);

    public override string ToString() => $"{(OnZoom ? "Zoom" : "in person")}, {Made}, others {Others}, {Tie}, {Day}, {ChangeTiming}, {Act}";
}

/// <summary>A situation that was set up, and what has been seen of it.</summary>
internal sealed class LinkCase(ZoomTestHost zoomHost, LinkSituation situation, int number)
{
    private static readonly MeetingLocation Room = new(MeetingLocationKind.InPerson, "Room 1");
    private static readonly DateTimeOffset Free = TestTenant.Monday.AddDays(3);

    private UserId _host;
    private CalendarId _calendar;
    private AppointmentId? _other;
    private AppointmentId? _there;
    private string? _oldLink;

    public LinkSituation Situation => situation;

    public AppointmentId Id { get; private set; }

    public string Key => $"host{number}";

    /// <summary>The sentence that was read before the change; null: it was to be refused.</summary>
    public string? Sentence { get; private set; }

    public bool Refused { get; private set; }

    private string Email => $"{Key}@zoom.test";

    private DateTimeOffset Start => situation.ChangeTiming switch
    {
        ChangeTiming.Over => TestTenant.Monday.AddMinutes(30),
        ChangeTiming.Today => TestTenant.Monday.AddHours(12),
        ChangeTiming.OverMidnight => TestTenant.Monday.AddHours(15).AddMinutes(45),
        _ => TestTenant.Monday.AddDays(1),
    };

    public async Task BookAsync()
    {
        _host = await zoomHost.TestTenant.UserAsync(Key);
        await zoomHost.ConnectAsync(_host, Key, Email);
        _calendar = await zoomHost.TestTenant.CalendarAsync(
            CalendarType.Personal, [_host], new BookingRules { Seats = 5 }, situation.OnZoom ? MeetingLocation.Zoom : Room);
        if (situation.Act is Act.MoveToTaken)
        {
            await AtAsync(MeetingLocation.Zoom);
            _there = await BookedAsync(Free);
        }

        if (situation.Others is not Others.None)
        {
            await AtAsync(situation.Others is Others.OnZoom ? MeetingLocation.Zoom : Room);
            _other = await BookedAsync(Start);
        }

        if (situation.Made is Made.Link)
        {
            await AtAsync(situation.OnZoom ? MeetingLocation.Zoom : Room);
            Id = await BookedAsync(Start);
        }
    }

    /// <summary>After the first links were made: those without one are booked while their account rests, or lose theirs.</summary>
    public async Task PrepareAsync()
    {
        if (situation.Made is not Made.Link)
        {
            await AtAsync(MeetingLocation.Zoom);
            if (situation.Made is Made.NotYet)
            {
                await RestAsync(zoomHost.Now.AddDays(9));
                await DropMeetingAsync();
            }

            Id = await BookedAsync(Start);
        }

        if (situation.Made is Made.DeletedTwice)
        {
            for (var times = 0; times < 2; times++)
            {
                await zoomHost.ReconcileAsync();
                var meeting = await zoomHost.MeetingOfAsync(Id);
                zoomHost.Control.DeleteByHand(meeting.ZoomMeetingId!.Value);
                await zoomHost.ChangeMeetingAsync(meeting.Id, row => row.RequestInspection(zoomHost.Now));
            }

            await zoomHost.ReconcileAsync();
        }

        if (situation.Act is Act.SwitchLocation)
        {
            await AtAsync(situation.OnZoom ? Room : MeetingLocation.Zoom);
        }
    }

    /// <summary>The connection and the day become what the situation says; the change is foretold and made.</summary>
    public async Task ChangeAsync(LinkForecaster forecasts)
    {
        await DisturbAsync();
        _oldLink = await LinkNowAsync(Id) ?? (situation.Act is Act.CancelSlot && _other is { } other ? await LinkNowAsync(other) : null);
        var forecast = await ForeseeAsync(forecasts);
        Sentence = forecast is null ? null : (situation.Act switch
        {
            Act.Cancel or Act.CancelSlot => LinkDescriber.OnCancel(forecast),
            Act.SwitchLocation => LinkDescriber.OnSwitchLocation(forecast),
            _ => LinkDescriber.OnMove(forecast),
        }).Text;
        Refused = !(await ActAsync()).Succeeded;
    }

    public Task RestAsync(DateTimeOffset? until) => zoomHost.TestTenant.Database.ReadAsync(db =>
        db.ZoomAccounts.Where(row => row.Key == Key).ExecuteUpdateAsync(set => set.SetProperty(row => row.BackoffUntil, until)));

    public async Task ReconnectAsync()
    {
        await zoomHost.TestTenant.Database.WriteAsync(async db =>
        {
            await db.ZoomAccounts.Where(row => row.Key == Key)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, ZoomAccountState.Connected));
            await new AccountMeetings().ResumeManagingAsync(db, Key, zoomHost.Now, default);
        });
    }

    public bool OldIsInZoom => _oldLink is not null && InZoom(_oldLink);

    public bool HadLink => _oldLink is not null;

    public async Task<bool> HasWorkingLinkAsync() => await LinkNowAsync(Id) is { } link && InZoom(link);

    public async Task<bool> HasNewLinkAsync() => await LinkNowAsync(Id) is { } link && link != _oldLink && InZoom(link);

    public async Task<bool> SharesAsync() =>
        (_there ?? _other) is { } there && await LinkNowAsync(Id) is { } link && link == await LinkNowAsync(there);

    public async Task<bool> OtherKeepsAsync() => _other is { } other && await LinkNowAsync(other) == _oldLink;

    public int MeetingsInZoom => zoomHost.Control.MeetingsOf(Email).Count;

    public async Task<LinkFacts> FactsAsync() => await zoomHost.TestTenant.Database.ReadAsync(async db =>
    {
        var row = await db.Appointments.AsNoTracking().SingleAsync(each => each.Id == Id);
        return await db.LinkOfAsync(
            row, await db.SlotMeetings.AsNoTracking().FirstOrDefaultAsync(each => each.Id == row.SlotMeetingId), zoomHost.Now, default);
    });

    public override string ToString() => $"{situation}: \"{Sentence}\"";

    private bool InZoom(string link) => zoomHost.Control.MeetingsOf(Email).Any(meeting => meeting.JoinUrl == link);

    private Task<AppointmentId> BookedAsync(DateTimeOffset start) =>
        zoomHost.TestTenant.BookedAsync(_calendar, start, builder => builder.Request = builder.Request with
        {
            Override = BookingOverride.Staff,
            Booker = builder.Request.Booker with { TimeZone = "America/New_York" },
        });

    private Task AtAsync(MeetingLocation location) => zoomHost.TestTenant.Database.WriteAsync(async db =>
        (await db.Calendars.Include(row => row.Members).SingleAsync(row => row.Id == _calendar)).Members.Single().Location = location);

    /// <summary>The others' link is not made either: as if all had been booked while Zoom was silent.</summary>
    private async Task DropMeetingAsync()
    {
        if (_other is { } other && situation.Others is Others.OnZoom)
        {
            (await zoomHost.TestTenant.CancelAsync(other)).Succeeded.Should().BeTrue();
            _other = await BookedAsync(Start);
        }
    }

    private async Task DisturbAsync()
    {
        if (situation.Tie is Tie.Connected && situation.Made is Made.NotYet)
        {
            await RestAsync(null);
        }

        await zoomHost.TestTenant.Database.WriteAsync(async db =>
        {
            var day = DateOnly.FromDateTime(zoomHost.Now.UtcDateTime);
            var (used, usedUp) = situation.Day switch
            {
                Day.Scarce => (90, false),
                Day.UsedUpHere => (100, false),
                Day.UsedUpElsewhere => (16, true),
                _ => (5, false),
            };
            if (await db.QuotaDays.Where(row => row.ZoomUserKey == Key && row.Day == day)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Used, used).SetProperty(row => row.UsedUp, usedUp)) == 0)
            {
                db.QuotaDays.Add(new QuotaDay { ZoomUserKey = Key, Day = day, Used = used, UsedUp = usedUp });
            }

            switch (situation.Tie)
            {
                case Tie.Lost:
                    await db.ZoomAccounts.Where(row => row.Key == Key)
                        .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, ZoomAccountState.ReconnectNeeded));
                    break;

                case Tie.Disconnected:
                    await zoomHost.TestTenant.Connections.DetachAsync(
                        db, zoomHost.TestTenant.SubAccount, _host, _host, zoomHost.Now, default);
                    await db.SaveChangesAsync();
                    await db.ZoomAccounts.Where(row => row.Key == Key).ExecuteDeleteAsync();
                    break;
            }
        });
    }

    private Task<LinkForecast?> ForeseeAsync(LinkForecaster forecasts)
    {
        var (admin, now) = (zoomHost.TestTenant.AsAdmin, zoomHost.Now);
        return situation.Act switch
        {
            Act.Cancel => forecasts.OfCancelAsync(Id, admin, now, default),
            Act.CancelSlot => forecasts.OfCancelSlotAsync(new Slot(_calendar, _host, Start), admin, now, default),
            Act.SwitchLocation => forecasts.OfSwitchLocationAsync(Id, admin, now, default),
            _ => forecasts.OfMoveAsync(new MoveRequest(Id, null, Free), admin, now, default),
        };
    }

    private Task<BookingOutcome> ActAsync()
    {
        var (admin, now, book) = (zoomHost.TestTenant.AsAdmin, zoomHost.Now, zoomHost.TestTenant.Book);
        return situation.Act switch
        {
            Act.Cancel => book.CancelAsync(Id, null, admin, now, default),
            Act.CancelSlot => book.CancelSlotAsync(new Slot(_calendar, _host, Start), admin, now, default),
            Act.SwitchLocation => book.SwitchLocationAsync(Id, null, admin, now, default),
            _ => book.MoveAsync(new MoveRequest(Id, null, Free) { Override = BookingOverride.Staff }, admin, now, default),
        };
    }

    private Task<string?> LinkNowAsync(AppointmentId id) => zoomHost.TestTenant.Database.ReadAsync(db =>
        (from row in db.Appointments
         where row.Id == id
         from meeting in db.Set<SlotMeeting>().Where(each => each.Id == row.SlotMeetingId)
         select meeting.JoinUrl).FirstOrDefaultAsync());
}
