using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Booking;

/// <summary>The public data of a calendar.</summary>
public sealed record PublicCalendar
{
    public required CalendarId Id { get; init; }

    public required SubAccountId SubAccountId { get; init; }

    public required BookingAddress Address { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required string Business { get; init; }

    public required string TimeZone { get; init; }

    public required BookingRules Rules { get; init; }

    public required string EmbedOrigins { get; init; }

    public required bool IsArchived { get; init; }

    /// <summary>Those to choose from; empty where there is no choice.</summary>
    public required IReadOnlyList<PublicHost> Choice { get; init; }

    public required IReadOnlyList<PublicHost> Hosts { get; init; }

    /// <summary>
    /// The names of those who attend every booking, the host's first. Empty where the host is one of several, or there is none.
    /// </summary>
    public required IReadOnlyList<string> Attending { get; init; }

    /// <summary>The name of the chosen host, or of all who attend. Empty: anyone of <see cref="Choice"/>, or nobody.</summary>
    public string With(UserId? host) => Choice.FirstOrDefault(each => each.Id == host)?.Name ?? string.Join(", ", Attending);

    /// <summary>The location, if it is the same for all hosts.</summary>
    public MeetingLocation? Location => Hosts.Select(host => host.Location).Distinct().ToList() is [var only] ? only : null;

    public Actor Booker => Actor.ForBooker(SubAccountId);

    public bool AsksWhere(UserId? host) =>
        Hosts.Any(each => (host is null || each.Id == host) && each.Location.Kind is MeetingLocationKind.AskTheBooker);
}

public sealed record PublicHost(UserId? Id, string Name, MeetingLocation Location);
