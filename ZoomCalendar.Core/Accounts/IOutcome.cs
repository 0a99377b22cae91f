namespace ZoomCalendar.Core.Accounts;

/// <summary>The outcome of a use case that may be refused.</summary>
public interface IOutcome
{
    /// <summary>Null: done.</summary>
    Refusal? Refusal { get; }
}
