namespace ZoomCalendar.Web.Components.Pages.Profile;

public enum DisconnectChoice
{
    Stay,

    /// <summary>After the pending deletions have been sent.</summary>
    AfterDeletions,
    Now,
}
