using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Appointments.Contacts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Webhooks;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Api;

/// <summary>One of each thing that belongs to the demo's other sub-account, by the name it has in paths.</summary>
internal static class ForeignThings
{
    public static async Task<IReadOnlyDictionary<string, string>> MakeAsync(AppHost app)
    {
        var cancel = CancellationToken.None;
        var now = TimeProvider.System.GetUtcNow();
        await using var db = await app.OpenDatabaseAsync();
        var calendar = await db.Calendars.Include(row => row.Members).SingleAsync(row => row.Slug == "southside-intro");
        var elsewhere = calendar.SubAccountId;
        // Somebody who is not at home here too.
        var stranger = new User
        {
            Id = UserId.New(now),
            Name = "Stranger",
            UserName = "stranger@elsewhere.test",
            Email = "stranger@elsewhere.test",
            Hours = AvailabilityJson.Serialize(Availability.Always("Etc/UTC")),
        };
        db.AddRange(stranger, new Membership(elsewhere, stranger.Id, Role.Admin, now));
        await db.SaveChangesAsync();
        var actor = new Actor(elsewhere, stranger.Id, Role.Admin);

        var start = now.UtcDateTime.Date.AddDays(3).AddHours(12);
        var booked = await app.Services.GetRequiredService<AppointmentBook>().BookAsync(
            new BookRequest
            {
                CalendarId = calendar.Id,
                HostId = calendar.PrimaryOwner?.UserId,
                Start = new DateTimeOffset(start, TimeSpan.Zero),
                Booker = new Booker { Name = "Jo" },
                Override = BookingOverride.Staff | BookingOverride.DoubleBook,
            },
            actor,
            now,
            cancel);
        booked.ForStaff.Text.Should().BeEmpty();
        var contact = await app.Services.GetRequiredService<ContactBook>()
            .UpsertAsync(new ContactDetails("Jo", null, null, null), elsewhere, now, cancel);
        var webhook = WebhookId.New(now);
        await app.Services.GetRequiredService<WebhookSubscriptions>()
            .CreateAsync(webhook, "https://example.com/hook", [], elsewhere, null, now, cancel);
        return new Dictionary<string, string>
        {
            ["locationId"] = elsewhere.ToString(),
            ["calendarId"] = calendar.Id.ToString(),
            ["eventId"] = booked.AppointmentId!.Value.ToString(),
            ["contactId"] = contact.Contact!.Id.ToString(),
            ["userId"] = stranger.Id.ToString(),
            ["webhookId"] = webhook.ToString(),
        };
    }
}
