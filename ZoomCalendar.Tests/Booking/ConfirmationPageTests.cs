using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Booking;

namespace ZoomCalendar.Tests.Booking;

/// <summary>What was booked, with whom, in which zones, and what can be done about it.</summary>
public sealed class ConfirmationPageTests(AppHost app) : IClassFixture<AppHost>, IDisposable
{
    private readonly PublicVisitor _visitor = new(app);

    [Fact]
    public async Task Confirmation_says_with_whom_it_is_and_the_time_in_both_zones_with_their_offsets()
    {
        var (appointment, page) = await BookedAsync("both@example.test", fields => fields["zone"] = "Asia/Kathmandu");

        var text = await TextAsync(page);

        text.Should().Contain("<h1>You are booked</h1>").And.Contain("<dd>Ben Okafor</dd>")
            .And.Contain(VisitorTime.When(appointment.Start, appointment.End, "Asia/Kathmandu")).And.Contain("Asia/Kathmandu (UTC+05:45)")
            .And.Contain($"{VisitorTime.When(appointment.Start, appointment.End, "America/Chicago")} in America/Chicago (UTC-0");
    }

    [Fact]
    public async Task After_a_move_both_pages_say_rescheduled_and_the_time_before()
    {
        var (before, page) = await BookedAsync("moved@example.test");
        var answer = await MoveAsync(before);
        var after = await AgainAsync(before);

        var (own, afterForm) = (await TextAsync(answer.Headers.Location!.ToString()), await TextAsync(page));

        after.Start.Should().NotBe(before.Start);
        foreach (var text in (string[])[own, afterForm])
        {
            text.Should().Contain("<h1>Rescheduled</h1>").And.NotContain("You are booked")
                .And.Contain(VisitorTime.When(after.Start, after.End, after.Booker.TimeZone))
                .And.Contain($"<s class=\"muted\">{VisitorTime.At(before.Start, before.Booker.TimeZone)}</s>");
        }
    }

    [Fact]
    public async Task Who_types_the_address_of_a_moved_seat_does_not_learn_that_it_was_moved()
    {
        var (appointment, _) = await BookedAsync("owner@example.test", slug: "yoga-class");
        await MoveAsync(appointment);
        var start = InstantText.Text(NodaTime.Instant.FromDateTimeOffset((await AgainAsync(appointment)).Start));

        var answer = await _visitor.BookAsync(
            "yoga-class", $"/book/northwind/yoga-class?at={Uri.EscapeDataString(start)}", "owner@example.test");

        (await TextAsync(answer.Headers.Location!.ToString())).Should().Contain("You are booked").And.NotContain("Rescheduled");
        await using var db = await app.OpenDatabaseAsync();
        (await db.Appointments.CountAsync(row => row.Booker.Email == "owner@example.test")).Should().Be(1);
    }

    [Fact]
    public async Task After_a_cancellation_another_time_is_offered_unless_the_calendar_takes_no_bookings()
    {
        var (appointment, page) = await BookedAsync("ends@example.test", slug: "southside/southside-intro");
        await app.Services.GetRequiredService<AppointmentBook>().CancelAsync(
            appointment.Id, null, Actor.ForBooker(appointment.SubAccountId), Now, CancellationToken.None);

        var open = await TextAsync(page);
        await ArchiveAsync("southside-intro", archive: true);
        var closed = await TextAsync(page);
        var cancelPage = await TextAsync(BookingUrls.Cancel(LinkTo(LinkPurpose.Cancel, appointment)));
        await ArchiveAsync("southside-intro", archive: false);

        open.Should().Contain("<h1>Cancelled</h1>").And.Contain("Book another time").And.NotContain("Add to calendar");
        closed.Should().Contain("<h1>Cancelled</h1>").And.NotContain("Book another time");
        cancelPage.Should().NotContain("Book another time");
    }

    [Fact]
    public async Task When_the_calendar_takes_no_bookings_the_page_says_why_it_cannot_be_moved()
    {
        var (appointment, _) = await BookedAsync("archived@example.test", slug: "southside/southside-intro");
        var before = await OwnPageAsync(appointment);
        await ArchiveAsync("southside-intro", archive: true);

        var after = await OwnPageAsync(appointment);

        await ArchiveAsync("southside-intro", archive: false);
        before.Should().Contain(">Reschedule</a>").And.Contain(">Cancel appointment</a>").And.NotContain("no longer takes bookings");
        after.Should().NotContain(">Reschedule</a>").And.Contain(">Cancel appointment</a>").And.Contain("no longer takes bookings");
    }

    [Fact]
    public async Task The_invitation_keeps_its_uid_and_its_sequence_rises_over_a_move_and_a_cancellation()
    {
        var (appointment, page) = await BookedAsync("sequence@example.test", slug: "classic-sessions");
        var files = new List<string> { await FileAsync(page) };
        await MoveAsync(appointment);
        files.Add(await FileAsync(page));
        await _visitor.PostAsync(
            BookingUrls.Cancel(LinkTo(LinkPurpose.Cancel, await AgainAsync(appointment))), new() { ["sure"] = "yes" });
        files.Add(await FileAsync(page));

        files.Select(file => Line(file, "METHOD")).Should().Equal("PUBLISH", "PUBLISH", "CANCEL");
        files.Select(file => Line(file, "UID")).Distinct().Should().ContainSingle();
        files.Select(file => int.Parse(Line(file, "SEQUENCE"), CultureInfo.InvariantCulture)).Should().BeInAscendingOrder()
            .And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task When_it_is_over_the_page_says_so_and_offers_another_time()
    {
        var (appointment, page) = await BookedAsync("over@example.test");
        await using (var db = await app.OpenDatabaseAsync())
        {
            var row = await db.Appointments.SingleAsync(each => each.Id == appointment.Id);
            var start = row.Start.AddDays(-5);
            row.MoveTo(row.HostId, start, start.AddMinutes(30));
            await db.SaveChangesAsync();
        }

        (await TextAsync(page)).Should().Contain("<h1>This appointment is over</h1>").And.Contain("Book another time")
            .And.NotContain("You are booked").And.NotContain("Add to calendar");
    }

    public void Dispose() => _visitor.Dispose();

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private string LinkTo(LinkPurpose purpose, Appointment appointment) =>
        app.Services.GetRequiredService<AppointmentLinks>().Make(purpose, appointment.Id, appointment.End, appointment.Booker.Email);

    private async Task<string> TextAsync(string path) => WebUtility.HtmlDecode(await _visitor.Client.GetStringAsync(path));

    private Task<string> FileAsync(string page) => _visitor.Client.GetStringAsync($"{page}/invitation.ics");

    private static string Line(string file, string property) =>
        Regex.Match(file, $"^{property}:(?<value>[^\\r\\n]+)", RegexOptions.Multiline).Groups["value"].Value;

    private async Task<string> OwnPageAsync(Appointment appointment)
    {
        var calendar = await app.Services.GetRequiredService<PublicCalendars>().ByIdAsync(appointment.CalendarId, CancellationToken.None);
        return await TextAsync(BookingUrls.Confirmed(calendar!.Address, LinkTo(LinkPurpose.Confirmed, appointment)));
    }

    private async Task<(Appointment Appointment, string Page)> BookedAsync(
        string email, Action<Dictionary<string, string>>? change = null, string slug = "intro-call")
    {
        var answer = await _visitor.BookAsync(slug, await _visitor.FirstTimeAsync(slug), email, change);
        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        await using var db = await app.OpenDatabaseAsync();
        return (await db.Appointments.AsNoTracking().SingleAsync(row => row.Booker.Email == email), answer.Headers.Location!.ToString());
    }

    /// <summary>To another time that the page offers.</summary>
    private async Task<HttpResponseMessage> MoveAsync(Appointment appointment)
    {
        var url = BookingUrls.Change(LinkTo(LinkPurpose.Change, appointment));
        var start = Regex.Matches(await TextAsync(url), "class=\"time\" href=\"[^\"]*at=(?<at>[^&\"]+)")
            .Select(time => Uri.UnescapeDataString(time.Groups["at"].Value))
            .First(time => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) != appointment.Start);
        var answer = await _visitor.PostAsync(url, new() { ["at"] = start });
        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        return answer;
    }

    private async Task<Appointment> AgainAsync(Appointment appointment)
    {
        await using var db = await app.OpenDatabaseAsync();
        return await db.Appointments.AsNoTracking().SingleAsync(row => row.Id == appointment.Id);
    }

    private async Task ArchiveAsync(string slug, bool archive)
    {
        await using var db = await app.OpenDatabaseAsync();
        var calendar = await db.Calendars.SingleAsync(row => row.Slug == slug);
        if (archive)
        {
            calendar.Archive();
        }
        else
        {
            calendar.Restore();
        }

        await db.SaveChangesAsync();
    }
}
