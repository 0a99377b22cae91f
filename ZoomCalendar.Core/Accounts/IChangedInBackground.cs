namespace ZoomCalendar.Core.Accounts;

/// <summary>
/// A row that background services also change. A use case that loses such a race is retried on the new row instead of being refused.
/// </summary>
public interface IChangedInBackground;
