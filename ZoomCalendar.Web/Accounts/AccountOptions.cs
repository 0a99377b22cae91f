namespace ZoomCalendar.Web.Accounts;

internal sealed record AccountOptions
{
    public const string SectionName = "Accounts";

    /// <summary>Whether strangers may register and so make a sub-account of their own. Not set: in Development only.</summary>
    public bool? AllowRegistration { get; set; }

    /// <summary>The account forms that one network address may send within ten minutes, in each process.</summary>
    public int FormsPerTenMinutes { get; init; } = 300;

    /// <summary>The wrong passwords from one network address within ten minutes.</summary>
    public int WrongPasswordsPerTenMinutes { get; init; } = 30;

    /// <summary>The messages that one network address may cause within an hour.</summary>
    public int MessagesPerHour { get; init; } = 60;

    /// <summary>The messages to one mailbox within an hour that anybody may cause.</summary>
    public int MessagesPerMailboxAndHour { get; init; } = 5;
}
