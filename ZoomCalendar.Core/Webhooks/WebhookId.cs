namespace ZoomCalendar.Core.Webhooks;

/// <summary>One address that hears of changes.</summary>
public readonly record struct WebhookId(Guid Value) : ITypedId<WebhookId>
{
    public static WebhookId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static WebhookId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
