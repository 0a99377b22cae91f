using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Booking;

/// <summary>The waiting list place of a personal link and its holder: see <see cref="PersonalLink.Holder"/>.</summary>
internal readonly record struct WaitingListLink(WaitingId Id, string Holder);

/// <summary>Creates and reads the personal link of a waiting list place.</summary>
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
