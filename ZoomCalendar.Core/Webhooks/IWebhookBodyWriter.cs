using ZoomCalendar.Core.Appointments;

namespace ZoomCalendar.Core.Webhooks;

/// <summary>Writes what is sent, in the words of the API.</summary>
public interface IWebhookBodyWriter
{
    string Write(WebhookType type, Guid delivery, AppointmentView appointment, DateTimeOffset at, DateTimeOffset now);
}
