using ZoomCalendar.Core.Appointments;

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
    // Long enough to look back at a page after the appointment, short enough that an old mail opens nothing.
    private static readonly TimeSpan AfterTheEnd = TimeSpan.FromDays(7);

    public string Make(LinkPurpose purpose, AppointmentId id, DateTimeOffset end) => tokens.Sign(purpose.ToString(), id.ToString(), end + AfterTheEnd);

    public AppointmentId? Read(LinkPurpose purpose, string token, DateTimeOffset now) =>
        tokens.Read(purpose.ToString(), token, now) is { IsExpired: false } read && Guid.TryParse(read.Data, out var id) ? new AppointmentId(id) : null;
}
