namespace ZoomCalendar.Core.Accounts;

/// <summary>
/// A row that background work changes too. A use case that loses the race to it is repeated on the fresh row instead of being refused.
/// </summary>
public interface IChangedInBackground;
