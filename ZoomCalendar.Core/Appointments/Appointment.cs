using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// A booking of a time slot by a booker. It keeps the location, host, start and length it was booked with;
/// only the verbs of <c>AppointmentBook</c> change it, under the locks of whose time it takes.
/// </summary>
public sealed class Appointment : ISlotAppointment
{
    public const int TitleMaxLength = 200;
    public const int NotesMaxLength = 4_000;

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

    public AppointmentId Id { get; private init; }

    public SubAccountId SubAccountId { get; private init; }

    public CalendarId CalendarId { get; private init; }

    public UserId? HostId { get; private set; }

    public DateTimeOffset Start { get; private set; }

    public DateTimeOffset End { get; private set; }

    public required string Title { get; set; }

    public string Notes { get; set; } = "";

    public required Booker Booker { get; set; }

    /// <summary>The booker's address as addresses are compared: the same on every database. Computed; a row of the version before has none until it is filled in.</summary>
    public string? NormalizedEmail
    {
        get => EmailAddress.Key(Booker.Email);
        private init => _ = value;
    }

    /// <summary>Title, name and address as staff search for them, see <see cref="BookingInput.SearchTextOf(string, Booker)"/>. Computed, as the address is.</summary>
    public string? SearchText
    {
        get => BookingInput.SearchTextOf(Title, Booker);
        private init => _ = value;
    }

    /// <summary>The contact whom a program named as the booker; null: booked by a person.</summary>
    public ContactId? ContactId { get; init; }

    public AppointmentStatus Status { get; set; } = AppointmentStatus.Confirmed;

    public MeetingLocation Location { get; set; } = MeetingLocation.AskTheBooker;

    /// <summary>The meeting whose link this appointment carries; set while it is active and its location is Zoom.</summary>
    public SlotMeetingId? SlotMeetingId { get; set; }

    /// <summary>The calendar's zone at booking, IANA id: the intended wall-clock time can be told after the zone's rules changed.</summary>
    public string TimeZone { get; init; } = "Etc/UTC";

    /// <summary>The calendar's buffers when the appointment got its present time, in minutes.</summary>
    public int BufferBeforeMinutes { get; set; }

    public int BufferAfterMinutes { get; set; }

    /// <summary>An admin booked it over the seats or over another appointment, knowingly.</summary>
    public bool DoubleBook { get; set; }

    public BookingSource Source { get; init; }

    /// <summary>Made by the client for one submission, unique: sent twice, it books once.</summary>
    public Guid? SubmitId { get; init; }

    /// <summary>What the form held, see <see cref="Submission"/>. Null: it came without a form.</summary>
    public string? SubmitHash { get; init; }

    /// <summary>The form's id if other content was sent under it before; then <see cref="SubmitId"/> is made of both.</summary>
    public Guid? FirstSubmitId { get; init; }

    public UserId? BookedBy { get; init; }

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Concurrency token, and the SEQUENCE of its invitation.</summary>
    public int Version { get; private set; }

    public Slot Slot => new(CalendarId, HostId, Start);

    public TimeSpan Length => End - Start;

    public bool IsActive => Status.IsActive();

    public bool UsesZoom => IsActive && Location.IsZoom && HostId is not null;

    public void MoveTo(UserId? host, DateTimeOffset start, DateTimeOffset end) => (HostId, Start, End) = (host, start, end);

    public void Touch(DateTimeOffset now) => (UpdatedAt, Version) = (now, Version + 1);
}
