namespace ZoomCalendar.Core.Accounts;

/// <summary>The outcome of a change of settings: done, or a refusal with a sentence for the user. A refusal changed nothing.</summary>
public sealed record ChangeOutcome : IOutcome
{
    public const string ChangedElsewhere =
        "Somebody else changed this in the meantime. Your changes were not saved; the current state is shown now.";

    private ChangeOutcome()
    {
    }

    public Refusal? Refusal { get; private init; }

    /// <summary>The sentence of the refusal, or a hint about a change that was made. May be empty.</summary>
    public string Message { get; private init; } = "";

    public bool Succeeded => Refusal is null;

    /// <summary>The change was made.</summary>
    public static ChangeOutcome Done(string message = "") => new() { Message = message };

    public static ChangeOutcome NotFound(string message) => Refused(Accounts.Refusal.NotFound, message);

    public static ChangeOutcome Forbidden(string message) => Refused(Accounts.Refusal.Forbidden, message);

    public static ChangeOutcome Invalid(string message) => Refused(Accounts.Refusal.Invalid, message);

    /// <summary>Refused because the version that the user saw is outdated.</summary>
    public static ChangeOutcome Changed() => Refused(Accounts.Refusal.Changed, ChangedElsewhere);

    /// <summary>Refused because the user has to prove afresh who they are.</summary>
    public static ChangeOutcome ProofNeeded() => Refused(Accounts.Refusal.ProofNeeded, FreshProof.Needed);

    private static ChangeOutcome Refused(Refusal refusal, string message) => new() { Refusal = refusal, Message = message };
}
