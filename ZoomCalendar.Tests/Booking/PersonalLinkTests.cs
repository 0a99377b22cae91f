using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Booking;

namespace ZoomCalendar.Tests.Booking;

public sealed class PersonalLinkTests(AppHost app) : IClassFixture<AppHost>, IDisposable
{
    private readonly PublicVisitor _visitor = new(app);

    [Fact]
    public async Task Opening_the_cancel_page_changes_nothing_and_its_button_cancels()
    {
        var appointment = await BookedAsync("cancels@example.test");
        var url = BookingUrls.Cancel(LinkTo(LinkPurpose.Cancel, appointment));

        var page = await _visitor.Client.GetStringAsync(url);
        var afterLooking = (await AgainAsync(appointment)).Status;
        var answer = await _visitor.PostAsync(url, new() { ["sure"] = "yes" });

        page.Should().Contain("Cancel this appointment");
        afterLooking.Should().Be(AppointmentStatus.Confirmed);
        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        (await AgainAsync(appointment)).Status.Should().Be(AppointmentStatus.Cancelled);
        (await _visitor.Client.GetStringAsync(url)).Should().Contain("The appointment is cancelled")
            .And.NotContain("Cancel this appointment");
    }

    [Fact]
    public async Task S78_With_a_wrong_signature_there_is_no_cancel_button()
    {
        var appointment = await BookedAsync("s78@example.test");
        var token = LinkTo(LinkPurpose.Cancel, appointment);
        var spoiled = token[..^4] + (token.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA");

        var page = await _visitor.Client.GetAsync(BookingUrls.Cancel(spoiled));
        var post = await _visitor.PostAsync(BookingUrls.Cancel(spoiled), new() { ["sure"] = "yes" });
        var otherPurpose = await _visitor.Client.GetAsync(BookingUrls.Cancel(LinkTo(LinkPurpose.Change, appointment)));

        page.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await page.TextAsync()).Should().NotContain("<button type=\"submit\"");
        post.StatusCode.Should().Be(HttpStatusCode.NotFound);
        otherPurpose.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await AgainAsync(appointment)).Status.Should().Be(AppointmentStatus.Confirmed);
    }

    [Fact]
    public async Task S96_The_reschedule_page_shows_the_former_time_and_moves()
    {
        var appointment = await BookedAsync("s96@example.test");
        var url = BookingUrls.Change(LinkTo(LinkPurpose.Change, appointment));

        var page = WebUtility.HtmlDecode(await _visitor.Client.GetStringAsync(url));
        // Half an hour later may be after hours, depending on when the test runs.
        var start = Regex.Matches(page, "class=\"time\" href=\"[^\"]*at=(?<at>[^&\"]+)")
            .Select(time => Uri.UnescapeDataString(time.Groups["at"].Value)).First(time => Instant(time) != appointment.Start);
        var answer = await _visitor.PostAsync(url, new() { ["at"] = start });

        page.Should().Contain(VisitorTime.When(appointment.Start, appointment.End, appointment.Booker.TimeZone));
        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        (await AgainAsync(appointment)).Start.Should().Be(Instant(start));
    }

    [Fact]
    public async Task S76_A_time_outside_availability_is_refused()
    {
        var appointment = await BookedAsync("s76@example.test");
        var url = BookingUrls.Change(LinkTo(LinkPurpose.Change, appointment));
        var night = new DateTimeOffset(appointment.Start.UtcDateTime.Date.AddDays(1).AddHours(9), TimeSpan.Zero);

        var answer = await _visitor.PostAsync(
            url,
            new() { ["at"] = night.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) });

        answer.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await AgainAsync(appointment)).Start.Should().Be(appointment.Start);
    }

    [Fact]
    public async Task S99_A_past_appointment_cannot_be_rescheduled()
    {
        var past = await PastAsync();

        var confirmed = await _visitor.Client.GetStringAsync(
            BookingUrls.Confirmed(await AddressOfAsync(past), LinkTo(LinkPurpose.Confirmed, past)));
        var page = await _visitor.Client.GetStringAsync(BookingUrls.Change(LinkTo(LinkPurpose.Change, past)));
        var answer = await _visitor.PostAsync(
            BookingUrls.Change(LinkTo(LinkPurpose.Change, past)), new() { ["at"] = "2199-01-01T10:00:00Z" });

        confirmed.Should().NotContain("Reschedule");
        page.Should().Contain("can no longer be moved").And.NotContain("class=\"time\"");
        answer.StatusCode.Should().Be(HttpStatusCode.Conflict);
    }

    public void Dispose() => _visitor.Dispose();

    private string LinkTo(LinkPurpose purpose, Appointment appointment) =>
        app.Services.GetRequiredService<AppointmentLinks>().Make(purpose, appointment.Id, appointment.End, appointment.Booker.Email);

    private static DateTimeOffset Instant(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    private async Task<Appointment> BookedAsync(string email)
    {
        var answer = await _visitor.BookAsync("intro-call", await _visitor.FirstTimeAsync("intro-call"), email);
        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        await using var db = await app.OpenDatabaseAsync();
        return await db.Appointments.AsNoTracking().SingleAsync(appointment => appointment.Booker.Email == email);
    }

    private async Task<Appointment> AgainAsync(Appointment appointment)
    {
        await using var db = await app.OpenDatabaseAsync();
        return await db.Appointments.AsNoTracking().SingleAsync(row => row.Id == appointment.Id);
    }

    private async Task<BookingAddress> AddressOfAsync(Appointment appointment) =>
        (await app.Services.GetRequiredService<PublicCalendars>().ByIdAsync(appointment.CalendarId, CancellationToken.None))!.Address;

    private async Task<Appointment> PastAsync()
    {
        var appointment = await BookedAsync("past@example.test");
        await using var db = await app.OpenDatabaseAsync();
        var row = await db.Appointments.SingleAsync(each => each.Id == appointment.Id);
        var start = row.Start.AddDays(-5);
        row.MoveTo(row.HostId, start, start.AddMinutes(30));
        await db.SaveChangesAsync();
        return row;
    }
}
