namespace ZoomCalendar.Core.Ids;

/// <summary>A member's role in a sub-account. Stored as text.</summary>
public enum Role
{
    User,
    Admin,
}
