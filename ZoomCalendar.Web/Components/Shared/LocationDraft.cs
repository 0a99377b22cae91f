using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;

namespace ZoomCalendar.Web.Components.Shared;

/// <summary>A meeting location being edited, not validated.</summary>
public sealed record LocationDraft(MeetingLocationKind Kind, string Detail)
{
    public static LocationDraft Of(MeetingLocation location) => new(location.Kind, location.Detail);

    /// <summary>The sentence that names the problem. Null: it can be saved.</summary>
    public string? Problem => LocationInput.Problem(Kind, Detail);

    public MeetingLocation ToLocation() => new(Kind, Detail.Trim());
}
