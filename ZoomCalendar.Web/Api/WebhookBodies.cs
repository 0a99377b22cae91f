using System.Text.Json;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Webhooks;
using ZoomCalendar.Web.Api.Answers;

namespace ZoomCalendar.Web.Api;

/// <summary>Writes the bodies of webhooks in the format of the API's answers.</summary>
internal sealed class WebhookBodies : IWebhookBodyWriter
{
    public string Write(
        WebhookType type, Guid delivery, AppointmentView appointment, DateTimeOffset at, DateTimeOffset now) => JsonSerializer.Serialize(
        new Message(
            type.ToString(),
            appointment.Appointment.SubAccountId.ToString(),
            delivery.ToString(),
            ApiTime.Write(at),
            EventItem.Of(appointment, now),
            type is WebhookType.LinkChanged ? LinkItem.Of(appointment, now) : null),
        ApiJson.Options);

    private sealed record Message(
        string Type, string LocationId, string WebhookId, string Timestamp, EventItem Appointment, LinkItem? Link);
}
