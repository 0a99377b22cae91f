using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Web.Components.Shared;

namespace ZoomCalendar.Web.Components.Pages.Calendars;

/// <summary>
/// All unsaved edits of a calendar's settings page, so that they survive a change of tab, a lost circuit and a round trip to Zoom.
/// </summary>
public sealed class CalendarDrafts
{
    /// <summary>The saved settings on which these edits are based.</summary>
    public int RowVersion { get; set; }

    public GeneralDraft General { get; set; } = new();

    public RulesDraft Rules { get; set; } = new();

    public MeetingSettingsDraft Meeting { get; set; } = new();

    /// <summary>By user; the empty id is an event calendar's own location.</summary>
    public Dictionary<Guid, LocationDraft> Locations { get; set; } = [];

    /// <summary>The user chosen as a new member. Empty: none.</summary>
    public string NewMember { get; set; } = "";

    public static CalendarDrafts Of(CalendarView view) => new()
    {
        RowVersion = view.RowVersion,
        General = GeneralDraft.Of(view),
        Rules = RulesDraft.Of(view),
        Meeting = MeetingSettingsDraft.Of(view.MeetingSettings),
        Locations = view.HasHost
            ? view.Members.ToDictionary(member => member.UserId.Value, member => LocationDraft.Of(member.Location))
            : new() { [Guid.Empty] = LocationDraft.Of(view.Location) },
    };
}

public sealed class GeneralDraft
{
    public string Name { get; set; } = "";

    public string Slug { get; set; } = "";

    public string Description { get; set; } = "";

    public string TimeZone { get; set; } = "Etc/UTC";

    public RoundRobinBy RoundRobinBy { get; set; }

    public int Color { get; set; }

    /// <summary>One site on each line.</summary>
    public string EmbedOrigins { get; set; } = "";

    public List<ReminderDraft> Reminders { get; set; } = [];

    public static GeneralDraft Of(CalendarView view) => new()
    {
        Name = view.Name,
        Slug = view.Slug,
        Description = view.Description,
        TimeZone = view.TimeZone,
        RoundRobinBy = view.RoundRobinBy,
        Color = CalendarColors.IndexOf(view.Color),
        EmbedOrigins = view.EmbedOrigins.Replace(' ', '\n'),
        Reminders = ReminderDraft.Parse(view.ReminderMinutes),
    };
}

/// <summary>Numbers are null while their field is empty.</summary>
public sealed class RulesDraft
{
    private const int OutOfRange = -1;

    public int? LengthMinutes { get; set; }

    public int? IntervalMinutes { get; set; }

    public int? BufferBeforeMinutes { get; set; }

    public int? BufferAfterMinutes { get; set; }

    public int? MinimumNoticeMinutes { get; set; }

    public int? HorizonDays { get; set; }

    public int? Seats { get; set; }

    public int? DayLimit { get; set; }

    public int? CutOffMinutes { get; set; }

    /// <summary>The calendar's own hours instead of its members'.</summary>
    public bool HasOwnHours { get; set; }

    public HoursDraft Hours { get; set; } = new();

    public static RulesDraft Of(CalendarView view) => new()
    {
        LengthMinutes = view.Rules.LengthMinutes,
        IntervalMinutes = view.Rules.IntervalMinutes,
        BufferBeforeMinutes = view.Rules.BufferBeforeMinutes,
        BufferAfterMinutes = view.Rules.BufferAfterMinutes,
        MinimumNoticeMinutes = view.Rules.MinimumNoticeMinutes,
        HorizonDays = view.Rules.HorizonDays,
        Seats = view.Rules.Seats,
        DayLimit = view.Rules.DayLimit,
        CutOffMinutes = view.Rules.CutOffMinutes,
        HasOwnHours = view.Hours is not null || !view.HasHost,
        Hours = HoursDraft.Of(
            view.Hours is { } json ? AvailabilityJson.Parse(json) : new Availability(view.TimeZone, WeeklyHours.OfficeHours)),
    };

    /// <summary>The form has no empty number except the limit per day when this is called.</summary>
    /// <param name="present">The rules that these edits began from.</param>
    public BookingRules ToRules(BookingRules present) => present with
    {
        LengthMinutes = LengthMinutes ?? OutOfRange,
        IntervalMinutes = IntervalMinutes ?? OutOfRange,
        BufferBeforeMinutes = BufferBeforeMinutes ?? OutOfRange,
        BufferAfterMinutes = BufferAfterMinutes ?? OutOfRange,
        MinimumNoticeMinutes = MinimumNoticeMinutes ?? OutOfRange,
        HorizonDays = HorizonDays ?? OutOfRange,
        Seats = Seats ?? OutOfRange,
        DayLimit = DayLimit,
        CutOffMinutes = CutOffMinutes ?? OutOfRange,
    };
}

public sealed class MeetingSettingsDraft
{
    public bool WaitingRoom { get; set; }

    public bool JoinBeforeHost { get; set; }

    public bool MuteUponEntry { get; set; }

    public Recording Recording { get; set; }

    public string Passcode { get; set; } = "";

    public static MeetingSettingsDraft Of(MeetingSettings settings) => new()
    {
        WaitingRoom = settings.WaitingRoom,
        JoinBeforeHost = settings.JoinBeforeHost,
        MuteUponEntry = settings.MuteUponEntry,
        Recording = settings.Recording,
        Passcode = settings.Passcode,
    };

    public MeetingSettings ToSettings() => new()
    {
        WaitingRoom = WaitingRoom,
        JoinBeforeHost = JoinBeforeHost,
        MuteUponEntry = MuteUponEntry,
        Recording = Recording,
        Passcode = Passcode.Trim(),
    };
}
