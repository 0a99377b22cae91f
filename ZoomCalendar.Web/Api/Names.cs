using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Web.Api;

/// <summary>Maps between the platform's names and ours.</summary>
internal static class Names
{
    public const string DefaultEventTitle = "{{contact.name}}";

    private static readonly (AppointmentStatus Status, string Name)[] Statuses =
    [
        (AppointmentStatus.New, "new"), (AppointmentStatus.Confirmed, "confirmed"), (AppointmentStatus.Cancelled, "cancelled"),
        (AppointmentStatus.Showed, "showed"), (AppointmentStatus.NoShow, "noshow"), (AppointmentStatus.Invalid, "invalid"),
    ];

    private static readonly (CalendarType Type, string Name)[] Types =
    [
        (CalendarType.RoundRobin, "round_robin"), (CalendarType.Event, "event"), (CalendarType.ClassBooking, "class_booking"),
        (CalendarType.Collective, "collective"), (CalendarType.Personal, "personal"),
    ];

    private static readonly (MeetingLocationKind Kind, string Config, string Appointment)[] Locations =
    [
        (MeetingLocationKind.Zoom, "zoom_conference", "zoom"), (MeetingLocationKind.Phone, "inbound_call", "phone"),
        (MeetingLocationKind.InPerson, "physical", "address"), (MeetingLocationKind.Custom, "custom", "custom"),
        (MeetingLocationKind.AskTheBooker, "booker", "booker"),
    ];

    private static readonly (RoundRobinBy By, string Name)[] Distributions =
    [
        (RoundRobinBy.Availability, "RoundRobin_OptimizeForAvailability"), (RoundRobinBy.EqualDistribution,
            "RoundRobin_OptimizeForEqualDistribution"),
    ];

    /// <summary>The palette of the staff calendar, by index.</summary>
    public static IReadOnlyList<string> Colors { get; } =
        ["#039be5", "#33b679", "#f6bf26", "#8e24aa", "#e67c73", "#3f51b5", "#0b8043", "#616161"];

    public static string StatusNames => Said(Statuses.Select(each => each.Name));

    public static string TypeNames => Said(Types.Select(each => each.Name));

    public static string DistributionNames => Said(Distributions.Select(each => each.Name));

    public static string Of(AppointmentStatus status) => Statuses.FirstOrDefault(each => each.Status == status).Name ?? "deleted";

    public static AppointmentStatus? Status(string? name) => Find(Statuses, each => each.Name == name)?.Status;

    public static string Of(CalendarType type) => Types.First(each => each.Type == type).Name;

    public static CalendarType? Type(string? name) => Find(Types, each => each.Name == name)?.Type;

    public static string Of(RoundRobinBy by) => Distributions.First(each => each.By == by).Name;

    public static RoundRobinBy? Distribution(string? name) => Find(Distributions, each => each.Name == name)?.By;

    public static string ConfigKind(MeetingLocationKind kind) => Locations.First(each => each.Kind == kind).Config;

    public static MeetingLocationKind? LocationKind(string? config) => Find(Locations, each => each.Config == config)?.Kind;

    public static string AppointmentKind(MeetingLocationKind kind) => Locations.First(each => each.Kind == kind).Appointment;

    public static MeetingLocationKind? AppointmentLocation(string? name) => Find(Locations, each => each.Appointment == name)?.Kind;

    private static T? Find<T>(IEnumerable<T> all, Func<T, bool> isIt)
        where T : struct => all.Where(isIt).Select(each => (T?)each).FirstOrDefault();

    private static string Said(IEnumerable<string> names) => string.Join(", ", names);
}
