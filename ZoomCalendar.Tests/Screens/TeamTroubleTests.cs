using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Screens;

/// <summary>An admin sees in the team list which Zoom connections are lost, and the affected appointments.</summary>
public sealed class TeamTroubleTests(AppHost app) : IClassFixture<AppHost>
{
    private const string Red = "mud-chip-color-error";

    [Fact]
    public async Task Team_shows_a_connection_that_has_ended_as_trouble_and_counts_the_appointments_without_a_link()
    {
        var rosa = await Newcomer.JoinAsync(app, "Rosa");
        var never = await Newcomer.JoinAsync(app, "Nils");
        var calendar = await rosa.CalendarAsync("Rosa's hour");
        await using (var db = await app.OpenDatabaseAsync())
        {
            var here = await db.SubAccounts.SingleAsync(row => row.Slug == Newcomer.Here);
            var user = await db.Users.SingleAsync(row => row.Email == rosa.Email);
            var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            var start = new DateTimeOffset(now.UtcDateTime.Date.AddDays(3).AddHours(9), TimeSpan.Zero);
            db.Appointments.Add(new Appointment(
                AppointmentId.New(now), here.Id, new Slot(calendar.Id, user.Id, start), start.AddMinutes(30), now)
            {
                Title = "Jo",
                Booker = new Booker { Name = "Jo" },
                Location = Core.Accounts.MeetingLocation.Zoom,
            });
            db.Events.Add(new Event { At = now, SubAccountId = here.Id, Kind = EventKind.ConnectionMade, UserId = user.Id });
            await db.SaveChangesAsync();
            db.Events.Add(new Event
            {
                At = now,
                SubAccountId = here.Id,
                Kind = EventKind.ConnectionEnded,
                UserId = user.Id,
                Detail = "The app was removed in Zoom.",
            });
            await db.SaveChangesAsync();
        }

        using var ada = await app.SignedInAsync("ada@demo.test");
        var page = WebUtility.HtmlDecode(await ada.GetStringAsync($"/a/{Newcomer.Here}/settings/team"));

        LineOf(page, rosa.Email).Should().Contain("Zoom disconnected").And.Contain("1 appointment has no Zoom link").And.Contain(Red)
            .And.Contain("Ask to reconnect");
        page.Should().Contain("One member's Zoom connection is lost. One upcoming appointment has no Zoom link.");
        var member = WebUtility.HtmlDecode(await ada.GetStringAsync($"/a/{Newcomer.Here}/settings/team/{rosa.Id.Value}"));
        LineOf(page, never.Email).Should().Contain("Zoom not connected").And.NotContain(Red);
        member.Should().Contain("Ask to reconnect");
        WithoutTags(member).Should().Contain("Zoom is not connected in this sub-account.")
            .And.MatchRegex(@"It has not worked since .*\. 1 upcoming appointment has no Zoom link\.");
    }

    private static string WithoutTags(string page) => System.Text.RegularExpressions.Regex.Replace(page, "<[^>]*>", "");

    private static string LineOf(string page, string email) =>
        page.Split("<tr").Single(line => line.Contains(email, StringComparison.Ordinal));
}
