namespace ZoomCalendar.Core.Storage;

/// <summary>The one row that names this installation; part of the marker that our meetings carry in Zoom.</summary>
public sealed class Installation
{
    public int Id { get; init; } = 1;

    public required string InstallationId { get; set; }
}
