using ZoomCalendar.Core.Connections;

namespace ZoomCalendar.Web.Components.Pages.Profile;

public enum ZoomCardState
{
    NotConnected,
    Connected,
    ReconnectNeeded,
    ApprovalWithdrawn,
}

/// <summary>A user's Zoom connection in one sub-account, as its card shows it.</summary>
public sealed record ZoomCardView(
    ZoomCardState State, string Email = "", string Name = "", DateTimeOffset? Since = null, string? Reason = null)
{
    public static readonly ZoomCardView NotConnected = new(ZoomCardState.NotConnected);

    /// <summary>Not connected: when the user last went to Zoom without returning.</summary>
    public DateTimeOffset? WentToZoomAt { get; init; }

    /// <summary>Other profiles use the same Zoom account. Their names are not shown to this user.</summary>
    public bool IsShared { get; init; }

    /// <summary>The connection ends after this number of deletions. Null: it does not end.</summary>
    public int? EndsAfterDeletions { get; init; }

    public static ZoomCardState StateOf(ZoomAccountState state) => state switch
    {
        ZoomAccountState.Connected => ZoomCardState.Connected,
        ZoomAccountState.ApprovalWithdrawn => ZoomCardState.ApprovalWithdrawn,
        _ => ZoomCardState.ReconnectNeeded,
    };
}
