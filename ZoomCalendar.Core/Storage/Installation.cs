namespace ZoomCalendar.Core.Storage;

/// <summary>The one row that names this installation; part of the marker that our meetings carry in Zoom.</summary>
public sealed class Installation
{
    public int Id { get; init; } = 1;

    public required string InstallationId { get; set; }

    /// <summary>When it was moved to another database, where it lives on; the app does not start on this one any more.</summary>
    public DateTimeOffset? MovedAt { get; init; }
}
