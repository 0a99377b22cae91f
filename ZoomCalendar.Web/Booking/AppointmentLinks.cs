using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Booking;

internal enum LinkPurpose
{
    Confirmed,
    Change,
    Cancel,
}

/// <summary>The personal links of one appointment. Each opens one page; a link that only shows cannot cancel.</summary>
internal sealed class AppointmentLinks(SignedTokens tokens)
{
    // Long enough to view the page after the appointment, and short enough that old messages open nothing.
    private static readonly TimeSpan AfterTheEnd = TimeSpan.FromDays(7);

    /// <param name="purpose">Which page.</param>
    /// <param name="id">The appointment.</param>
    /// <param name="end">Its end.</param>
    /// <param name="email">The booker's address, to which the link is bound.</param>
    public string Make(LinkPurpose purpose, AppointmentId id, DateTimeOffset end, string email) =>
        tokens.Sign(purpose.ToString(), $"{id}|{PersonalLink.HolderOf(email)}", end + AfterTheEnd);

    public PersonalLink? Read(LinkPurpose purpose, string token, DateTimeOffset now) =>
        tokens.Read(purpose.ToString(), token, now) is { IsExpired: false } read && read.Data.Split('|') is [var id, ..] parts
            && Guid.TryParse(id, out var value)
            ? new PersonalLink(new AppointmentId(value), parts.ElementAtOrDefault(1) ?? "")
            : null;
}
