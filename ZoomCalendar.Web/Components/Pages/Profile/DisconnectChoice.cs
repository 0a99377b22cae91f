namespace ZoomCalendar.Web.Components.Pages.Profile;

public enum DisconnectChoice
{
    Stay,

    /// <summary>When the deletions that wait have been sent.</summary>
    AfterDeletions,
    Now,
}
