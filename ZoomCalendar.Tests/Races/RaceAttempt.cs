using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Tests.Races;

internal enum RaceVerb
{
    Book,
    Move,
    Cancel,
}

/// <summary>One request of a race, as it travels to the other process.</summary>
internal sealed record RaceAttempt(RaceVerb Verb, DateTimeOffset Start)
{
    /// <summary>What is booked.</summary>
    public Guid Calendar { get; init; }

    /// <summary>Who is asked for; null: the calendar chooses.</summary>
    public Guid? Host { get; init; }

    /// <summary>What is moved or cancelled.</summary>
    public Guid Appointment { get; init; }
}

/// <summary>The other process's share, and where it is run.</summary>
internal sealed record RaceShare(
    DatabaseProvider Provider, string ConnectionString, Guid SubAccount, Guid Admin, IReadOnlyList<RaceAttempt> Attempts);

/// <summary>The outcome. <see cref="Error"/> must always be empty.</summary>
internal sealed record RaceResult(bool Succeeded, Refusal? Refusal, string Message, string? Error);
