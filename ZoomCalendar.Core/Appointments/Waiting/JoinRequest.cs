using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments.Waiting;

/// <summary>A request to join the waiting list of a full slot.</summary>
/// <param name="Id">Generated once per form. The same form sent twice joins once.</param>
/// <param name="CalendarId">The calendar.</param>
/// <param name="Start">The slot's start.</param>
public sealed record JoinRequest(WaitingId Id, CalendarId CalendarId, DateTimeOffset Start)
{
    public required Booker Booker { get; init; }

    public string Notes { get; init; } = "";

    public string LocationAnswer { get; init; } = "";
}

/// <summary>The outcome of a change to a waiting list.</summary>
/// <param name="Refusal">Null if it succeeded.</param>
/// <param name="ForStaff">The refusal for members of the sub-account; empty if it succeeded.</param>
/// <param name="ForPublic">The refusal for the person on the list; empty if it succeeded.</param>
public sealed record WaitingOutcome(Refusal? Refusal, StaffSentence ForStaff, PublicSentence ForPublic)
{
    public static readonly WaitingOutcome Done = new(null, new StaffSentence(""), new PublicSentence(""));

    public bool Succeeded => Refusal is null;

    /// <summary>A refusal with the same sentence for staff and bookers.</summary>
    public static WaitingOutcome Refused(Refusal refusal, PublicSentence sentence) =>
        new(refusal, new StaffSentence(sentence.Text), sentence);

    /// <summary>A refusal for staff. Bookers read the general sentence of <see cref="PublicRefusals"/>.</summary>
    public static WaitingOutcome Refused(Refusal refusal, StaffSentence forStaff) => new(refusal, forStaff, PublicRefusals.Of(refusal));
}

/// <summary>A person on the waiting list, for staff.</summary>
public sealed record WaitingPerson(WaitingId Id, string Name, string Email, DateTimeOffset? OfferedUntil);

/// <summary>A person's own position on the waiting list.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="CalendarId">The calendar.</param>
/// <param name="Start">The slot's start.</param>
/// <param name="End">The end of the appointment that would be booked.</param>
/// <param name="Booker">The person.</param>
/// <param name="Ahead">The number of people ahead.</param>
/// <param name="OfferedUntil">Until when a seat is reserved; null without an offer.</param>
public sealed record WaitingPosition(
    WaitingId Id, CalendarId CalendarId, DateTimeOffset Start, DateTimeOffset End, Booker Booker, int Ahead, DateTimeOffset? OfferedUntil);
