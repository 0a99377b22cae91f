using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Messages;

/// <summary>
/// The senders of messages that a process has in flight. Messages of one sub-account are sent one after the other, in order. Messages about
/// people's own accounts, which belong to no sub-account, are sent a few at a time.
/// </summary>
public sealed record BusySenders(IReadOnlyList<SubAccountId> SubAccounts, bool AreAccountsBusy)
{
    /// <summary>No message is in flight.</summary>
    public static readonly BusySenders None = new([], AreAccountsBusy: false);

    private const int MaxAccountMessages = 3;

    /// <summary>The senders of the given messages.</summary>
    public static BusySenders With(IReadOnlyCollection<Message> inFlight) =>
        new(
            [.. inFlight.Select(message => message.SubAccountId).OfType<SubAccountId>()],
            inFlight.Count(message => message.SubAccountId is null) >= MaxAccountMessages);
}
