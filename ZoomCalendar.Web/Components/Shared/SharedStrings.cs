using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Components.Shared;

/// <summary>Names the resource file of this folder's sentences.</summary>
internal sealed class SharedStrings
{
    /// <summary>For static members, which get no localizer.</summary>
    public static ResourceTexts Loc { get; } = new(typeof(SharedStrings));
}
