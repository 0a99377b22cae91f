using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Mail;

/// <summary>Creates the Message-ID of a message, which is the same on every attempt, and the host part of invitations' UIDs.</summary>
internal sealed class MessageIds(PublicUrl publicUrl)
{
    public string Of(Guid message) => $"{message:N}@{Host}";

    public string Host => publicUrl.HostName;
}
