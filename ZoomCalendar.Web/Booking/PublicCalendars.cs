using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Booking;

/// <summary>Finds calendars by their address, with one statement.</summary>
internal sealed class PublicCalendars(IDbContextFactory<ZoomCalendarContext> contexts)
{
    /// <returns>Also archived calendars: their appointments can still be changed. Null if there is none.</returns>
    public Task<PublicCalendar?> ByAddressAsync(BookingAddress address, CancellationToken cancellationToken) =>
        address.Business.Length > SubAccount.SlugMaxLength || address.Calendar.Length > Calendar.SlugMaxLength
            ? Task.FromResult<PublicCalendar?>(null)
            : FindAsync(
                db => from calendar in db.Calendars
                      join subAccount in db.SubAccounts on calendar.SubAccountId equals subAccount.Id
                      where subAccount.Slug == address.Business && calendar.Slug == address.Calendar
                      select calendar,
                cancellationToken);

    public Task<PublicCalendar?> ByIdAsync(CalendarId id, CancellationToken cancellationToken) =>
        FindAsync(db => db.Calendars.Where(calendar => calendar.Id == id), cancellationToken);

    /// <returns>The present address of the calendar with this <see cref="Calendar.OldAddress"/>. Null if there is none.</returns>
    public async Task<BookingAddress?> AddressOfOldAsync(string old, CancellationToken cancellationToken)
    {
        if (old.Length > Calendar.SlugMaxLength)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await (
            from calendar in db.Calendars
            join subAccount in db.SubAccounts on calendar.SubAccountId equals subAccount.Id
            where calendar.OldAddress == old
            select new { Business = subAccount.Slug, calendar.Slug }).SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : new BookingAddress(found.Business, found.Slug);
    }

    /// <summary>Changes with every event of the sub-account: a booking on another calendar can affect this one's times.</summary>
    public async Task<string> StateAsync(SubAccountId subAccount, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var newest = await db.Events.Where(row => row.SubAccountId == subAccount).MaxAsync(row => (long?)row.Id, cancellationToken);
        return $"{newest}";
    }

    private async Task<PublicCalendar?> FindAsync(
        Func<ZoomCalendarContext, IQueryable<Calendar>> filter, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await (
            from calendar in filter(db)
            join subAccount in db.SubAccounts on calendar.SubAccountId equals subAccount.Id
            from member in db.Set<CalendarMember>().Where(row => row.CalendarId == calendar.Id).DefaultIfEmpty()
            from user in db.Set<User>().Where(row => row.Id == member!.UserId).DefaultIfEmpty()
                // Tracked, so that EF Core fills Calendar.Members.
            select new
            {
                calendar,
                member,
                Business = subAccount.Name,
                BusinessSlug = subAccount.Slug,
                UserId = (UserId?)user.Id,
                Name = (string?)user.Name,
            }).ToListAsync(cancellationToken);

        return rows.Count == 0
            ? null
            : Make(
                rows[0].calendar,
                rows[0].Business,
                new BookingAddress(rows[0].BusinessSlug, rows[0].calendar.Slug),
                rows.Where(row => row.UserId is not null).ToDictionary(row => row.UserId!.Value, row => row.Name ?? ""));
    }

    private static PublicCalendar Make(
        Calendar calendar, string business, BookingAddress address, IReadOnlyDictionary<UserId, string> names)
    {
        var isRoundRobin = calendar is { IsLegacy: false, Type: CalendarType.RoundRobin };
        var hosts = 0 switch
        {
            _ when !calendar.HasHost => [new PublicHost(null, "", calendar.Location)],
            _ when isRoundRobin =>
                calendar.Members.Select(member => HostOf(member.UserId)).OrderBy(host => host.Name, StringComparer.CurrentCulture).ToList(),
            _ => calendar.PrimaryOwner is { } owner ? [HostOf(owner.UserId)] : new List<PublicHost>(),
        };

        return new PublicCalendar
        {
            Id = calendar.Id,
            SubAccountId = calendar.SubAccountId,
            Address = address,
            Name = calendar.Name,
            Description = calendar.Description,
            Business = business,
            TimeZone = calendar.TimeZone,
            Rules = calendar.Rules,
            EmbedOrigins = calendar.EmbedOrigins,
            IsArchived = calendar.IsArchived,
            Hosts = hosts,
            Attending = isRoundRobin && hosts.Count > 1 ? [] : [.. Attending().Where(name => name.Length > 0)],
            Choice = isRoundRobin && hosts.Count > 1 ? hosts : [],
        };

        // All members of a collective calendar attend; its primary owner hosts.
        IEnumerable<string> Attending() => calendar is { IsLegacy: false, Type: CalendarType.Collective }
            ? hosts.Select(host => host.Name).Concat(calendar.Members.Where(member => member.UserId != hosts.FirstOrDefault()?.Id)
                .Select(member => names.GetValueOrDefault(member.UserId, "")).Order(StringComparer.CurrentCulture))
            : hosts.Select(host => host.Name);

        PublicHost HostOf(UserId user) => new(user, names.GetValueOrDefault(user, ""), calendar.LocationOf(user));
    }
}
