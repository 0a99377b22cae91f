namespace ZoomCalendar.Core.Storage;

/// <summary>The single row that identifies this installation. Its id is part of the marker in the agenda of our Zoom meetings.</summary>
public sealed class Installation
{
    public int Id { get; init; } = 1;

    public required string InstallationId { get; set; }

    /// <summary>When the installation was moved to another database. The app no longer starts on this one. Null: not moved.</summary>
    public DateTimeOffset? MovedAt { get; init; }

    /// <summary>
    /// The key of keyed hashes, encrypted with the master key: see <see cref="Keys.HashKey"/>. Null: the master key was never rotated.
    /// </summary>
    public string? WrappedHashKey { get; set; }
}
