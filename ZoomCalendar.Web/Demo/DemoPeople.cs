namespace ZoomCalendar.Web.Demo;

internal sealed record DemoPerson(string Name, string Email, string About);

internal static class DemoPeople
{
    public const string Password = "Zoom-Calendar-1";

    public static readonly DemoPerson Ada = new("Ada Lindqvist", "ada@demo.test", "admin");
    public static readonly DemoPerson Ben = new("Ben Okafor", "ben@demo.test", "user, in two sub-accounts");
    public static readonly DemoPerson Cleo = new("Cleo Marchetti", "cleo@demo.test", "user");

    public static IReadOnlyList<DemoPerson> All { get; } = [Ada, Ben, Cleo];
}
