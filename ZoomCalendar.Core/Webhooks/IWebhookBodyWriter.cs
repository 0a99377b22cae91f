using ZoomCalendar.Core.Appointments;

namespace ZoomCalendar.Core.Webhooks;

/// <summary>Writes the JSON body of a delivery in the API's format.</summary>
public interface IWebhookBodyWriter
{
    string Write(WebhookType type, Guid delivery, AppointmentView appointment, DateTimeOffset at, DateTimeOffset now);
}
