using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Calendars;

/// <summary>A bookable calendar: its members, hours, slot rules and meeting locations.</summary>
public sealed class Calendar
{
    public const int NameMaxLength = 100;
    public const int SlugMaxLength = 80;
    public const int DescriptionMaxLength = 1_500;

    private readonly List<CalendarMember> _members = [];

    private Calendar()
    {
    }

    public Calendar(
        CalendarId id,
        SubAccountId subAccountId,
        string name,
        string slug,
        CalendarType type,
        CalendarVersion version,
        string timeZone,
        DateTimeOffset now)
    {
        Id = id;
        SubAccountId = subAccountId;
        Name = name;
        Slug = slug;
        Type = type;
        Version = version;
        TimeZone = timeZone;
        CreatedAt = now;
        OldAddress = id.Value.ToString("N");
    }

    public CalendarId Id { get; private init; }

    public SubAccountId SubAccountId { get; private init; }

    public string Name { get; set; } = "";

    /// <summary>Its segment in the URL of the public booking page, <c>/book/{business}/{slug}</c>. Unique in the sub-account.</summary>
    public string Slug { get; set; } = "";

    /// <summary>
    /// Its segment in <c>/book/{address}</c>, the form that addresses had while they were unique in the installation. Redirects to the
    /// present address and never changes. A calendar that never had such an address has its id here, which nobody can choose.
    /// </summary>
    public string OldAddress { get; init; } = "";

    /// <summary>Public. Sent to Zoom in the agenda.</summary>
    public string Description { get; set; } = "";

    public CalendarType Type { get; private init; }

    public CalendarVersion Version { get; private set; }

    /// <summary>IANA id, for day limits and the calendar's own hours.</summary>
    public string TimeZone { get; set; } = "Etc/UTC";

    /// <summary>The calendar's own hours as <see cref="AvailabilityJson"/>. Null: its members' hours count.</summary>
    public string? Hours { get; set; }

    public BookingRules Rules { get; set; } = new();

    public RoundRobinBy RoundRobinBy { get; set; }

    public MeetingSettings MeetingSettings { get; set; } = new();

    /// <summary>The meeting location of an event calendar, which has no members. Never Zoom.</summary>
    public MeetingLocation Location { get; private set; } = MeetingLocation.AskTheBooker;

    /// <summary>Index into the color palette of the staff calendar.</summary>
    public int Color { get; set; }

    /// <summary>Origins that may embed the public booking page, separated by spaces. Empty: none.</summary>
    public string EmbedOrigins { get; set; } = "";

    /// <summary>Minutes before the start at which bookers and hosts get reminders, separated by spaces. Empty: never.</summary>
    public string ReminderMinutes { get; set; } = "1440";

    public bool IsArchived { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>Concurrency token, for two people who edit the settings.</summary>
    public int RowVersion { get; set; }

    /// <summary>
    /// Incremented by bookings that depend on several hosts or on the calendar's limits. The UPDATE is the row lock on PostgreSQL.
    /// </summary>
    public long BookingLock { get; set; }

    public IReadOnlyList<CalendarMember> Members => _members;

    public bool IsLegacy => Version is not CalendarVersion.V3;

    public bool HasHost => Type is not CalendarType.Event;

    /// <summary>Why Zoom cannot be the meeting location, in a sentence for the user. Null: it can.</summary>
    public string? WhyNoZoom => this switch
    {
        { IsLegacy: true } => $"This is a legacy ({Version}) calendar. Upgrade it to V3 to use Zoom.",
        { HasHost: false } => "An event calendar has no host, so there is nobody whose Zoom account could hold the meeting.",
        _ => null,
    };

    /// <summary>The member who hosts a slot if there is no choice. Null: the calendar has no members.</summary>
    public CalendarMember? PrimaryOwner => _members.FirstOrDefault(member => member.IsPrimaryOwner) ?? _members.FirstOrDefault();

    public CalendarMember? Member(UserId userId) => _members.FirstOrDefault(member => member.UserId == userId);

    /// <summary>The meeting location of a new appointment with this host.</summary>
    public MeetingLocation LocationOf(UserId? host) => Type switch
    {
        CalendarType.Event => Location,
        CalendarType.Collective => PrimaryOwner?.Location ?? MeetingLocation.AskTheBooker,
        _ => (host is { } id ? Member(id) : null)?.Location ?? MeetingLocation.AskTheBooker,
    };

    /// <summary>Adds a member. If Zoom is not possible (see <see cref="WhyNoZoom"/>), the location becomes "ask the booker".</summary>
    public CalendarMember AddMember(UserId userId, MeetingLocation location, bool isPrimaryOwner = false, int priority = 0)
    {
        if (!HasHost)
        {
            throw new InvalidOperationException("An event calendar has no members.");
        }

        var allowed = location.IsZoom && WhyNoZoom is not null ? MeetingLocation.AskTheBooker : location;
        var member = new CalendarMember(Id, userId, allowed, isPrimaryOwner, priority);
        _members.Add(member);
        return member;
    }

    public void RemoveMember(UserId userId) => _members.RemoveAll(member => member.UserId == userId);

    public void MakePrimaryOwner(UserId userId)
    {
        foreach (var member in _members)
        {
            member.IsPrimaryOwner = member.UserId == userId;
        }
    }

    /// <summary>Changes the location of a member, or of the calendar if <paramref name="member"/> is null.</summary>
    /// <exception cref="InvalidOperationException">Zoom is not possible (see <see cref="WhyNoZoom"/>, which the caller must check), or the
    /// user is not a member.</exception>
    public void ChangeLocation(UserId? member, MeetingLocation location)
    {
        if (location.IsZoom && WhyNoZoom is { } reason)
        {
            throw new InvalidOperationException(reason);
        }

        if (member is { } id)
        {
            (Member(id) ?? throw new InvalidOperationException("Not a member of this calendar.")).Location = location;
        }
        else
        {
            Location = location;
        }
    }

    public void UpgradeToV3() => Version = CalendarVersion.V3;

    public void Archive() => IsArchived = true;

    public void Restore() => IsArchived = false;
}
