namespace ZoomCalendar.Web.Accounts;

internal sealed record AccountOptions
{
    public const string SectionName = "Accounts";

    /// <summary>Whether strangers may register and so make a sub-account of their own. Not set: in Development only.</summary>
    public bool? AllowRegistration { get; set; }
}
