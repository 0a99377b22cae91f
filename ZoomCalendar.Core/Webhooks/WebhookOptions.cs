namespace ZoomCalendar.Core.Webhooks;

/// <summary>Settings of outgoing webhooks.</summary>
public sealed record WebhookOptions
{
    public const string SectionName = "Webhooks";

    /// <summary>Lets loopback and private addresses and plain http be told, for trying things out. Development only.</summary>
    public bool AllowPrivateAddresses { get; set; }
}
