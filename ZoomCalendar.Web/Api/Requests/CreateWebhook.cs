using ZoomCalendar.Core.Webhooks;

namespace ZoomCalendar.Web.Api.Requests;

/// <summary>Where to send what.</summary>
internal sealed record CreateWebhook : RequestBody
{
    /// <summary>Public, https.</summary>
    public string? Url { get; init; }

    /// <summary>AppointmentCreate, AppointmentUpdate, AppointmentDelete, LinkChanged; missing: all of them.</summary>
    public IReadOnlyList<string?>? Events { get; init; }

    public override IEnumerable<string> Problems() =>
    [
        .. Required("url", Url),
        .. (Events ?? []).All(name => Enum.GetNames<WebhookType>().Contains(name))
            ? Array.Empty<string>()
            : [$"each value in events must be one of the following values: {string.Join(", ", Enum.GetNames<WebhookType>())}"],
    ];
}
