namespace ZoomCalendar.Web.Workspaces;

/// <summary>On a page: users without the admin role get a "forbidden" page instead. The use cases behind it check for themselves.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class AdminOnlyAttribute : Attribute;
