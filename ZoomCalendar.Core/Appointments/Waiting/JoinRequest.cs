using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments.Waiting;

/// <param name="Id">Made once per form: the same form twice is one place in line.</param>
public sealed record JoinRequest(WaitingId Id, CalendarId CalendarId, DateTimeOffset Start)
{
    public required Booker Booker { get; init; }

    public string Notes { get; init; } = "";

    public string LocationAnswer { get; init; } = "";
}

/// <param name="Refusal">Null: done.</param>
/// <param name="ForStaff">For members of the sub-account; empty if it succeeded.</param>
/// <param name="ForPublic">For whoever is in line; empty if it succeeded.</param>
public sealed record WaitingOutcome(Refusal? Refusal, StaffSentence ForStaff, PublicSentence ForPublic)
{
    public static readonly WaitingOutcome Done = new(null, new StaffSentence(""), new PublicSentence(""));

    public bool Succeeded => Refusal is null;

    /// <summary>A sentence that harms nobody is the same for both.</summary>
    public static WaitingOutcome Refused(Refusal refusal, PublicSentence sentence) => new(refusal, new StaffSentence(sentence.Text), sentence);

    public static WaitingOutcome Refused(Refusal refusal, StaffSentence forStaff) => new(refusal, forStaff, PublicRefusals.Of(refusal));
}

/// <summary>Somebody in line, as staff see them.</summary>
public sealed record WaitingPerson(WaitingId Id, string Name, string Email, DateTimeOffset? OfferedUntil);

/// <summary>One's own place in line.</summary>
/// <param name="Ahead">How many come first.</param>
public sealed record WaitingPosition(WaitingId Id, CalendarId CalendarId, DateTimeOffset Start, DateTimeOffset End, Booker Booker, int Ahead, DateTimeOffset? OfferedUntil);
