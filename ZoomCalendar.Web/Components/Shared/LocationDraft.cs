using ZoomCalendar.Core.Accounts;

namespace ZoomCalendar.Web.Components.Shared;

/// <summary>A meeting location being edited, not validated.</summary>
public sealed record LocationDraft(MeetingLocationKind Kind, string Detail)
{
    public static LocationDraft Of(MeetingLocation location) => new(location.Kind, location.Detail);

    public MeetingLocation ToLocation() => new(Kind, Detail.Trim());
}
