namespace ZoomCalendar.Web.Demo;

internal sealed record DemoPerson(string Name, string Email, string About);

internal static class DemoPeople
{
    public const string Password = "Zoom-Calendar-1";

    public const string AdaMail = "ada@demo.test";
    public const string BenMail = "ben@demo.test";
    public const string CleoMail = "cleo@demo.test";

    public static readonly DemoPerson Ada = new("Ada Lindqvist", AdaMail, "admin");
    public static readonly DemoPerson Ben = new("Ben Okafor", BenMail, "user, in two sub-accounts");
    public static readonly DemoPerson Cleo = new("Cleo Marchetti", CleoMail, "user");

    public static IReadOnlyList<DemoPerson> All { get; } = [Ada, Ben, Cleo];
}
