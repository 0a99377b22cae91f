using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Calendars;

/// <summary>A meeting location as somebody chose it, checked, and in words.</summary>
public static class LocationInput
{
    /// <summary>What is wrong, in a sentence that says what to do; null: usable as far as it goes without knowing whose it is.</summary>
    public static string? Problem(MeetingLocationKind kind, string detail) => kind switch
    {
        _ when !Enum.IsDefined(kind) => "Choose a meeting location from the list.",
        _ when detail.Trim().Length > MeetingLocation.DetailMaxLength => $"That is too long: use at most {MeetingLocation.DetailMaxLength} characters.",
        MeetingLocationKind.Phone when StorableText.IsBlank(detail) => "Enter the phone number that is called.",
        MeetingLocationKind.InPerson when StorableText.IsBlank(detail) => "Enter the address to come to.",
        MeetingLocationKind.Custom when StorableText.IsBlank(detail) => "Enter the link or the words that say where to meet.",
        _ => null,
    };

    public static string? Problem(MeetingLocation location) => Problem(location.Kind, location.Detail);

    public static string NameOf(MeetingLocationKind kind) => kind switch
    {
        MeetingLocationKind.Zoom => "Zoom",
        MeetingLocationKind.Phone => "Phone",
        MeetingLocationKind.InPerson => "In person",
        MeetingLocationKind.Custom => "Custom",
        _ => "Ask the booker",
    };

    public static string Describe(MeetingLocation location) => location switch
    {
        { Kind: MeetingLocationKind.Zoom or MeetingLocationKind.AskTheBooker } or { Detail: "" } => NameOf(location.Kind),
        _ => $"{NameOf(location.Kind)}: {location.Detail}",
    };
}
