namespace ZoomCalendar.Core.Integrations;

/// <summary>A scope, and what it allows in words for the admin who selects it.</summary>
public sealed record TokenScope(string Name, string Meaning);

/// <summary>The scopes of API tokens. A write scope does not include reading.</summary>
public static class TokenScopes
{
    public const string ReadCalendars = "calendars.readonly";
    public const string WriteCalendars = "calendars.write";
    public const string ReadEvents = "calendars/events.readonly";
    public const string WriteEvents = "calendars/events.write";
    public const string ReadContacts = "contacts.readonly";
    public const string WriteContacts = "contacts.write";
    public const string ReadUsers = "users.readonly";
    public const string ReadZoom = "zoom.readonly";
    public const string ReadWebhooks = "webhooks.readonly";
    public const string WriteWebhooks = "webhooks.write";

    public static IReadOnlyList<TokenScope> All { get; } =
    [
        new(ReadCalendars, "See calendars and their free slots"),
        new(WriteCalendars, "Create, change and delete calendars"),
        new(ReadEvents, "See appointments, their Zoom links and history, and blocked times"),
        new(WriteEvents, "Book, change, cancel and delete appointments; block times"),
        new(ReadContacts, "See and search bookers"),
        new(WriteContacts, "Add, change and delete bookers"),
        new(ReadUsers, "See who is on the team"),
        new(ReadZoom, "See who is connected to Zoom, and the day's requests"),
        new(ReadWebhooks, "See webhooks and what was delivered"),
        new(WriteWebhooks, "Add and remove webhooks"),
    ];

    public static bool IsKnown(string scope) => All.Any(each => each.Name == scope);

    public static string Join(IEnumerable<string> scopes) => string.Join(' ', All.Select(each => each.Name).Intersect(scopes));

    public static IReadOnlySet<string> Split(string scopes) => scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet();
}
