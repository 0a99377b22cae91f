namespace ZoomCalendar.Web.Demo;

/// <param name="IsOn">Setting <c>Demo:Enabled</c>; on by default in Development, never in Production.</param>
internal sealed record DemoOptions(bool IsOn);
