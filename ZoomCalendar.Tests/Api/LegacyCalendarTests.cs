using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;

namespace ZoomCalendar.Tests.Api;

/// <summary>Legacy calendars can be booked through the API and never use Zoom.</summary>
public sealed class LegacyCalendarTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_legacy_calendar_is_booked_but_refuses_Zoom_even_for_a_connected_owner()
    {
        var (calendar, owner) = await ConnectedOwnerAsync();
        object Zoom(string user) =>
            new
            {
                teamMembers = new[] { new
                {
                    userId = user,
                    isPrimary = true,
                    locationConfigurations = new[] { new { kind = "zoom_conference" } },
                } },
            };

        var refused = await host.Api.PutAsync($"/calendars/{calendar}", Zoom(owner));
        var booked = await host.BookAsync(calendar, (await host.FreeAsync(calendar))[0]);

        refused.Status.Should().Be(422);
        refused.Message.Should().Contain("This is a legacy (V1) calendar.");
        await using var db = await host.App.OpenDatabaseAsync();
        var id = Core.Ids.AppointmentId.From(Guid.Parse(booked.Id));
        (await db.Appointments.SingleAsync(row => row.Id == id)).SlotMeetingId.Should().BeNull();
    }

    /// <summary>The demo's legacy calendar and its owner, who has connected Zoom here.</summary>
    private async Task<(string Calendar, string Owner)> ConnectedOwnerAsync()
    {
        await using var db = await host.App.OpenDatabaseAsync();
        var calendar = await db.Calendars.Include(row => row.Members).SingleAsync(row => row.Slug == "classic-sessions");
        var owner = calendar.Members.Single().UserId;
        db.ZoomAccounts.Add(new ZoomAccount { Key = "cleo", ZoomUserId = "zoom-cleo" });
        db.Connections.Add(new Connection
        {
            SubAccountId = calendar.SubAccountId,
            UserId = owner,
            ZoomUserKey = "cleo",
            ConnectedAt = TimeProvider.System.GetUtcNow(),
        });
        await db.SaveChangesAsync();
        return (calendar.Id.ToString(), owner.ToString());
    }
}
