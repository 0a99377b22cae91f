namespace ZoomCalendar.Core.Accounts;

public enum Role
{
    User,
    Admin,
}
