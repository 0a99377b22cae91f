namespace ZoomCalendar.Core.Ids;

public enum Role
{
    User,
    Admin,
}
