using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// A booking of a time slot by a booker. It keeps the location, host, start and length it was booked with. Only the use cases of
/// <see cref="AppointmentBook"/> change it, under the locks of the users whose time it takes.
/// </summary>
public sealed class Appointment : ISlotAppointment
{
    public const int TitleMaxLength = 200;
    public const int NotesMaxLength = 4_000;

    /// <summary>No appointment is longer. It bounds a search for those that are not over by their start, which is indexed.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private Appointment()
    {
    }

    public Appointment(AppointmentId id, SubAccountId subAccountId, Slot slot, DateTimeOffset end, DateTimeOffset now)
    {
        Id = id;
        SubAccountId = subAccountId;
        CalendarId = slot.CalendarId;
        HostId = slot.HostId;
        Start = slot.Start;
        End = end;
        CreatedAt = UpdatedAt = now;
    }

    /// <summary>The id.</summary>
    public AppointmentId Id { get; private init; }

    public SubAccountId SubAccountId { get; private init; }

    public CalendarId CalendarId { get; private init; }

    /// <summary>The host; null on calendars without hosts.</summary>
    public UserId? HostId { get; private set; }

    /// <summary>The start, in UTC.</summary>
    public DateTimeOffset Start { get; private set; }

    /// <summary>The end, in UTC. At most <see cref="Longest"/> after <see cref="Start"/>.</summary>
    public DateTimeOffset End { get; private set; }

    /// <summary>The title given by staff or a program, otherwise the booker's name.</summary>
    public required string Title { get; set; }

    public string Notes { get; set; } = "";

    public required Booker Booker { get; set; }

    /// <summary>
    /// The booker's address in the form in which addresses are compared, the same on every database. Computed. Null in rows of an earlier
    /// version until <see cref="NormalizedColumnBackfill"/> has filled them in.
    /// </summary>
    public string? NormalizedEmail
    {
        get => EmailAddress.Key(Booker.Email);
        private init => _ = value;
    }

    /// <summary>
    /// Title, name and address in the form in which staff search for them, see <see cref="BookingInput.SearchTextOf(string, Booker)"/>.
    /// Computed, as <see cref="NormalizedEmail"/> is.
    /// </summary>
    public string? SearchText
    {
        get => BookingInput.SearchTextOf(Title, Booker);
        private init => _ = value;
    }

    /// <summary>The contact that a program named as the booker; null if a person booked.</summary>
    public ContactId? ContactId { get; init; }

    public AppointmentStatus Status { get; set; } = AppointmentStatus.Confirmed;

    public MeetingLocation Location { get; set; } = MeetingLocation.AskTheBooker;

    /// <summary>The meeting whose link the appointment carries; null unless it is active and on Zoom.</summary>
    public SlotMeetingId? SlotMeetingId { get; set; }

    /// <summary>
    /// The calendar's time zone at booking, an IANA id. It preserves the intended wall-clock time if the zone's rules change.
    /// </summary>
    public string TimeZone { get; init; } = "Etc/UTC";

    /// <summary>The calendar's buffers in minutes, as they were when the appointment got its present time.</summary>
    public int BufferBeforeMinutes { get; set; }

    /// <summary>The buffer after the appointment, as <see cref="BufferBeforeMinutes"/>.</summary>
    public int BufferAfterMinutes { get; set; }

    /// <summary>An admin knowingly booked it beyond the seats or over another appointment.</summary>
    public bool DoubleBook { get; set; }

    public BookingSource Source { get; init; }

    /// <summary>The id that the client generated for one submission. Unique, so that a repeated submission books once.</summary>
    public Guid? SubmitId { get; init; }

    /// <summary>The hash of the submitted content, see <see cref="Submission"/>; null without a form.</summary>
    public string? SubmitHash { get; init; }

    /// <summary>The form's id if other content was submitted under it before. Then <see cref="SubmitId"/> is derived from both.</summary>
    public Guid? FirstSubmitId { get; init; }

    /// <summary>The member who booked; null for bookers and programs.</summary>
    public UserId? BookedBy { get; init; }

    /// <summary>When the booker's data were erased; null if they are kept. The appointment stays as an anonymous fact.</summary>
    public DateTimeOffset? ErasedAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>The concurrency token, and the SEQUENCE of the calendar invitation.</summary>
    public int Version { get; private set; }

    public Slot Slot => new(CalendarId, HostId, Start);

    public TimeSpan Length => End - Start;

    /// <summary>The appointment takes its host's time and a seat.</summary>
    public bool IsActive => Status.IsActive();

    /// <summary>The appointment is active, its location is Zoom and it has a host.</summary>
    public bool UsesZoom => IsActive && Location.IsZoom && HostId is not null;

    /// <summary>Changes host and time. The caller changes the busy times and the slot meeting.</summary>
    public void MoveTo(UserId? host, DateTimeOffset start, DateTimeOffset end) => (HostId, Start, End) = (host, start, end);

    /// <summary>Removes everything that tells who the booker was, or that somebody typed about them.</summary>
    public void EraseBooker(DateTimeOffset now)
    {
        Title = Booker.ErasedName;
        Notes = "";
        Booker = new Booker { Name = Booker.ErasedName };
        // The booker's own answer. Other places are the calendar's.
        Location = Location.Kind is MeetingLocationKind.AskTheBooker ? MeetingLocation.AskTheBooker : Location;
        ErasedAt = now;
        Touch(now);
    }

    /// <summary>Staff entered data of a booker again.</summary>
    public void ReplaceErasedBooker() => ErasedAt = null;

    /// <summary>Sets <see cref="UpdatedAt"/> and raises <see cref="Version"/>. Call once per change.</summary>
    public void Touch(DateTimeOffset now) => (UpdatedAt, Version) = (now, Version + 1);
}
