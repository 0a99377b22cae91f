using System.Net;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Booking;

public sealed class BookingPageTests(AppHost app) : IClassFixture<AppHost>, IDisposable
{
    private readonly PublicVisitor _visitor = new(app);

    [Fact]
    public async Task The_page_shows_free_times_sets_no_cookie_and_cannot_be_embedded()
    {
        var answer = await _visitor.Client.GetAsync("/book/northwind/yoga-class");

        var page = await answer.TextAsync();
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        page.Should().Contain("Yoga class").And.MatchRegex(@"\d seats left").And.Contain("og:title").And.Contain("property=\"og:url\"")
            .And.Contain("rel=\"canonical\"").And.Contain("<html lang=\"en\"").And.Contain("<title>Book Yoga class")
            .And.NotContain("blazor");
        answer.Headers.Contains("Set-Cookie").Should().BeFalse();
        answer.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("frame-ancestors 'none'");
        answer.Headers.CacheControl!.NoCache.Should().BeTrue();
    }

    [Fact]
    public async Task Only_sites_listed_by_the_calendar_may_embed_it()
    {
        await ChangeCalendarAsync("southside-intro", calendar => calendar.EmbedOrigins = "https://shop.example.test javascript:alert(1)");

        var answer = await _visitor.Client.GetAsync("/book/southside/southside-intro");

        answer.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("frame-ancestors 'self' https://shop.example.test;");
        answer.Headers.Contains("X-Frame-Options").Should().BeFalse();
        var booked = await _visitor.BookAsync(
            "southside/southside-intro", await _visitor.FirstTimeAsync("southside/southside-intro"), "framed@example.test");
        (await FramingAsync(booked.Headers.Location!.ToString())).Should().Contain("frame-ancestors 'self' https://shop.example.test;");
        foreach (var path in (string[])["/book/cancel/nonsense", "/book/change/nonsense", "/book/waiting/nonsense", "/book/northwind/intro-call"])
        {
            (await FramingAsync(path)).Should().Contain("frame-ancestors 'none'", path);
        }
    }

    [Fact]
    public async Task A_visitor_books_and_sees_the_confirmation()
    {
        var time = await _visitor.FirstTimeAsync("intro-call");

        var answer = await _visitor.BookAsync("intro-call", time, change: fields => fields["zone"] = "Asia/Kathmandu");

        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        var page = await _visitor.Client.GetAsync(answer.Headers.Location);
        (await page.TextAsync()).Should().Contain("You are booked").And.Contain("Asia/Kathmandu").And.Contain("+1 312 555 0142")
            .And.Contain("calendar.google.com").And.Contain("outlook.live.com").And.Contain("open the links in that message")
            .And.NotContain("/book/cancel/");
        page.Headers.CacheControl!.NoStore.Should().BeTrue();
        page.Headers.GetValues("Referrer-Policy").Single().Should().Be("same-origin");
    }

    [Fact]
    public async Task The_same_form_sent_twice_books_once()
    {
        var time = await _visitor.FirstTimeAsync("yoga-class");
        var fields = await _visitor.FormAsync(time);
        (fields["name"], fields["email"]) = ("Twice", "twice@example.test");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _visitor.PostAsync("/book/northwind/yoga-class", fields)));

        answers.Should().OnlyContain(answer => answer.StatusCode == HttpStatusCode.SeeOther);
        (await BookedByAsync("twice@example.test")).Should().HaveCount(1);
    }

    [Fact]
    public async Task A_taken_time_keeps_the_input_and_offers_other_times()
    {
        var time = await _visitor.FirstTimeAsync("classic-sessions");
        var late = await _visitor.FormAsync(time);
        await _visitor.BookAsync("classic-sessions", time, "fast@example.test");
        (late["name"], late["email"], late["notes"]) = ("Late <b>Comer</b>", "late@example.test", "Please \"quote\" me");

        var answer = await _visitor.PostAsync("/book/northwind/classic-sessions", late);

        var page = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.Should().Be(HttpStatusCode.Conflict);
        page.Should().Contain("just taken").And.Contain("type=\"radio\"").And.Contain("Late &lt;b&gt;Comer&lt;/b&gt;")
            .And.Contain("Please &quot;quote&quot; me");
    }

    [Fact]
    public async Task A_form_of_another_calendar_or_another_site_books_nothing()
    {
        var foreign = await _visitor.FormAsync(await _visitor.FirstTimeAsync("southside/southside-intro"));
        (foreign["name"], foreign["email"]) = ("Mix", "mix@example.test");

        var otherCalendar = await _visitor.PostAsync("/book/northwind/intro-call", foreign);
        var otherSite = await _visitor.PostAsync("/book/southside/southside-intro", foreign, origin: "https://evil.example");

        otherCalendar.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        otherSite.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await BookedByAsync("mix@example.test")).Should().BeEmpty();
    }

    [Fact]
    public async Task A_bot_that_fills_every_field_books_nothing()
    {
        var answer = await _visitor.BookAsync(
            "intro-call",
            await _visitor.FirstTimeAsync("intro-call", 2),
            "bot@example.test",
            fields => fields["website"] = "https://spam.example");

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await BookedByAsync("bot@example.test")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("/book/northwind/no-such-calendar", HttpStatusCode.NotFound)]
    [InlineData("/book/no-such-business/intro-call", HttpStatusCode.NotFound)]
    [InlineData("/book/no-such-calendar", HttpStatusCode.NotFound)]
    [InlineData("/book/northwind/intro-call?month=9999-99&day=0000-00-00&at=never&zone=Mars/Base&host=me", HttpStatusCode.OK)]
    [InlineData("/book/northwind/intro-call?month=0001-01", HttpStatusCode.OK)]
    [InlineData("/book/northwind/intro-call?day=9999-12-31&at=9999-12-31T23:59:59Z", HttpStatusCode.OK)]
    [InlineData("/book/northwind/intro-call?at=2020-01-01T00:00:00Z", HttpStatusCode.OK)]
    [InlineData("/book/northwind/intro-call/confirmed/nonsense", HttpStatusCode.NotFound)]
    [InlineData("/book/cancel/nonsense", HttpStatusCode.NotFound)]
    [InlineData("/book/change/CfDJ8nonsense", HttpStatusCode.NotFound)]
    public async Task Malformed_addresses_cause_no_server_error(string url, HttpStatusCode expected)
    {
        var answer = await _visitor.Client.GetAsync(url);

        answer.StatusCode.Should().Be(expected);
    }

    [Fact]
    public async Task Malformed_forms_are_refused_without_a_server_error()
    {
        var time = await _visitor.FirstTimeAsync("intro-call", 3);

        var headers = await _visitor.BookAsync("intro-call", time, "x@example.test\r\nBcc: all@example.test");
        var longName = await _visitor.BookAsync("intro-call", time, "x@example.test", fields => fields["name"] = new string('x', 5_000));
        var nothing = await _visitor.PostAsync("/book/northwind/intro-call", []);
        var zero = await _visitor.BookAsync("intro-call", time, "x@example.test", fields => fields["name"] = "\0");
        var large = await _visitor.Client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/book/northwind/intro-call")
        {
            Content = new FormUrlEncodedContent([new("notes", new string('x', 10_000_000))]),
            Headers = { ExpectContinue = true },
        });
        var binary = await _visitor.Client.PostAsync("/book/northwind/intro-call", new ByteArrayContent([1, 2, 3]));

        headers.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        longName.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        zero.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        nothing.StatusCode.Should().Be(HttpStatusCode.OK);
        large.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        binary.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
        (await BookedByAsync("x@example.test")).Should().BeEmpty();
    }

    [Fact]
    public async Task An_address_can_have_ten_open_bookings()
    {
        var answers = new List<HttpStatusCode>();
        for (var index = 0; index < 11; index++)
        {
            answers.Add((await _visitor.BookAsync(
                "southside/southside-intro",
                await _visitor.FirstTimeAsync("southside/southside-intro"),
                "many@example.test")).StatusCode);
        }

        answers[..10].Should().OnlyContain(status => status == HttpStatusCode.SeeOther);
        answers[10].Should().Be(HttpStatusCode.Conflict);
    }

    public void Dispose() => _visitor.Dispose();

    private async Task<List<Appointment>> BookedByAsync(string email)
    {
        await using var db = await app.OpenDatabaseAsync();
        return await db.Appointments.AsNoTracking().Where(appointment => appointment.Booker.Email == email).ToListAsync();
    }

    private async Task<string> FramingAsync(string path)
    {
        var answer = await _visitor.Client.GetAsync(path);
        return answer.Headers.GetValues("Content-Security-Policy").Single();
    }

    private async Task ChangeCalendarAsync(string slug, Action<ZoomCalendar.Core.Calendars.Calendar> change)
    {
        await using var db = await app.OpenDatabaseAsync();
        change(await db.Calendars.SingleAsync(calendar => calendar.Slug == slug));
        await db.SaveChangesAsync();
    }
}
