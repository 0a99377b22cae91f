using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Booking;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Booking;

/// <summary>The waiting list for visitors without scripts.</summary>
public sealed partial class WaitingPageTests(AppHost app) : IClassFixture<AppHost>, IDisposable
{
    private const string Class = "yoga-class";

    private readonly PublicVisitor _visitor = new(app);

    [Fact]
    public async Task A_full_time_leads_to_the_waiting_list_and_a_freed_seat_is_taken_by_the_link_in_the_message()
    {
        var (time, full) = await FullAsync();
        var page = await _visitor.Client.GetStringAsync($"/book/northwind/{Class}?day={Uri.EscapeDataString(DayOf(time))}&zone=America/Chicago");
        var form = await _visitor.Client.GetStringAsync(time);
        var joined = await JoinAsync(time, "first-in-line@example.test");
        await CancelAsync(full[0]);
        var link = WaitingListLink().Match((await MessageAsync("first-in-line@example.test", "A seat is free")).Body).Value;

        var place = await _visitor.Client.GetStringAsync(link);
        var afterLooking = await BookedByAsync("first-in-line@example.test");
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _visitor.PostAsync(link, new() { ["sure"] = "yes" })));
        var late = await _visitor.Client.GetAsync(link);

        page.Should().Contain("class=\"time full\"").And.Contain("Join the waiting list");
        form.Should().Contain("This time is full").And.Contain($"action=\"/book/northwind/{Class}/wait\"");
        joined.Headers.Location!.ToString().Should().Be($"/book/northwind/{Class}/waiting");
        (await _visitor.Client.GetStringAsync(joined.Headers.Location)).Should().Contain("You are on the waiting list");
        place.Should().Contain("A seat is kept for you until").And.Contain("Take the seat");
        afterLooking.Should().Be(0);
        answers.Should().OnlyContain(answer => answer.StatusCode == HttpStatusCode.SeeOther
            && answer.Headers.Location!.ToString().Contains("/confirmed/"));
        late.StatusCode.Should().Be(HttpStatusCode.SeeOther, "the link now leads to the confirmation");
        (await BookedByAsync("first-in-line@example.test")).Should().Be(1);
    }

    [Fact]
    public async Task Leaving_the_waiting_list_is_confirmed_and_no_seat_follows()
    {
        var (time, _) = await FullAsync();
        await JoinAsync(time, "leaves@example.test");
        var link = WaitingListLink().Match((await MessageAsync("leaves@example.test", "On the waiting list")).Body).Value;

        var before = await _visitor.Client.GetStringAsync(link);
        var early = await _visitor.PostAsync(link, new() { ["sure"] = "yes" });
        var left = await _visitor.PostAsync($"{link}/leave", new() { ["sure"] = "yes" });

        before.Should().Contain("You are the first in line").And.NotContain("Take the seat");
        early.StatusCode.Should().Be(HttpStatusCode.Conflict, "there is no offer yet");
        (await _visitor.Client.GetStringAsync(left.Headers.Location)).Should().Contain("No longer on the waiting list");
        (await BookedByAsync("leaves@example.test")).Should().Be(0);
    }

    [Fact]
    public async Task Malformed_waiting_list_forms_are_refused_without_a_server_error()
    {
        var (time, _) = await FullAsync();

        var again = await JoinAsync(time, "full0@example.test");
        var program = await JoinAsync(time, "bot@example.test", fields => fields["website"] = "https://spam.example");
        var foreign = await JoinAsync(time, "x@example.test", fields => fields["token"] = "nonsense");
        var header = await JoinAsync(time, "x@example.test\r\nBcc: all@example.test");
        var site = await _visitor.PostAsync($"/book/northwind/{Class}/wait", [], origin: "https://evil.example");
        var closed = await JoinAsync(time, "x@example.test", fields => fields["at"] = "2199-01-01T10:00:00Z");
        var slug = await _visitor.PostAsync("/book/northwind/no-such/wait", []);
        var signature = await _visitor.Client.GetAsync("/book/waiting/nonsense");

        again.Headers.Location!.ToString().Should().Be($"/book/northwind/{Class}/waiting", "nobody learns who has a seat");
        program.Headers.Location!.ToString().Should().Be($"/book/northwind/{Class}/waiting");
        new[] { foreign, header, site, closed, slug, signature }.Select(answer => (int)answer.StatusCode).Should()
            .Equal(400, 422, 400, 409, 404, 404);
        await using var db = await app.OpenDatabaseAsync();
        (await db.WaitingEntries.CountAsync(
            entry => entry.NormalizedEmail != "first-in-line@example.test" && entry.NormalizedEmail != "leaves@example.test"))
            .Should().Be(0);
    }

    public void Dispose() => _visitor.Dispose();

    /// <summary>The day in the calendar's zone, which can be another one than in UTC.</summary>
    private static string DayOf(string time) => TimeZoneInfo
        .ConvertTime(StartOf(time), TimeZoneInfo.FindSystemTimeZoneById("America/Chicago"))
        .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset StartOf(string time) => DateTimeOffset.Parse(
        Regex.Match(Uri.UnescapeDataString(time), "at=(?<at>[^&]+)").Groups["at"].Value,
        System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The first free class is booked out by staff; its address, and who is in it.</summary>
    private async Task<(string Time, List<AppointmentId> Seats)> FullAsync()
    {
        var time = await _visitor.FirstTimeAsync(Class);
        var start = StartOf(time);
        var calendar = await CalendarAsync();
        var book = app.Services.GetRequiredService<AppointmentBook>();
        var seats = new List<AppointmentId>();
        while (true)
        {
            var request = new BookRequest
            {
                CalendarId = calendar.Id,
                Start = start,
                Source = BookingSource.Api,
                Booker = new Booker { Name = $"Full {seats.Count}", Email = $"full{seats.Count}@example.test" },
            };
            var outcome = await book.BookAsync(request, calendar.Booker, TimeProvider.System.GetUtcNow(), CancellationToken.None);
            if (outcome.AppointmentId is not { } id)
            {
                return (time, seats);
            }

            seats.Add(id);
        }
    }

    private async Task<HttpResponseMessage> JoinAsync(string time, string email, Action<Dictionary<string, string>>? change = null)
    {
        var fields = await _visitor.FormAsync(time);
        (fields["name"], fields["email"]) = ("Jo Field", email);
        change?.Invoke(fields);
        return await _visitor.PostAsync($"/book/northwind/{Class}/wait", fields);
    }

    private async Task<PublicCalendar> CalendarAsync() =>
        (await app.Services.GetRequiredService<PublicCalendars>().ByAddressAsync(new("northwind", Class), CancellationToken.None))!;

    private async Task CancelAsync(AppointmentId id)
    {
        var calendar = await CalendarAsync();
        await app.Services.GetRequiredService<AppointmentBook>()
            .CancelAsync(id, null, calendar.Booker, TimeProvider.System.GetUtcNow(), CancellationToken.None);
    }

    private async Task<int> BookedByAsync(string email)
    {
        await using var db = await app.OpenDatabaseAsync();
        return await db.Appointments.CountAsync(appointment => appointment.Booker.Email == email);
    }

    private Task<OutgoingMessage> MessageAsync(string to, string subject) =>
        app.Services.GetRequiredService<Mailbox>().ExpectAsync(to, subject);

    [GeneratedRegex(@"/book/waiting/\S+")]
    private static partial Regex WaitingListLink();
}
