using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Mail;

/// <summary>A message's name in the world, the same on every attempt; and the invitations'.</summary>
internal sealed class MessageIds(PublicUrl publicUrl)
{
    public string Of(Guid message) => $"{message:N}@{Host}";

    public string Host => publicUrl.HostName;
}
