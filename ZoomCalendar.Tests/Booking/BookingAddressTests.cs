using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Booking;

/// <summary>Booking pages stand at <c>/book/{business}/{calendar}</c>. The addresses of earlier versions lead there.</summary>
public sealed class BookingAddressTests(AppHost app) : IClassFixture<AppHost>, IDisposable
{
    private readonly PublicVisitor _visitor = new(app);

    [Fact]
    public async Task The_page_stands_below_its_business_and_nowhere_else()
    {
        var page = await _visitor.Client.GetAsync("/book/northwind/intro-call");

        page.StatusCode.Should().Be(HttpStatusCode.OK);
        (await page.TextAsync()).Should().Contain("/book/northwind/intro-call\"");
        foreach (var other in (string[])["/book/southside/intro-call", "/book/nobody/intro-call", "/book/northwind/nothing"])
        {
            var answer = await _visitor.Client.GetAsync(other);
            answer.StatusCode.Should().Be(HttpStatusCode.NotFound, other);
            (await answer.TextAsync()).Should().NotContain("Northwind").And.NotContain("Southside");
        }
    }

    [Fact]
    public async Task Two_businesses_with_the_same_address_each_show_and_book_their_own_calendar()
    {
        await AddAsync("southside", "Check-up in the south", "check-up");
        await AddAsync("northwind", "Check-up in the north", "check-up");

        var south = await _visitor.Client.GetStringAsync("/book/southside/check-up");
        var north = await _visitor.Client.GetStringAsync("/book/northwind/check-up");
        var booked = await _visitor.BookAsync(
            "southside/check-up", await _visitor.FirstTimeAsync("southside/check-up"), "south@example.test");

        south.Should().Contain("Check-up in the south").And.NotContain("in the north").And.NotContain("Northwind");
        north.Should().Contain("Check-up in the north").And.NotContain("in the south").And.NotContain("Southside");
        booked.Headers.Location!.ToString().Should().StartWith("/book/southside/check-up/confirmed/");
        await using var db = await app.OpenDatabaseAsync();
        (await (from appointment in db.Appointments
                join calendar in db.Calendars on appointment.CalendarId equals calendar.Id
                where appointment.Booker.Email == "south@example.test"
                select calendar.Name).SingleAsync()).Should().Be("Check-up in the south");
    }

    [Theory]
    [InlineData("/book/intro-call", "/book/northwind/intro-call")]
    [InlineData("/book/intro-call?zone=Asia%2FTokyo&month=2026-12&x=a%20b", "/book/northwind/intro-call?zone=Asia%2FTokyo&month=2026-12&x=a%20b")]
    [InlineData("/book/southside-intro", "/book/southside/southside-intro")]
    [InlineData("/book/intro-call/changes?known=1A", "/book/northwind/intro-call/changes?known=1A")]
    [InlineData("/book/yoga-class/waiting", "/book/northwind/yoga-class/waiting")]
    [InlineData("/book/intro-call/confirmed/A-b_c", "/book/northwind/intro-call/confirmed/A-b_c")]
    [InlineData("/book/intro-call/confirmed/A-b_c/invitation.ics", "/book/northwind/intro-call/confirmed/A-b_c/invitation.ics")]
    [InlineData("/book/intro-call/confirmed/A-b_c/changes?known=1A", "/book/northwind/intro-call/confirmed/A-b_c/changes?known=1A")]
    public async Task An_old_address_redirects_for_good_with_its_query(string old, string present)
    {
        var answer = await _visitor.Client.GetAsync(old);

        answer.StatusCode.Should().Be(HttpStatusCode.MovedPermanently);
        answer.Headers.Location!.ToString().Should().Be(present);
        answer.Headers.CacheControl!.NoCache.Should().BeTrue("the calendar may get another address");
    }

    [Fact]
    public async Task A_form_from_a_page_that_was_loaded_before_the_upgrade_still_books()
    {
        var fields = await _visitor.FormAsync(await _visitor.FirstTimeAsync("intro-call"));
        (fields["name"], fields["email"]) = ("Jo Field", "before-the-upgrade@example.test");

        var answer = await _visitor.PostAsync("/book/intro-call?zone=Asia%2FTokyo", fields);
        var wait = await _visitor.PostAsync("/book/yoga-class/wait", fields);
        using var browser = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = app.Address };
        var page = await browser.PostAsync("/book/intro-call?zone=Asia%2FTokyo", new FormUrlEncodedContent(fields));

        (answer.StatusCode, wait.StatusCode).Should().Be((HttpStatusCode.PermanentRedirect, HttpStatusCode.PermanentRedirect));
        answer.Headers.Location!.ToString().Should().Be("/book/northwind/intro-call?zone=Asia%2FTokyo");
        wait.Headers.Location!.ToString().Should().Be("/book/northwind/yoga-class/wait");
        (await page.TextAsync()).Should().Contain("You are booked");
        await using var db = await app.OpenDatabaseAsync();
        (await db.Appointments.CountAsync(row => row.Booker.Email == "before-the-upgrade@example.test")).Should().Be(1);
    }

    [Fact]
    public async Task After_a_rename_the_old_address_and_the_links_of_bookers_lead_to_the_present_address()
    {
        var booked = await _visitor.BookAsync(
            "classic-sessions", await _visitor.FirstTimeAsync("classic-sessions"), "before-the-rename@example.test");
        var confirmed = booked.Headers.Location!.ToString();
        await RenameAsync("classic-sessions", "classic-hour");
        await AddAsync("southside", "Another one", "classic-sessions");

        var old = await _visitor.Client.GetAsync("/book/classic-sessions");
        var former = await _visitor.Client.GetAsync("/book/northwind/classic-sessions");
        var link = await _visitor.Client.GetAsync(confirmed);

        old.Headers.Location!.ToString().Should().Be("/book/northwind/classic-hour", "no other business gets the old address");
        former.StatusCode.Should().Be(HttpStatusCode.NotFound);
        link.Headers.Location!.ToString().Should().StartWith("/book/northwind/classic-hour/confirmed/");
        (await _visitor.Client.GetStringAsync(link.Headers.Location)).Should().Contain("You are booked")
            .And.Contain("/book/northwind/classic-hour/confirmed/");
        (await _visitor.Client.GetAsync(new Uri(app.Address, $"{confirmed}/invitation.ics"))).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_new_calendar_has_no_old_address()
    {
        await AddAsync("southside", "Brand new", "brand-new");

        (await _visitor.Client.GetAsync("/book/brand-new")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await _visitor.PostAsync("/book/brand-new", [])).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await _visitor.Client.GetAsync("/book/southside/brand-new")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public void Every_word_in_the_routes_of_the_booking_pages_is_reserved()
    {
        var words = app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').Split('/'))
            .Where(segments => segments[0] == "book")
            .SelectMany(segments => segments.Skip(1))
            // An address has no dot.
            .Where(segment => !segment.Contains('{', StringComparison.Ordinal) && !segment.Contains('.', StringComparison.Ordinal));

        words.Distinct().Should().BeEquivalentTo(Slug.Reserved);
    }

    public void Dispose() => _visitor.Dispose();

    private async Task AddAsync(string business, string name, string slug)
    {
        await using var db = await app.OpenDatabaseAsync();
        var now = TimeProvider.System.GetUtcNow();
        var (subAccount, host) = (await db.SubAccounts.SingleAsync(row => row.Slug == business), UserId.New(now));
        var calendar = new Calendar(
            CalendarId.New(now), subAccount.Id, name, slug, CalendarType.Personal, CalendarVersion.V3, "Etc/UTC", now);
        calendar.AddMember(host, new MeetingLocation(MeetingLocationKind.Phone, "+1 312 555 0100"), isPrimaryOwner: true);
        db.AddRange(
            new User
            {
                Id = host,
                Name = "Host",
                UserName = $"{host}@hosts.test",
                NormalizedUserName = $"{host}@HOSTS.TEST".ToUpperInvariant(),
                SecurityStamp = "host",
                Hours = AvailabilityJson.Serialize(Availability.Always("Etc/UTC")),
            },
            new Membership(subAccount.Id, host, Role.User, now),
            calendar);
        await db.SaveChangesAsync();
    }

    private async Task RenameAsync(string from, string to)
    {
        await using var db = await app.OpenDatabaseAsync();
        (await db.Calendars.SingleAsync(row => row.Slug == from)).Slug = to;
        await db.SaveChangesAsync();
    }
}
