using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Booking;

/// <summary>After Book, Back, a change and Book the same form arrives twice with different content.</summary>
public sealed class CorrectedFormTests(AppHost app) : IClassFixture<AppHost>, IDisposable
{
    private readonly PublicVisitor _visitor = new(app);

    [Fact]
    public async Task A_corrected_e_mail_gets_the_booking_and_both_addresses_are_told()
    {
        var fields = await FilledAsync("intro-call", "Tina Berg", "tina@exmaple.test");
        var first = await PostAsync("intro-call", fields);

        var corrected = await PostAsync("intro-call", With(fields, "email", "tina@example.test"));
        var again = await PostAsync("intro-call", With(fields, "email", "tina@example.test"));

        new[] { first, corrected, again }.Should().OnlyContain(answer => answer.StatusCode == HttpStatusCode.SeeOther);
        (await TextOfAsync(corrected)).Should().Contain("You are booked").And.Contain("tina@example.test").And.NotContain("exmaple");
        (await TextOfAsync(first)).Should().Contain("Cancelled");
        (await BookedAsync("tina@example.test")).Should().ContainSingle().Which.Status.Should().Be(AppointmentStatus.Confirmed);
        (await BookedAsync("tina@exmaple.test")).Should().ContainSingle().Which.Status.Should().Be(AppointmentStatus.Cancelled);
        await ToldAsync("tina@example.test", "Booked");
        await ToldAsync("tina@exmaple.test", "Cancelled");
    }

    [Fact]
    public async Task An_address_corrected_twice_leaves_one_booking()
    {
        var fields = await FilledAsync("classic-sessions", "Uma", "uma@one.test");

        foreach (var email in (string[])["uma@one.test", "uma@two.test", "uma@three.test"])
        {
            (await PostAsync("classic-sessions", With(fields, "email", email))).StatusCode.Should().Be(HttpStatusCode.SeeOther);
        }

        (await BookedAsync("uma@one.test", "uma@two.test", "uma@three.test")).Where(row => row.IsActive).Select(row => row.Booker.Email)
            .Should().Equal("uma@three.test");
    }

    [Fact]
    public async Task The_same_form_with_the_same_content_is_one_booking()
    {
        var fields = await FilledAsync("intro-call", "Same", "same@example.test");

        await PostAsync("intro-call", fields);
        var again = await PostAsync("intro-call", With(fields, "name", " Same "));

        again.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        (await BookedAsync("same@example.test")).Should().ContainSingle().Which.Status.Should().Be(AppointmentStatus.Confirmed);
    }

    [Fact]
    public async Task A_corrected_name_and_phone_are_kept_in_the_same_booking()
    {
        var fields = await FilledAsync("intro-call", "Vra", "vera@example.test");
        await PostAsync("intro-call", fields);

        (fields["name"], fields["phone"], fields["notes"], fields["zone"]) = ("Vera", "+49 30 1", "Ring twice", "Asia/Tokyo");
        var corrected = await PostAsync("intro-call", fields);
        var again = await PostAsync("intro-call", fields);

        new[] { corrected, again }.Should().OnlyContain(answer => answer.StatusCode == HttpStatusCode.SeeOther);
        var booked = (await BookedAsync("vera@example.test")).Should().ContainSingle().Subject;
        (booked.Title, booked.Booker.Name, booked.Booker.Phone, booked.Booker.TimeZone, booked.Notes).Should()
            .Be(("Vera", "Vera", "+49 30 1", "Asia/Tokyo", "Ring twice"));
        booked.Version.Should().Be(1, "the correction sent again changes nothing");
    }

    [Fact]
    public async Task With_seats_left_another_address_is_a_second_booking()
    {
        var fields = await FilledAsync("yoga-class", "Will", "will@example.test");
        await PostAsync("yoga-class", fields);

        (fields["name"], fields["email"]) = ("Xena", "xena@example.test");
        var second = await PostAsync("yoga-class", fields);
        var again = await PostAsync("yoga-class", fields);

        new[] { second, again }.Should().OnlyContain(answer => answer.StatusCode == HttpStatusCode.SeeOther);
        (await BookedAsync("will@example.test", "xena@example.test")).Select(row => row.Status).Should()
            .Equal(AppointmentStatus.Confirmed, AppointmentStatus.Confirmed);
        await ToldAsync("xena@example.test", "Booked");
    }

    [Fact]
    public async Task Another_time_under_the_same_form_is_a_second_booking()
    {
        var fields = await FilledAsync("intro-call", "Yara", "yara@example.test");
        await PostAsync("intro-call", fields);

        var other = await _visitor.FormAsync(await _visitor.FirstTimeAsync("intro-call", skip: 3));
        var second = await PostAsync("intro-call", With(fields, "at", other["at"]));

        second.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        (await BookedAsync("yara@example.test")).Where(row => row.IsActive).Select(row => row.Start).Distinct().Should().HaveCount(2);
    }

    public void Dispose() => _visitor.Dispose();

    private static Dictionary<string, string> With(Dictionary<string, string> fields, string name, string value) =>
        new(fields) { [name] = value };

    private async Task<Dictionary<string, string>> FilledAsync(string slug, string name, string email)
    {
        var fields = await _visitor.FormAsync(await _visitor.FirstTimeAsync(slug));
        (fields["name"], fields["email"]) = (name, email);
        return fields;
    }

    private Task<HttpResponseMessage> PostAsync(string slug, Dictionary<string, string> fields) =>
        _visitor.PostAsync(PublicVisitor.PageOf(slug), fields);

    private async Task<string> TextOfAsync(HttpResponseMessage booked) =>
        WebUtility.HtmlDecode(await _visitor.Client.GetStringAsync(booked.Headers.Location));

    private async Task<List<Appointment>> BookedAsync(params string[] emails)
    {
        await using var db = await app.OpenDatabaseAsync();
        return await db.Appointments.AsNoTracking().Where(row => emails.Contains(row.Booker.Email)).OrderBy(row => row.Id).ToListAsync();
    }

    private Task ToldAsync(string address, string subject)
    {
        var mailbox = app.Services.GetRequiredService<Mailbox>();
        return Eventually.HoldsAsync(
            () => mailbox.Messages.Any(stored => stored.Message.To == address
                && stored.Message.Subject.StartsWith(subject, StringComparison.Ordinal)),
            TimeSpan.FromSeconds(60),
            $"{address} gets a message \"{subject}\"");
    }
}
