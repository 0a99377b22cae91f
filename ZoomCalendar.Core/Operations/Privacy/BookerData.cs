using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Operations.Privacy;

/// <summary>What is stored about a booker, as it is exported. Instants are in UTC.</summary>
public sealed record BookerData
{
    public required string Business { get; init; }

    public required string Email { get; init; }

    public required DateTimeOffset ExportedAt { get; init; }

    /// <summary>The latest first.</summary>
    public required IReadOnlyList<BookerAppointment> Appointments { get; init; }

    public required IReadOnlyList<BookerContact> Contacts { get; init; }

    public required IReadOnlyList<BookerWaiting> WaitingLists { get; init; }

    public required IReadOnlyList<BookerMessage> Messages { get; init; }

    /// <summary>Entries of appointments' histories that name the address, the oldest first.</summary>
    public required IReadOnlyList<BookerHistory> History { get; init; }

    public bool IsEmpty => Appointments.Count + Contacts.Count + WaitingLists.Count + Messages.Count + History.Count == 0;
}

/// <summary>A booker's data for an admin, or why there are none.</summary>
/// <param name="Refusal">Null if they were read.</param>
/// <param name="Message">The refusal in a sentence; empty if they were read.</param>
/// <param name="Data">Null if refused.</param>
public sealed record BookerDataOutcome(Refusal? Refusal, string Message, BookerData? Data) : IOutcome;

/// <summary>One appointment of a booker.</summary>
public sealed record BookerAppointment
{
    public required AppointmentId Id { get; init; }

    public required string Calendar { get; init; }

    public required string Host { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    public required string Status { get; init; }

    /// <summary>Empty in the export of a single appointment: staff write it for themselves.</summary>
    public required string Title { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required string Phone { get; init; }

    public required string TimeZone { get; init; }

    public required string Notes { get; init; }

    public required string Location { get; init; }

    public required string BookedBy { get; init; }

    public required DateTimeOffset BookedAt { get; init; }

    /// <summary>Not over, and not cancelled.</summary>
    public required bool IsUpcoming { get; init; }
}

/// <summary>A person whom a program added.</summary>
public sealed record BookerContact(string Name, string Email, string Phone, string TimeZone, DateTimeOffset AddedAt);

/// <summary>A place on a waiting list.</summary>
public sealed record BookerWaiting(
    string Calendar, DateTimeOffset Start, string Name, string Email, string Phone, string Notes, string Location, DateTimeOffset JoinedAt);

/// <summary>A message to the booker. Its text is erased when it is sent.</summary>
public sealed record BookerMessage(string Kind, string Email, string Subject, DateTimeOffset WrittenAt, DateTimeOffset? SentAt);

/// <summary>The address was entered, replaced or written to. The other address of a change is somebody else's, and not told.</summary>
public sealed record BookerHistory(AppointmentId Appointment, string Kind, DateTimeOffset At);
