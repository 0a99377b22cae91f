using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Operations.Privacy;

internal static class BookerQueries
{
    /// <summary>The appointments under the scope's address, whose booker is not erased.</summary>
    public static IQueryable<Appointment> BookedUnder(this ZoomCalendarContext db, BookerScope scope)
    {
        var (subAccount, key, only) = (scope.SubAccountId, scope.Key, scope.Only);
        var rows = db.Appointments.Where(row => row.SubAccountId == subAccount && row.NormalizedEmail == key && row.ErasedAt == null);
        return only is null ? rows : rows.Where(row => row.Id == only);
    }
}
