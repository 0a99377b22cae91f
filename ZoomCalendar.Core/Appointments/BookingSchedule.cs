using Microsoft.EntityFrameworkCore;
using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// One calendar with its members, read in one statement, and the input of the slot rules, read in one more. Listings and bookings use the
/// same input.
/// </summary>
internal sealed class BookingSchedule
{
    // An appointment lasts at most a day, and so does a buffer: nothing that begins earlier overlaps the range.
    private static readonly TimeSpan Reach = TimeSpan.FromHours(49);

    // Compiled, because every booking and listing begins with it. Tracked, so that the members are added to Calendar.Members.
    private static readonly CompiledQuery<Func<ZoomCalendarContext, CalendarId, SubAccountId, UserId?, IAsyncEnumerable<Row>>> Rows =
        new(() => EF.CompileAsyncQuery(
        (ZoomCalendarContext db, CalendarId id, SubAccountId subAccount, UserId? actor) =>
            from calendar in db.Set<Calendar>()
            where calendar.Id == id && calendar.SubAccountId == subAccount
            from member in db.Set<CalendarMember>().Where(row => row.CalendarId == calendar.Id).DefaultIfEmpty()
            from user in db.Set<User>().Where(row => row.Id == member!.UserId).DefaultIfEmpty()
            from connection in db.Set<Connection>().Where(row => row.SubAccountId == calendar.SubAccountId && row.UserId == member!.UserId)
                .DefaultIfEmpty()
            select new Row(
                calendar,
                member,
                (string?)user.Name,
                user.Hours,
                (string?)user.TimeZone,
                (string?)connection.ZoomUserKey,
                db.Set<Membership>().Where(row => row.SubAccountId == calendar.SubAccountId && row.UserId == actor)
                    .Select(row => (Role?)row.Role).FirstOrDefault())));

    private readonly IReadOnlyList<MemberRow> _members;

    private BookingSchedule(Calendar calendar, IReadOnlyList<MemberRow> members, Role? role)
    {
        Calendar = calendar;
        Role = role;
        _members = members;
    }

    public Calendar Calendar { get; }

    /// <summary>The actor's present role; null for bookers, and for staff who are no longer members.</summary>
    public Role? Role { get; }

    /// <summary>The possible hosts: several on round robin; on collective calendars all whose time is taken.</summary>
    public IReadOnlyList<UserId> Hosts => [.. PossibleHosts.Select(member => member.Member.UserId)];

    /// <summary>The users whose time an appointment takes besides its host's: all members of a collective calendar.</summary>
    public IReadOnlyList<UserId> Attendees => Calendar is { IsLegacy: false, Type: CalendarType.Collective } ? Hosts : [];

    private bool IsRoundRobin => Calendar is { IsLegacy: false, Type: CalendarType.RoundRobin };

    private IEnumerable<MemberRow> PossibleHosts => Calendar switch
    {
        { HasHost: false } => [],
        { IsLegacy: false, Type: CalendarType.RoundRobin or CalendarType.Collective } => _members,
        _ => _members.Where(member => member.Member.UserId == Calendar.PrimaryOwner?.UserId),
    };

    /// <returns>Null if the sub-account has no such calendar.</returns>
    public static async Task<BookingSchedule?> LoadAsync(
        ZoomCalendarContext db, CalendarId id, Actor actor, CancellationToken cancellationToken)
    {
        var rows = await Rows.For(db)(db, id, actor.SubAccountId, actor.UserId).ToListAsync(cancellationToken);
        return rows.Count == 0
            ? null
            : new BookingSchedule(rows[0].Calendar,
            [
                .. rows.Where(row => row.Member is not null)
                    .Select(row => new MemberRow(row.Member!, row.Name ?? "", row.Hours, row.TimeZone ?? "Etc/UTC", row.ZoomUserKey)),
            ],
            rows[0].Role);
    }

    public string NameOf(UserId host) => _members.FirstOrDefault(member => member.Member.UserId == host)?.Name ?? "The host";

    /// <summary>The key of the Zoom account that would serve this host's meetings; null if the host is not connected.</summary>
    public string? ZoomUserKeyOf(UserId host) => _members.FirstOrDefault(member => member.Member.UserId == host)?.ZoomUserKey;

    /// <summary>Whether the user can host here: any member on round robin, otherwise only the owner.</summary>
    public bool CanHost(UserId? user) =>
        user is not null && (IsRoundRobin ? Hosts.Contains(user.Value) : Calendar.HasHost && Calendar.PrimaryOwner?.UserId == user);

    /// <summary>
    /// Checks whether the placement can have the time, and with which hosts. Bookings, moves, restored appointments, waiting lists and
    /// staff's questions all use this check. <see cref="ListAsync"/> lists by the same input.
    /// </summary>
    public async Task<BookingCheckResult> CheckAsync(
        ZoomCalendarContext db,
        Placement placement,
        DateTimeOffset start,
        BookingOverride overrides,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var length = placement.LengthOn(Calendar);
        var input = await InputAsync(db, start, start + length.ToTimeSpan(), now, placement, cancellationToken);
        return BookingCheck.Check(input, new BookingRequest(Instant.FromDateTimeOffset(start), length, placement.Host?.Value, overrides));
    }

    /// <summary>The times in [from, to) that <see cref="CheckAsync"/> allows without overrides.</summary>
    public async Task<SlotListing> ListAsync(
        ZoomCalendarContext db,
        Placement placement,
        DateTimeOffset from,
        DateTimeOffset to,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var slots = new Schedule(await InputAsync(db, from, to, now, placement, cancellationToken));
        var (start, end) = (Instant.FromDateTimeOffset(from), Instant.FromDateTimeOffset(to));
        return new SlotListing(
            WithHost(slots.FreeSlots(start, end), placement.Host),
            Calendar.HasWaitingList() ? WithHost(slots.FullSlots(start, end), placement.Host) : []);
    }

    /// <summary>The input of the slot rules for a range.</summary>
    /// <param name="db">The booking's transaction, or a context of a listing.</param>
    /// <param name="from">The start of the range.</param>
    /// <param name="to">The end of the range.</param>
    /// <param name="now">The present.</param>
    /// <param name="placement">What needs a time.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ScheduleInput> InputAsync(
        ZoomCalendarContext db,
        DateTimeOffset from,
        DateTimeOffset to,
        DateTimeOffset now,
        Placement placement,
        CancellationToken cancellationToken)
    {
        var possible = PossibleHosts.Where(member => placement.Host is null || !IsRoundRobin || member.Member.UserId == placement.Host)
            .ToList();
        var busyTimes = await HostBusyTimes.ReadAsync(
            db, Calendar, [.. possible.Select(member => member.Member.UserId)], from - Reach, to + Reach, cancellationToken);

        return new ScheduleInput
        {
            CalendarId = Calendar.Id.Value,
            // A legacy calendar is hosted by its one owner.
            Type = Calendar.IsLegacy && Calendar.HasHost ? CalendarType.Personal : Calendar.Type,
            ZoneId = Calendar.TimeZone,
            Rules = placement.RulesOn(Calendar),
            Now = Instant.FromDateTimeOffset(now),
            Hours = HoursOf(Calendar.Hours, Calendar.HasHost, Calendar.TimeZone),
            Hosts = [.. possible.Select(
                member => member.ToHost(busyTimes.BookedOf(member.Member.UserId), busyTimes.BlockedOf(member.Member.UserId)))],
            PrimaryHostId = Calendar.PrimaryOwner?.UserId.Value,
            Blocked = busyTimes.BlockedOf(null),
            BookedWithoutHost = busyTimes.BookedWithoutHost,
            Starts = busyTimes.StartsOf(Calendar.Id),
            ExcludedAppointments = placement.Excluded.Select(id => id.Value).ToHashSet(),
            SeatsWanted = placement.Seats,
        };
    }

    /// <summary>
    /// The input for a longer appointment at its present start. Its users are those whose time it takes, whoever the calendar's members are
    /// today.
    /// </summary>
    public async Task<ScheduleInput> InputForLengthAsync(
        ZoomCalendarContext db, Appointment appointment, DateTimeOffset end, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var people = await (
            from taken in db.BusyTimes
            where taken.AppointmentId == appointment.Id
            from user in db.Set<User>()
            where user.Id == taken.UserId
            select new { user.Id, user.Name }).ToListAsync(cancellationToken);
        var busyTimes = await HostBusyTimes.ReadAsync(
            db, Calendar, [.. people.Select(person => person.Id)], appointment.Start - Reach, end + Reach, cancellationToken);
        var always = Availability.Always(Calendar.TimeZone);

        return new ScheduleInput
        {
            CalendarId = Calendar.Id.Value,
            Type = people.Count switch
            {
                0 => CalendarType.Event,
                1 => CalendarType.Personal,
                _ => CalendarType.Collective,
            },
            ZoneId = Calendar.TimeZone,
            Rules = Calendar.Rules.ToSlotRules()
                .WithBuffers(Duration.FromMinutes(appointment.BufferBeforeMinutes), Duration.FromMinutes(appointment.BufferAfterMinutes)),
            Now = Instant.FromDateTimeOffset(now),
            Hosts = [.. people.Select(person => new Host(person.Id.Value, always, person.Name) { Booked = busyTimes.BookedOf(person.Id) })],
            PrimaryHostId = appointment.HostId?.Value,
            ExcludedAppointments = new HashSet<Guid> { appointment.Id.Value },
        };
    }

    /// <summary>A calendar's own opening hours; null: it uses its members'.</summary>
    public static Availability? HoursOf(string? hours, bool hasHost, string timeZone) => hours is not null
        ? AvailabilityJson.Parse(hours)
        : hasHost ? null : new Availability(timeZone, WeeklyHours.OfficeHours);

    /// <summary>A member's opening hours.</summary>
    public static Availability HoursOfMember(string? hours, string timeZone) =>
        hours is null ? new Availability(timeZone, WeeklyHours.OfficeHours) : AvailabilityJson.Parse(hours);

    private static IReadOnlyList<FreeSlot> WithHost(IReadOnlyList<FreeSlot> slots, UserId? host) =>
        host is null ? slots : [.. slots.Where(slot => slot.Hosts.Any(able => able.Id == host.Value.Value))];

    private sealed record Row(
        Calendar Calendar, CalendarMember? Member, string? Name, string? Hours, string? TimeZone, string? ZoomUserKey, Role? Role);

    private sealed record MemberRow(CalendarMember Member, string Name, string? Hours, string TimeZone, string? ZoomUserKey)
    {
        public Host ToHost(IReadOnlyList<BookedInterval> taken, IReadOnlyList<BlockedInterval> blocked) =>
            new(
                Member.UserId.Value,
                HoursOfMember(Hours, TimeZone),
                Name,
                Member.Priority)
            {
                Booked = taken,
                Blocked = blocked,
            };
    }
}
