using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Appointments;

public sealed partial class ScheduleReader
{
    /// <summary>How many upcoming and how many earlier appointments a search lists at most.</summary>
    public const int MostFound = 50;

    /// <summary>The appointments of all time that match the filter, those nearest to now. Empty for actors who are not staff.</summary>
    public async Task<ScheduleFindings> SearchAsync(Actor actor, ScheduleFilter filter, CancellationToken cancellationToken)
    {
        if (!actor.IsStaff)
        {
            return ScheduleFindings.Empty;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var chosen = Chosen(db, actor, filter);
        var upcoming = await ListAsync(chosen.WhereNotOver(now).OrderBy(row => row.Start).ThenBy(row => row.Id));
        var earlier = await ListAsync(
            chosen.Where(row => row.Start <= now && row.End <= now).OrderByDescending(row => row.Start).ThenByDescending(row => row.Id));
        return new ScheduleFindings(
            [.. upcoming.Take(MostFound)], [.. earlier.Take(MostFound)], upcoming.Count > MostFound || earlier.Count > MostFound);

        async Task<List<AppointmentCard>> ListAsync(IQueryable<Appointment> appointments)
        {
            var rows = await Rows(db, actor, appointments.Take(MostFound + 1)).ToListAsync(cancellationToken);
            return [.. rows.Select(row => Card(row, now))];
        }
    }
}
