namespace ZoomCalendar.Core.Accounts;

/// <summary>What became of a change of settings: done, or a refusal in a sentence for the person who asked. Nothing changed if refused.</summary>
public sealed record ChangeOutcome
{
    public const string ChangedElsewhere = "Somebody else changed this in the meantime. Nothing of yours was saved; the present state is shown now.";

    private ChangeOutcome()
    {
    }

    public Refusal? Refusal { get; private init; }

    /// <summary>The refusal, or what is worth knowing although it was done.</summary>
    public string Message { get; private init; } = "";

    public bool Succeeded => Refusal is null;

    public static ChangeOutcome Done(string message = "") => new() { Message = message };

    public static ChangeOutcome NotFound(string message) => Refused(Accounts.Refusal.NotFound, message);

    public static ChangeOutcome Forbidden(string message) => Refused(Accounts.Refusal.Forbidden, message);

    public static ChangeOutcome Invalid(string message) => Refused(Accounts.Refusal.Invalid, message);

    public static ChangeOutcome Changed() => Refused(Accounts.Refusal.Changed, ChangedElsewhere);

    private static ChangeOutcome Refused(Refusal refusal, string message) => new() { Refusal = refusal, Message = message };
}
