using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Booking;

/// <summary>What a personal link to a place in line opens, and to whom it was given: see <see cref="PersonalLink.Holder"/>.</summary>
internal readonly record struct WaitingListLink(WaitingId Id, string Holder);

/// <summary>The personal link to one's place in line; it opens a page, whose buttons do the rest.</summary>
internal sealed class WaitingListLinks(SignedTokens tokens)
{
    private const string Purpose = "Waiting";

    public string Make(WaitingId id, DateTimeOffset end, string email) => tokens.Sign(Purpose, $"{id}|{PersonalLink.HolderOf(email)}", end);

    public WaitingListLink? Read(string token, DateTimeOffset now) =>
        tokens.Read(Purpose, token, now) is { IsExpired: false } read && read.Data.Split('|') is [var id, ..] parts
            && Guid.TryParse(id, out var value)
            ? new WaitingListLink(new WaitingId(value), parts.ElementAtOrDefault(1) ?? "")
            : null;
}
