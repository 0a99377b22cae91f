using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Booking;

/// <summary>Trying addresses of other people reveals nothing and is limited.</summary>
public sealed partial class NeutralAnswerTests(AppHost app) : IClassFixture<AppHost>, IDisposable
{
    private readonly PublicVisitor _visitor = new(app);

    [Fact]
    public async Task A_second_booking_with_the_same_e_mail_books_nothing_and_gets_the_same_answer()
    {
        var time = await _visitor.FirstTimeAsync("yoga-class", skip: 1);
        await _visitor.BookAsync(
            "yoga-class", time, "again@example.test", fields => (fields["name"], fields["zone"]) = ("Real Name", "Asia/Tokyo"));

        var known = await LookAsync(await _visitor.BookAsync("yoga-class", time, "Again@example.test"));
        var unknown = await LookAsync(await _visitor.BookAsync("yoga-class", time, "Other@example.test"));

        known.Should().Equal(unknown.Select(text => text.Replace("Other@", "Again@", StringComparison.Ordinal)));
        known[0].Should().Contain("You are booked").And.NotContain("/book/cancel/").And.NotContain("Tokyo");
        known[1].Should().Contain("METHOD:PUBLISH").And.NotContain("Real Name");
        (await BookedByAsync("again@example.test")).Should().HaveCount(1);
    }

    [Fact]
    public async Task A_full_time_reveals_no_booker_and_the_owner_of_a_seat_gets_the_message_again()
    {
        var time = await _visitor.FirstTimeAsync("classic-sessions", skip: 2);
        var (again, stranger) = (await _visitor.FormAsync(time), await _visitor.FormAsync(time));
        await _visitor.BookAsync("classic-sessions", time, "owner@example.test");
        (again["name"], again["email"]) = ("Jo Field", "owner@example.test");
        (stranger["name"], stranger["email"]) = ("Jo Field", "owned@example.test");

        var known = await _visitor.PostAsync("/book/northwind/classic-sessions", again);
        var unknown = await _visitor.PostAsync("/book/northwind/classic-sessions", stranger);

        (known.StatusCode, unknown.StatusCode).Should().Be((HttpStatusCode.Conflict, HttpStatusCode.Conflict));
        WithoutTokens(await known.Content.ReadAsStringAsync()).Should()
            .Be(WithoutTokens(await unknown.Content.ReadAsStringAsync()).Replace("owned@", "owner@", StringComparison.Ordinal));
        await using var db = await app.OpenDatabaseAsync();
        var appointment = (await BookedByAsync("owner@example.test")).Single().Id;
        (await db.Events.Where(row => row.AppointmentId == appointment).Select(row => row.Kind).ToListAsync()).Should()
            .Contain(EventKind.AppointmentAskedAgain);
    }

    [Fact]
    public async Task Too_many_requests_are_asked_to_wait()
    {
        await using var strict = await AppHost.StartAsync(
            builder => builder.UseSetting("Booking:SubmissionsPerTenMinutes", "3").UseSetting("Booking:ViewsPerMinute", "20"));
        using var visitor = new PublicVisitor(strict);
        var fields = await visitor.FormAsync(await visitor.FirstTimeAsync("intro-call"));

        var posts = new List<HttpStatusCode>();
        for (var index = 0; index < 5; index++)
        {
            posts.Add((await visitor.PostAsync("/book/northwind/intro-call", fields)).StatusCode);
        }

        var views = await Task.WhenAll(
            Enumerable.Range(0, 25).Select(async _ => (await visitor.Client.GetAsync("/book/northwind/intro-call")).StatusCode));

        posts.Should().Equal(
            HttpStatusCode.UnprocessableEntity,
            HttpStatusCode.UnprocessableEntity,
            HttpStatusCode.UnprocessableEntity,
            HttpStatusCode.TooManyRequests,
            HttpStatusCode.TooManyRequests);
        views.Should().Contain(HttpStatusCode.OK).And.Contain(HttpStatusCode.TooManyRequests);
    }

    public void Dispose() => _visitor.Dispose();

    /// <summary>The page after a booking and its invitation, without random parts.</summary>
    private async Task<List<string>> LookAsync(HttpResponseMessage booked)
    {
        booked.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        var url = booked.Headers.Location!.ToString();
        var page = await (await _visitor.Client.GetAsync(url)).Content.ReadAsStringAsync();
        var invitation = (await _visitor.Client.GetStringAsync($"{url}/invitation.ics")).Replace("\r\n ", "", StringComparison.Ordinal);
        return [page.Replace(url[(url.LastIndexOf('/') + 1)..], "TOKEN", StringComparison.Ordinal), Random().Replace(invitation, "")];
    }

    private static string WithoutTokens(string page) => Token().Replace(page, "");

    [GeneratedRegex("name=\"token\" value=\"[^\"]*\"")]
    private static partial Regex Token();

    [GeneratedRegex("UID:[^\r\n]*|DTSTAMP:[^\r\n]*")]
    private static partial Regex Random();

    private async Task<List<Appointment>> BookedByAsync(string email)
    {
        await using var db = await app.OpenDatabaseAsync();
        return await db.Appointments.AsNoTracking().Where(appointment => appointment.Booker.Email == email).ToListAsync();
    }
}
