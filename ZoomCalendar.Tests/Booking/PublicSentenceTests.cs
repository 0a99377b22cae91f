using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Booking;
using Calendar = ZoomCalendar.Core.Calendars.Calendar;

namespace ZoomCalendar.Tests.Booking;

/// <summary>
/// A booker reads that a time is not available, but never why: no hosts, hours, days off or other appointments.
/// </summary>
public sealed class PublicSentenceTests : IAsyncLifetime, IDisposable
{
    /// <summary>What staff may read about the calendars below. 10:15 to 10:45 is an appointment of another sub-account.</summary>
    private static readonly string[] StaffFacts =
    [
        "Quentin",
        "Quillfeather",
        "Rosalind",
        "Rival",
        "Hidden Sessions",
        "Dentist",
        "10:15",
        "10:45",
        "13:10",
        "13:50",
        "17:00",
        "Rosa's other booker",
        "booked",
        "blocked",
        "day off",
        "has a ",
        "has 2",
        "is open on",
        "is closed on",
        "closed",
        "hosts this calendar",
        "host this calendar",
        "at most",
        "of notice",
        "seats",
        "seat at",
        "are taken",
        "is taken",
        "ahead, until",
        "Slots start",
    ];

    private readonly List<string> _found = [];

    private AppHost _app = null!;
    private PublicVisitor _visitor = null!;
    private DateOnly _day;
    private SubAccountId _screens;
    private UserId _quentin;
    private UserId _rosalind;

    public async Task InitializeAsync()
    {
        _app = await AppHost.StartAsync(
            builder => builder.UseSetting("Booking:SubmissionsPerTenMinutes", "1000").UseSetting("Booking:ViewsPerMinute", "10000"));
        _visitor = new PublicVisitor(_app);
        _day = DateOnly.FromDateTime(Now.UtcDateTime).AddDays(3);
        await SeedAsync();
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public void Dispose() => _visitor?.Dispose();

    [Fact]
    public async Task No_public_page_tells_a_booker_what_staff_know_about_a_refused_time()
    {
        var coaching = await CalendarAsync("coaching", CalendarType.Personal, new BookingRules
        {
            BufferAfterMinutes = 20,
            DayLimit = 2,
            MinimumNoticeMinutes = 120,
            HorizonDays = 20,
        });
        var room = await CalendarAsync("class", CalendarType.ClassBooking, new BookingRules { Seats = 1, HorizonDays = 20 });
        await BookedAsync(coaching, At(2, 9));
        await BookedAsync(coaching, At(2, 11));
        await BookedAsync(coaching, At(4, 10));
        var mine = await BookedAsync(coaching, At(3, 15));
        var full = await BookedAsync(room, At(4, 12));

        foreach (var (what, start) in Times())
        {
            await LookAsync($"book: {what}", await PostBookingAsync("coaching", start), HttpStatusCode.Conflict);
            await LookAsync($"reschedule: {what}", await PostMoveAsync(mine, start), HttpStatusCode.Conflict);
            await LookAsync(
                $"reschedule page: {what}", await _visitor.Client.GetAsync($"{Link(LinkPurpose.Change, mine)}?at={Text(start)}"));
            await LookAsync($"booking page: {what}", await _visitor.Client.GetAsync($"/book/open-books/coaching?at={Text(start)}"));
            await LookAsync($"waiting list: {what}", await PostBookingAsync("class", start, wait: true));
        }

        await LookAsync("waiting list taken without an offer", await TakeSeatAsync(room, At(4, 12), offered: false));
        await LookAsync("an offer that is over", await TakeSeatAsync(room, At(4, 12), offered: true));
        await BlockAsync(At(4, 11), At(4, 14));
        await LookAsync("an offer of a time that was blocked since", await TakeSeatAsync(room, At(4, 12), offered: true, cancel: full));
        await LookAsync(
            "confirmation", await _visitor.Client.GetAsync(BookingUrls.Confirmed(AddressOf("coaching"), Token(LinkPurpose.Confirmed, mine))));
        await LookAsync(
            "invitation",
            await _visitor.Client.GetAsync($"{BookingUrls.Confirmed(AddressOf("coaching"), Token(LinkPurpose.Confirmed, mine))}/invitation.ics"));

        await NobodyHostsAsync(coaching);
        await LookAsync("reschedule without a host", await PostMoveAsync(mine, At(5, 10)));
        await LookAsync("book without a host", await PostBookingAsync("coaching", At(5, 10)));
        await ArchiveAsync(coaching);
        await LookAsync("reschedule on an archived calendar", await PostMoveAsync(mine, At(5, 10)));

        _found.Should().BeEmpty();
    }

    [Fact]
    public async Task A_booker_after_the_cut_off_reads_only_its_length()
    {
        var calendar = await CalendarAsync("late", CalendarType.Personal, new BookingRules { CutOffMinutes = 30 * 24 * 60 });
        var id = await BookedAsync(calendar, At(3, 10));

        await LookAsync(
            "cancel too late", await _visitor.PostAsync(Link(LinkPurpose.Cancel, id), new() { ["sure"] = "yes" }), HttpStatusCode.Conflict);
        await LookAsync("reschedule too late", await PostMoveAsync(id, At(5, 10)), HttpStatusCode.Conflict);

        _found.Should().BeEmpty();
    }

    [Fact]
    public async Task After_the_owner_changed_the_reschedule_page_offers_times_and_moves_to_the_present_owner()
    {
        var calendar = await CalendarAsync("handed-over", CalendarType.Personal, new BookingRules());
        var id = await BookedAsync(calendar, At(3, 10));
        await ChangeAsync(calendar, row =>
        {
            row.RemoveMember(_quentin);
            row.AddMember(_rosalind, new MeetingLocation(MeetingLocationKind.Phone, ""), isPrimaryOwner: true);
        });

        var page = WebUtility.HtmlDecode(await _visitor.Client.GetStringAsync(Link(LinkPurpose.Change, id)));
        var time = System.Text.RegularExpressions.Regex.Match(page, "class=\"time\" href=\"[^\"]*at=(?<at>[^&\"]+)").Groups["at"].Value;
        var answer = await PostMoveAsync(id, DateTimeOffset.Parse(Uri.UnescapeDataString(time), CultureInfo.InvariantCulture));

        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        await using var db = await _app.OpenDatabaseAsync();
        (await db.Appointments.SingleAsync(row => row.Id == id)).HostId.Should().Be(_rosalind);
    }

    [Fact]
    public async Task A_chosen_time_that_is_not_offered_shows_offered_times_instead_of_a_button()
    {
        var calendar = await CalendarAsync("typed", CalendarType.Personal, new BookingRules());
        var id = await BookedAsync(calendar, At(3, 10));

        var odd = await _visitor.Client.GetStringAsync($"{Link(LinkPurpose.Change, id)}?at={Text(At(3, 3, 7))}");
        var free = await _visitor.Client.GetStringAsync($"{Link(LinkPurpose.Change, id)}?at={Text(At(3, 11))}");

        odd.Should().NotContain("Move my appointment").And.Contain("This time is not free.").And.Contain("class=\"time\"");
        free.Should().Contain("Move my appointment");
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>
    /// The next minute that ends in a 3. A page may show it, and at no time of the day is it one of <see cref="StaffFacts"/>.
    /// </summary>
    private static DateTimeOffset NoFact(DateTimeOffset time) => time.AddMinutes((13 - (time.Minute % 10)) % 10);

    private static string Text(DateTimeOffset start) =>
        start.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>One for each reason why a time is not offered.</summary>
    private IEnumerable<(string What, DateTimeOffset Start)> Times() =>
    [
        ("booked in another sub-account", At(0, 10)),
        ("in the buffer of that booking", At(0, 9, 30)),
        ("blocked", At(0, 13)),
        ("a day off", At(1, 10)),
        ("outside hours", At(0, 3)),
        ("off the grid", At(0, 9, 7)),
        ("the last one ends after closing", At(0, 16, 45)),
        ("past", NoFact(Now.AddDays(-2))),
        ("too soon", NoFact(Now.AddMinutes(20))),
        ("too far", At(200, 10)),
        ("the day is full", At(2, 14)),
        ("the seat is taken", At(4, 10)),
    ];

    private DateTimeOffset At(int days, int hour, int minute = 0) => new(_day.AddDays(days), new TimeOnly(hour, minute), TimeSpan.Zero);

    private async Task LookAsync(string where, HttpResponseMessage answer, HttpStatusCode? expected = null)
    {
        ((int)answer.StatusCode).Should().BeLessThan(500, where);
        if (expected is { } status)
        {
            answer.StatusCode.Should().Be(status, where);
        }

        var page = WebUtility.HtmlDecode(await answer.TextAsync());
        var sentences = string.Join('\n', System.Text.RegularExpressions.Regex.Matches(
            page,
            "<p[^>]*role=\"(alert|status)\"[^>]*>(?<text>.*?)</p>",
            System.Text.RegularExpressions.RegexOptions.Singleline).Select(match => match.Groups["text"].Value));
        // The page names the host. No sentence says that the host is why a time is not free.
        _found.AddRange(StaffFacts.Take(12).Skip(2).Where(
            fact => page.Contains(fact, StringComparison.Ordinal)).Select(fact => $"{where}: the page says \"{fact}\""));
        _found.AddRange(StaffFacts.Where(fact => sentences.Contains(fact, StringComparison.Ordinal)).Select(
            fact => $"{where}: a sentence says \"{fact}\": {sentences}"));
    }

    private static BookingAddress AddressOf(string slug) => new("open-books", slug);

    private async Task<HttpResponseMessage> PostBookingAsync(string slug, DateTimeOffset start, bool wait = false)
    {
        var calendar = (await _app.Services.GetRequiredService<PublicCalendars>().ByAddressAsync(AddressOf(slug), CancellationToken.None))!;
        var token = _app.Services.GetRequiredService<FormToken>().Make(calendar.Id, Guid.NewGuid(), Now);
        return await _visitor.PostAsync(wait ? BookingUrls.Wait(calendar.Address) : BookingUrls.Page(calendar.Address), new()
        {
            ["token"] = token,
            ["at"] = Text(start),
            ["zone"] = "Etc/UTC",
            ["name"] = "Jo Field",
            ["email"] = $"{Guid.NewGuid():N}@example.test",
        });
    }

    private Task<HttpResponseMessage> PostMoveAsync(AppointmentId id, DateTimeOffset start) =>
        _visitor.PostAsync(Link(LinkPurpose.Change, id), new() { ["at"] = Text(start), ["zone"] = "Etc/UTC" });

    private string Link(LinkPurpose purpose, AppointmentId id) =>
        purpose is LinkPurpose.Cancel ? BookingUrls.Cancel(Token(purpose, id)) : BookingUrls.Change(Token(purpose, id));

    private string Token(LinkPurpose purpose, AppointmentId id) =>
        _app.Services.GetRequiredService<AppointmentLinks>().Make(purpose, id, Now.AddDays(30), "");

    private async Task<HttpResponseMessage> TakeSeatAsync(
        CalendarId calendar, DateTimeOffset start, bool offered, AppointmentId? cancel = null)
    {
        await using var db = await _app.OpenDatabaseAsync();
        var entry = new WaitingEntry
        {
            Id = WaitingId.New(Now),
            SubAccountId = _screens,
            CalendarId = calendar,
            Start = start,
            End = start.AddMinutes(30),
            Booker = new Booker { Name = "Lu", Email = $"{Guid.NewGuid():N}@example.test" },
            NormalizedEmail = $"{Guid.NewGuid():N}@example.test",
            JoinedAt = Now,
        };
        if (offered)
        {
            entry.Offer(NoFact(cancel is null ? Now.AddMinutes(-11) : Now.AddHours(1)));
        }

        db.WaitingEntries.Add(entry);
        await db.SaveChangesAsync();
        if (cancel is { } id)
        {
            await _app.Services.GetRequiredService<AppointmentBook>()
                .CancelAsync(id, null, Actor.ForBooker(_screens), Now, CancellationToken.None);
        }

        var url = BookingUrls.Place(_app.Services.GetRequiredService<WaitingListLinks>().Make(entry.Id, entry.End, entry.Booker.Email));
        var answer = await _visitor.PostAsync(url, new() { ["sure"] = "yes" });
        await db.WaitingEntries.Where(row => row.Id == entry.Id).ExecuteDeleteAsync();
        return answer;
    }

    private async Task<AppointmentId> BookedAsync(CalendarId calendar, DateTimeOffset start, SubAccountId? subAccount = null)
    {
        var outcome = await _app.Services.GetRequiredService<AppointmentBook>().BookAsync(
            new BookRequest { CalendarId = calendar, Start = start, Booker = new Booker { Name = "Rosa's other booker" } },
            Actor.ForBooker(subAccount ?? _screens),
            Now,
            CancellationToken.None);
        outcome.Refusal.Should().BeNull("{0} is free", start);
        return outcome.AppointmentId!.Value;
    }

    private async Task<CalendarId> CalendarAsync(string slug, CalendarType type, BookingRules rules, SubAccountId? subAccount = null)
    {
        await using var db = await _app.OpenDatabaseAsync();
        var calendar = new Calendar(
            CalendarId.New(Now),
            subAccount ?? _screens,
            subAccount is null ? "Public name" : "Hidden Sessions",
            slug,
            type,
            CalendarVersion.V3,
            "Etc/UTC",
            Now)
        { Rules = rules };
        calendar.AddMember(_quentin, new MeetingLocation(MeetingLocationKind.Phone, ""), isPrimaryOwner: true);
        db.Calendars.Add(calendar);
        await db.SaveChangesAsync();
        return calendar.Id;
    }

    private async Task SeedAsync()
    {
        var (business, rival) = (new SubAccount(SubAccountId.New(Now), "Open Books", "open-books", Now), new SubAccount(
            SubAccountId.New(Now), "Rival Industries", "rival", Now));
        var dayOff = DateOverride.DayOff(new NodaTime.LocalDate(_day.Year, _day.Month, _day.Day).PlusDays(1));
        var hours = AvailabilityJson.Serialize(new Availability("Etc/UTC", WeeklyHours.EveryDay("09:00-17:00"), [dayOff]));
        (_screens, _quentin, _rosalind) = (business.Id, UserId.New(Now), UserId.New(Now.AddMilliseconds(1)));
        await using (var db = await _app.OpenDatabaseAsync())
        {
            db.SubAccounts.AddRange(business, rival);
            foreach (var (id, name) in new[] { (_quentin, "Quentin Quillfeather"), (_rosalind, "Rosalind") })
            {
                db.Users.Add(new User
                {
                    Id = id,
                    Name = name,
                    UserName = $"{id}@open.test",
                    NormalizedUserName = $"{id}@OPEN.TEST",
                    Email = $"{id}@open.test",
                    NormalizedEmail = $"{id}@OPEN.TEST",
                    SecurityStamp = name,
                    Hours = hours,
                });
                db.Memberships.AddRange(new Membership(business.Id, id, Role.Admin, Now), new Membership(rival.Id, id, Role.Admin, Now));
            }

            await db.SaveChangesAsync();
        }

        var hidden = await CalendarAsync("hidden", CalendarType.Personal, new BookingRules { IntervalMinutes = 15 }, rival.Id);
        await BookedAsync(hidden, At(0, 10, 15), rival.Id);
        await BlockAsync(At(0, 13, 10), At(0, 13, 50));
    }

    private async Task BlockAsync(DateTimeOffset start, DateTimeOffset end)
    {
        await using var db = await _app.OpenDatabaseAsync();
        db.BlockedTimes.Add(new BlockedTime
        {
            Id = Guid.NewGuid(),
            SubAccountId = _screens,
            UserId = _quentin,
            Title = "Dentist",
            Start = start,
            End = end,
        });
        await db.SaveChangesAsync();
    }

    private Task NobodyHostsAsync(CalendarId id) => ChangeAsync(id, calendar => calendar.RemoveMember(_quentin));

    private Task ArchiveAsync(CalendarId id) => ChangeAsync(id, calendar => calendar.Archive());

    private async Task ChangeAsync(CalendarId id, Action<Calendar> change)
    {
        await using var db = await _app.OpenDatabaseAsync();
        change(await db.Calendars.Include(row => row.Members).SingleAsync(row => row.Id == id));
        await db.SaveChangesAsync();
    }
}
