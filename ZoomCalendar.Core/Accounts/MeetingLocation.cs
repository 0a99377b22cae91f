using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

/// <summary>The kinds of meeting locations. Stored as text.</summary>
public enum MeetingLocationKind
{
    AskTheBooker,
    Zoom,
    Phone,
    InPerson,
    Custom,
}

/// <summary>A meeting location: its kind and its detail (a phone number, an address, a link or text).</summary>
public sealed record MeetingLocation
{
    public const int DetailMaxLength = 500;

    public static readonly MeetingLocation Zoom = new(MeetingLocationKind.Zoom, "");
    public static readonly MeetingLocation AskTheBooker = new(MeetingLocationKind.AskTheBooker, "");

    /// <param name="kind">The kind of location.</param>
    /// <param name="detail">The phone number, address, link or text. Ignored for Zoom.</param>
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
