using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Connect;

/// <summary>Names the resource file of this folder's sentences.</summary>
internal sealed class ConnectStrings
{
    public static ResourceTexts Loc { get; } = new(typeof(ConnectStrings));
}
