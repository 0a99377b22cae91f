using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Messages;

/// <summary>
/// For whom a process is sending at the moment. A sub-account's messages leave one after the other, in their order; those about people's own accounts, which belong
/// to no sub-account, a few side by side.
/// </summary>
public sealed record BusySenders(IReadOnlyList<SubAccountId> SubAccounts, bool AreAccountsBusy)
{
    public static readonly BusySenders None = new([], AreAccountsBusy: false);

    private const int MaxAccountMessages = 3;

    public static BusySenders With(IReadOnlyCollection<Message> inFlight) =>
        new([.. inFlight.Select(message => message.SubAccountId).OfType<SubAccountId>()], inFlight.Count(message => message.SubAccountId is null) >= MaxAccountMessages);
}
