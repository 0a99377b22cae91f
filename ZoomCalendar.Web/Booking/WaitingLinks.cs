using ZoomCalendar.Core.Waiting;

namespace ZoomCalendar.Web.Booking;

/// <summary>The personal link to one's place in line; it opens a page, whose buttons do the rest.</summary>
internal sealed class WaitingLinks(SignedTokens tokens)
{
    private const string Purpose = "Waiting";

    public string Make(WaitingId id, DateTimeOffset end) => tokens.Sign(Purpose, id.ToString(), end);

    public WaitingId? Read(string token, DateTimeOffset now) =>
        tokens.Read(Purpose, token, now) is { IsExpired: false } read && Guid.TryParse(read.Data, out var id) ? new WaitingId(id) : null;
}
