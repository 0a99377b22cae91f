using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments;

/// <summary>One appointment of a reassignment. <see cref="WhyNot"/> is null if the new host can take it.</summary>
public sealed record ReassignLine(AppointmentId Id, string? WhyNot)
{
    /// <summary>The appointment's calendar if the reason is that the new host is not on it; else null.</summary>
    public CalendarWithoutHost? Calendar { get; init; }
}

/// <summary>A calendar that the new host of a reassignment is not on.</summary>
/// <param name="Id">The calendar.</param>
/// <param name="Name">Its name.</param>
/// <param name="HasOneOwner">True: it has one member, who is its owner. False: members can be added.</param>
/// <param name="IsPersonal">True: it is a personal calendar.</param>
public sealed record CalendarWithoutHost(CalendarId Id, string Name, bool HasOneOwner, bool IsPersonal);

/// <summary>The requests that a reassignment needs on one Zoom account today.</summary>
/// <param name="OwnerName">The name of the host who is connected to it here.</param>
/// <param name="Requests">The requests needed.</param>
/// <param name="LeftToday">The requests left today.</param>
/// <param name="Waiting">The account's other meetings that still need a request.</param>
public sealed record RequestEstimate(string OwnerName, int Requests, int LeftToday, int Waiting)
{
    /// <summary>All of them are sent today. The same condition as <see cref="AvailableQuota.IsScarce"/>, up to the last of them.</summary>
    /// <param name="reserve">The requests kept for creations, as set for this installation.</param>
    public bool Suffices(int reserve) => Requests + Waiting <= LeftToday && LeftToday - Requests + 1 >= reserve;
}

/// <summary>The effect of a reassignment, shown before it is confirmed.</summary>
public sealed record ReassignPreview(IReadOnlyList<ReassignLine> Lines, IReadOnlyList<RequestEstimate> Requests)
{
    /// <summary>All appointments can go to the new host.</summary>
    public bool CanGo => Lines.Count > 0 && Lines.All(line => line.WhyNot is null);
}

/// <summary>Gives several appointments to another host: all or none. Links follow as for any change of host.</summary>
internal static class ReassignAppointments
{
    public static async Task<BookingOutcome> ReassignAsync(BookingScope scope, IReadOnlyList<AppointmentId> ids, UserId to)
    {
        if (await RefuseAsync(scope, to) is { } refused)
        {
            return refused;
        }

        foreach (var id in ids)
        {
            var outcome = await MoveAsync(scope, id, to);
            if (!outcome.Succeeded)
            {
                return outcome;
            }
        }

        return ids.Count == 0 ? BookingOutcome.Refused(Refusal.Invalid, "Choose at least one appointment.") : BookingOutcome.Done(ids[0]);
    }

    /// <summary>Does the same to compute the preview. The caller rolls back.</summary>
    public static async Task<ReassignPreview?> PreviewAsync(BookingScope scope, IReadOnlyList<AppointmentId> ids, UserId to)
    {
        if (await RefuseAsync(scope, to) is not null)
        {
            return null;
        }

        var lines = new List<ReassignLine>();
        foreach (var id in ids)
        {
            var outcome = await MoveAsync(scope, id, to);
            lines.Add(new ReassignLine(id, outcome.Succeeded ? null : outcome.ForStaff.Text)
            {
                Calendar = outcome.Refusal is Refusal.NotOffered ? await CalendarWithoutAsync(scope, id, to) : null,
            });
        }

        return new ReassignPreview(lines, await EstimateAsync(scope));
    }

    private static async Task<BookingOutcome?> RefuseAsync(BookingScope scope, UserId to)
    {
        var role = await scope.Db.CurrentRoleAsync(scope.Actor, scope.CancellationToken);
        return role is not Role.Admin ? BookingOutcome.Refused(Refusal.Forbidden, "Only an admin can reassign appointments.")
            : await scope.Db.Memberships.AnyAsync(
                row => row.SubAccountId == scope.Actor.SubAccountId && row.UserId == to, scope.CancellationToken) ? null
            : BookingOutcome.Refused(Refusal.NotFound, AccountTexts.NoMember);
    }

    private static async Task<BookingOutcome> MoveAsync(BookingScope scope, AppointmentId id, UserId to)
    {
        var found = await scope.Db.Appointments.AsNoTracking()
            .Where(row => row.Id == id && row.SubAccountId == scope.Actor.SubAccountId)
            .Select(row => new
            {
                row.Start,
                IsMember = scope.Db.Set<CalendarMember>().Any(member => member.CalendarId == row.CalendarId && member.UserId == to),
            })
            .SingleOrDefaultAsync(scope.CancellationToken);
        return found switch
        {
            null => BookingOutcome.Refused(Refusal.NotFound, AppointmentTexts.NotFound),
            { IsMember: false } =>
                BookingOutcome.Refused(Refusal.NotOffered, "The new host is not on this appointment's calendar. Add them there first."),
            _ => await MoveAppointment.MoveAsync(scope, new MoveRequest(id, null, found.Start)
            {
                HostId = to,
                Override = BookingOverride.Staff,
            }),
        };
    }

    private static async Task<CalendarWithoutHost?> CalendarWithoutAsync(BookingScope scope, AppointmentId id, UserId host)
    {
        var found = await (
            from appointment in scope.Db.Appointments.AsNoTracking()
            join calendar in scope.Db.Calendars.AsNoTracking() on appointment.CalendarId equals calendar.Id
            where appointment.Id == id && calendar.Members.All(member => member.UserId != host)
            select calendar).SingleOrDefaultAsync(scope.CancellationToken);
        return found is null ? null : new CalendarWithoutHost(
            found.Id, found.Name, found.HasOneOwner(), found.Type is CalendarType.Personal);
    }

    /// <summary>Counts a creation for each new meeting and a deletion for each released one, from this transaction's entities.</summary>
    private static async Task<IReadOnlyList<RequestEstimate>> EstimateAsync(BookingScope scope)
    {
        var requests = scope.Db.SlotMeetings.Local
            .Where(meeting => meeting.ZoomUserKey is not null)
            .Where(meeting => meeting.State is SlotMeetingState.Unwanted
                || (meeting.State is SlotMeetingState.Wanted && meeting.WantedSince == scope.Now))
            .GroupBy(meeting => meeting.ZoomUserKey!)
            .ToDictionary(
                group => group.Key,
                group => (Meetings: group.Select(meeting => meeting.Id).ToList(), Host: group.First().HostId));

        var estimates = new List<RequestEstimate>();
        foreach (var (key, (own, host)) in requests)
        {
            var name = await scope.Db.Users.Where(user => user.Id == host).Select(user => user.Name)
                .FirstOrDefaultAsync(scope.CancellationToken);
            var zoomAhead = await scope.Db.ZoomAccounts.Where(account => account.Key == key).Select(account => account.ClockOffset)
                .FirstOrDefaultAsync(scope.CancellationToken);
            var day = DateOnly.FromDateTime((scope.Now + zoomAhead).UtcDateTime);
            var today = await scope.Db.QuotaDays.AsNoTracking()
                .SingleOrDefaultAsync(row => row.ZoomUserKey == key && row.Day == day, scope.CancellationToken);
            var waiting = await QuotaStatusReader.Pending(scope.Db, key, scope.Now)
                .CountAsync(row => !own.Contains(row.Id), scope.CancellationToken);
            var left = today is { UsedUp: true } ? 0 : QuotaDay.Limit - (today?.Used ?? 0);
            estimates.Add(new RequestEstimate(name ?? "", own.Count, left, waiting));
        }

        return [.. estimates.OrderBy(estimate => estimate.OwnerName)];
    }
}
