using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>What is true of the database and Zoom once nothing is due any more.</summary>
internal static class Agreement
{
    /// <param name="database">With our appointments.</param>
    /// <param name="inZoom">What Zoom holds, without what people made there by hand.</param>
    /// <param name="because">How to get here again.</param>
    public static async Task ShouldHoldAsync(TestDatabase database, IEnumerable<SandboxMeeting> inZoom, string because)
    {
        var made = inZoom.ToDictionary(meeting => meeting.Id);
        var rows = await database.ReadAsync(db => db.SlotMeetings.AsNoTracking().ToListAsync());
        var active = (await database.ReadAsync(db => db.Appointments.AsNoTracking().ToListAsync())).Where(row => row.UsesZoom)
            .ToLookup(row => row.Slot);
        var current = rows.Where(row => row.IsCurrent).ToDictionary(row => row.Slot);
        current.Keys.Should().BeEquivalentTo(active.Select(seats => seats.Key), because);
        active.SelectMany(seats => seats).Where(seat => seat.SlotMeetingId != current[seat.Slot].Id).Should().BeEmpty(because);

        // What was deleted in Zoom by hand twice stays away until staff ask for it.
        var live = current.Values.Where(row => row is not { WaitingFor: WaitingFor.Staff, MadeAnew: true, JoinUrl: null }).ToList();
        live.Where(row => row.State != SlotMeetingState.Live || row.InFlight != null || row.NextActionAt != null).Should().BeEmpty(because);
        made.Values.Select(meeting => (meeting.Id, meeting.JoinUrl)).Should()
            .BeEquivalentTo(live.Select(row => (row.ZoomMeetingId!.Value, row.JoinUrl!)), because);
        foreach (var row in live)
        {
            var meeting = made[row.ZoomMeetingId!.Value];
            (meeting.StartTime, meeting.Duration).Should()
                .Be((row.Start, (int)(active[row.Slot].Max(seat => seat.End) - row.Start).TotalMinutes), because);
        }

        rows.Where(row => !row.IsCurrent && (row.State != SlotMeetingState.Dropped || row.JoinUrl != null)).Should().BeEmpty(because);
    }
}
