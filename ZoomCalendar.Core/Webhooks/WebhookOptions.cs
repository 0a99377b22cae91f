namespace ZoomCalendar.Core.Webhooks;

/// <summary>Settings of outgoing webhooks.</summary>
public sealed record WebhookOptions
{
    public const string SectionName = "Webhooks";

    /// <summary>Allows loopback and private addresses and plain http. For Development only.</summary>
    public bool AllowPrivateAddresses { get; set; }
}
