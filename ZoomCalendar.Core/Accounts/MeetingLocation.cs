using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

public enum MeetingLocationKind
{
    AskTheBooker,
    Zoom,
    Phone,
    InPerson,
    Custom,
}

/// <summary>Where a meeting takes place: the kind, and the detail it needs (a phone number, an address, a link or text).</summary>
public sealed record MeetingLocation
{
    public const int DetailMaxLength = 500;

    public static readonly MeetingLocation Zoom = new(MeetingLocationKind.Zoom, "");
    public static readonly MeetingLocation AskTheBooker = new(MeetingLocationKind.AskTheBooker, "");

    /// <param name="kind">What sort of place.</param>
    /// <param name="detail">The number, address, link or text; empty for Zoom.</param>
    public MeetingLocation(MeetingLocationKind kind, string detail)
    {
        if (detail.Length > DetailMaxLength)
        {
            throw new ArgumentException($"A meeting location's detail has at most {DetailMaxLength} characters.", nameof(detail));
        }

        Kind = kind;
        Detail = kind is MeetingLocationKind.Zoom ? "" : StorableText.Clean(detail).Trim();
    }

    public MeetingLocationKind Kind { get; private init; }

    public string Detail { get; private init; }

    public bool IsZoom => Kind is MeetingLocationKind.Zoom;
}
