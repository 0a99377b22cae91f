namespace ZoomCalendar.Web.Workspaces;

/// <summary>Marks a page for admins; other users see the "forbidden" page. The use cases check the role again.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class AdminOnlyAttribute : Attribute;
