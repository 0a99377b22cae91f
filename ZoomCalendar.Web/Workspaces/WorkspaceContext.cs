using NodaTime;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Workspaces;

/// <summary>
/// The context of a signed-in page, cascaded by the layout: the actor, the sub-account, and the zone in which times are shown.
/// The membership behind <see cref="Actor"/> is read again before each event of the page is handled (see <c>WorkspaceCircuitHandler</c>).
/// </summary>
public sealed record WorkspaceContext
{
    public required Actor Actor { get; init; }

    /// <summary>The sub-account's part of the URL.</summary>
    public required string Slug { get; init; }

    public required string SubAccountName { get; init; }

    public required UserId UserId { get; init; }

    public required string UserName { get; init; }

    public required string Email { get; init; }

    /// <summary>The user's zone: times are shown in it.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>All sub-accounts of this user, for the switcher.</summary>
    public required IReadOnlyList<SubAccountChoice> SubAccounts { get; init; }

    public SubAccountId SubAccountId => Actor.SubAccountId;

    public bool IsAdmin => Actor.IsAdmin;

    /// <summary>A page of this sub-account: <c>Url("profile/integrations")</c>.</summary>
    public string Url(string path) => AppUrls.In(Slug, path);
}

public sealed record SubAccountChoice(string Slug, string Name);
