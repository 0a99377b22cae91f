using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Booking;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Booking;

public sealed class ChosenZoneTests(AppHost app) : IClassFixture<AppHost>, IDisposable
{
    private readonly PublicVisitor _visitor = new(app);

    [Fact]
    public async Task The_zone_chosen_while_rescheduling_is_used_from_then_on()
    {
        await _visitor.BookAsync(
            "intro-call", await _visitor.FirstTimeAsync("intro-call"), "zone@example.test", fields => fields["zone"] = "Europe/Berlin");
        var before = await FindAsync();
        var links = app.Services.GetRequiredService<AppointmentLinks>();
        var url = BookingUrls.Change(links.Make(LinkPurpose.Change, before.Id, before.End, before.Booker.Email));
        var start = before.Start.AddMinutes(30);

        var answer = await _visitor.PostAsync(url, new() { ["at"] = Text(start), ["zone"] = "Asia/Tokyo" });

        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        (await FindAsync()).Booker.TimeZone.Should().Be("Asia/Tokyo");
        (await _visitor.Client.GetStringAsync(answer.Headers.Location)).Should()
            .Contain(VisitorTime.When(start, start.AddMinutes(30), "Asia/Tokyo").Replace("–", "&#x2013;", StringComparison.Ordinal));
        (await _visitor.Client.GetStringAsync(
            BookingUrls.Cancel(links.Make(LinkPurpose.Cancel, before.Id, before.End, before.Booker.Email)))).Should().Contain("Asia/Tokyo");
        (await _visitor.Client.GetStringAsync(url)).Should().Contain("Asia/Tokyo");
        var mailbox = app.Services.GetRequiredService<Mailbox>();
        await Eventually.HoldsAsync(
            () => mailbox.Messages.Any(stored => stored.Message.To == "zone@example.test"
                && stored.Message.Body.Contains($"{VisitorTime.At(start, "Asia/Tokyo")}", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(60),
            "the message about the change tells the time in the new zone");
    }

    [Fact]
    public async Task A_zone_that_does_not_exist_changes_nothing()
    {
        await _visitor.BookAsync(
            "classic-sessions",
            await _visitor.FirstTimeAsync("classic-sessions"),
            "zone@example.test",
            fields => fields["zone"] = "Europe/Berlin");
        var before = await FindAsync("classic-sessions");
        var url = BookingUrls.Change(
            app.Services.GetRequiredService<AppointmentLinks>().Make(LinkPurpose.Change, before.Id, before.End, before.Booker.Email));

        var answer = await _visitor.PostAsync(url, new() { ["at"] = Text(before.Start.AddMinutes(30)), ["zone"] = "Mars/Olympus" });

        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        (await FindAsync("classic-sessions")).Booker.TimeZone.Should().Be("Europe/Berlin");
    }

    public void Dispose() => _visitor.Dispose();

    private static string Text(DateTimeOffset start) => InstantText.Text(NodaTime.Instant.FromDateTimeOffset(start));

    private async Task<Appointment> FindAsync(string slug = "intro-call")
    {
        await using var db = await app.OpenDatabaseAsync();
        return await db.Appointments.AsNoTracking().SingleAsync(row => row.Booker.Email == "zone@example.test"
            && db.Set<Calendar>().Any(calendar => calendar.Id == row.CalendarId && calendar.Slug == slug));
    }
}
