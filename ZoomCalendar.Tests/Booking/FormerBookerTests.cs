using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Booking;

namespace ZoomCalendar.Tests.Booking;

/// <summary>After staff gave an appointment another address, the links that went to the former one open nothing.</summary>
public sealed class FormerBookerTests(AppHost app) : IClassFixture<AppHost>, IDisposable
{
    private readonly PublicVisitor _visitor = new(app);

    [Fact]
    public async Task All_links_of_the_former_address_end()
    {
        var (appointment, confirmed) = await BookedAsync("former@example.test");
        var cancel = BookingUrls.Cancel(LinkTo(LinkPurpose.Cancel, appointment));
        var change = BookingUrls.Change(LinkTo(LinkPurpose.Change, appointment));
        var personal = BookingUrls.Confirmed(new BookingAddress("northwind", "intro-call"), LinkTo(LinkPurpose.Confirmed, appointment));
        string[] addresses = [confirmed, $"{confirmed}/invitation.ics", $"{confirmed}/changes", personal, $"{personal}/invitation.ics",
            $"{personal}/changes", cancel, change];
        var before = await StatusesAsync(addresses);
        await EditAsync(appointment, booker => booker with { Email = "present@example.test" });

        var after = await StatusesAsync(addresses);
        var cancelled = await _visitor.PostAsync(cancel, new() { ["sure"] = "yes" });
        var moved = await _visitor.PostAsync(change, new()
        {
            ["at"] = appointment.Start.AddMinutes(30).UtcDateTime.ToString(
            "yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)
        });

        before.Should().OnlyContain(status => status == HttpStatusCode.OK);
        after.Should().OnlyContain(status => status == HttpStatusCode.NotFound);
        cancelled.StatusCode.Should().Be(HttpStatusCode.NotFound);
        moved.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await AgainAsync(appointment)).Should().BeEquivalentTo(new { Status = AppointmentStatus.Confirmed, appointment.Start });
        (await StatusesAsync([BookingUrls.Cancel(LinkTo(LinkPurpose.Cancel, await AgainAsync(appointment)))])).Should()
            .Equal(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_open_page_of_the_former_address_reloads_and_shows_nothing()
    {
        var (appointment, confirmed) = await BookedAsync("open-page@example.test");
        using var stream = await _visitor.Client.GetAsync($"{confirmed}/changes", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync());
        await ReadUntilAsync(lines, "open");

        await EditAsync(appointment, booker => booker with { Email = "other-page@example.test" });

        await ReadUntilAsync(lines, "changed");
        (await StatusesAsync([confirmed])).Should().Equal(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_former_address_cannot_use_its_waiting_list_link()
    {
        var (appointment, _) = await BookedAsync("was-in-line@example.test");
        // A waiting list place that was taken continues as the appointment.
        var place = BookingUrls.Place(app.Services.GetRequiredService<WaitingListLinks>().Make(
            new WaitingId(appointment.SubmitId!.Value), appointment.End, appointment.Booker.Email));
        var before = await StatusesAsync([place]);
        await EditAsync(appointment, booker => booker with { Email = "after-the-line@example.test" });

        var after = await StatusesAsync([place]);
        var taken = await _visitor.PostAsync(place, new() { ["sure"] = "yes" });

        before.Should().Equal(HttpStatusCode.SeeOther);
        after.Should().Equal(HttpStatusCode.NotFound);
        taken.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_link_of_the_version_before_works_until_the_address_changes()
    {
        var (appointment, _) = await BookedAsync("early@example.test");
        var old = BookingUrls.Cancel(
            app.Services.GetRequiredService<SignedTokens>().Sign(nameof(LinkPurpose.Cancel), appointment.Id.ToString(), appointment.End));
        var before = await StatusesAsync([old]);

        await EditAsync(appointment, booker => booker with { Email = "later@example.test" });

        before.Should().Equal(HttpStatusCode.OK);
        (await StatusesAsync([old])).Should().Equal(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Changing_the_name_keeps_the_links()
    {
        var (appointment, confirmed) = await BookedAsync("renamed@example.test");
        var cancel = BookingUrls.Cancel(LinkTo(LinkPurpose.Cancel, appointment));

        await EditAsync(appointment, booker => booker with { Name = "Somebody Else", Email = "Renamed@example.test" });

        (await StatusesAsync([confirmed, cancel])).Should().OnlyContain(status => status == HttpStatusCode.OK);
    }

    public void Dispose() => _visitor.Dispose();

    private string LinkTo(LinkPurpose purpose, Appointment appointment) =>
        app.Services.GetRequiredService<AppointmentLinks>().Make(purpose, appointment.Id, appointment.End, appointment.Booker.Email);

    private async Task<IReadOnlyList<HttpStatusCode>> StatusesAsync(string[] addresses)
    {
        var found = new List<HttpStatusCode>();
        foreach (var address in addresses)
        {
            using var answer = await _visitor.Client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
            found.Add(answer.StatusCode);
        }

        return found;
    }

    private async Task<(Appointment Appointment, string Confirmed)> BookedAsync(string email)
    {
        var answer = await _visitor.BookAsync("intro-call", await _visitor.FirstTimeAsync("intro-call"), email);
        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        await using var db = await app.OpenDatabaseAsync();
        return (await db.Appointments.AsNoTracking().SingleAsync(
            appointment => appointment.Booker.Email == email), answer.Headers.Location!.ToString());
    }

    private async Task<Appointment> AgainAsync(Appointment appointment)
    {
        await using var db = await app.OpenDatabaseAsync();
        return await db.Appointments.AsNoTracking().SingleAsync(row => row.Id == appointment.Id);
    }

    private async Task EditAsync(Appointment appointment, Func<Booker, Booker> change)
    {
        await using var db = await app.OpenDatabaseAsync();
        var admin = await db.Memberships.Where(row => row.SubAccountId == appointment.SubAccountId && row.Role == Role.Admin)
            .Select(row => row.UserId).FirstAsync();
        var request = new EditRequest(appointment.Id, (await AgainAsync(appointment)).Version)
        {
            Title = appointment.Title,
            Notes = appointment.Notes,
            Booker = change(appointment.Booker),
        };
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        (await app.Services.GetRequiredService<AppointmentBook>().EditAsync(
            request, new Actor(appointment.SubAccountId, admin, Role.Admin), now, default)).Succeeded.Should().BeTrue();
    }

    private static async Task ReadUntilAsync(StreamReader lines, string word)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await lines.ReadLineAsync(patience.Token) is { } line)
        {
            if (line == $"event: {word}")
            {
                return;
            }
        }

        throw new InvalidOperationException($"The stream ended before \"{word}\".");
    }
}
