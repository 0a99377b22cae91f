namespace ZoomCalendar.Core.Accounts;

/// <summary>How many attempts are allowed within a window that begins with the first one.</summary>
/// <param name="Name">What is counted.</param>
/// <param name="Max">The attempts allowed in one window.</param>
/// <param name="Window">The length of the window.</param>
/// <param name="IsExtended">True: each allowed attempt begins the window anew, so that the last one is followed by a whole pause.</param>
public sealed record AttemptLimit(string Name, int Max, TimeSpan Window, bool IsExtended = false);
