using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>A member who hosts upcoming appointments can be removed only if the admin chooses to keep them.</summary>
internal sealed class HostedAppointmentsRule : IMembershipRule
{
    public async Task<string?> WhyNotLeaveAsync(
        ZoomCalendarContext db,
        UserId user,
        SubAccountId subAccount,
        bool keepAppointments,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var upcoming = await db.Appointments.WhereActive().WhereNotOver(now)
            .CountAsync(row => row.SubAccountId == subAccount && row.HostId == user, cancellationToken);
        return upcoming == 0 || keepAppointments
            ? null
            : $"This member hosts {upcoming} upcoming {(upcoming == 1 ? "appointment" : "appointments")}. Reassign them first, or "
                + "choose to keep them.";
    }
}
