using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Calendars;

/// <summary>Validates meeting locations, and describes them in words.</summary>
public static class LocationInput
{
    /// <summary>The problem in a sentence that says what to do. Null: valid. It does not check whether Zoom is connected.</summary>
    public static string? Problem(MeetingLocationKind kind, string detail) => kind switch
    {
        _ when !Enum.IsDefined(kind) => "Choose a meeting location from the list.",
        _ when detail.Trim().Length > MeetingLocation.DetailMaxLength =>
            $"That is too long: use at most {MeetingLocation.DetailMaxLength} characters.",
        MeetingLocationKind.Phone when StorableText.IsBlank(detail) => "Enter the phone number that is called.",
        MeetingLocationKind.InPerson when StorableText.IsBlank(detail) => "Enter the address to come to.",
        MeetingLocationKind.Custom when StorableText.IsBlank(detail) => "Enter the link or the words that say where to meet.",
        _ => null,
    };

    public static string? Problem(MeetingLocation location) => Problem(location.Kind, location.Detail);

    /// <summary>The name of the kind on screen.</summary>
    public static string NameOf(MeetingLocationKind kind) => kind switch
    {
        MeetingLocationKind.Zoom => "Zoom",
        MeetingLocationKind.Phone => "Phone",
        MeetingLocationKind.InPerson => "In person",
        MeetingLocationKind.Custom => "Custom",
        _ => "Ask the booker",
    };

    /// <summary>The kind and the detail in words.</summary>
    public static string Describe(MeetingLocation location) => location switch
    {
        { Kind: MeetingLocationKind.Zoom or MeetingLocationKind.AskTheBooker } or { Detail: "" } => NameOf(location.Kind),
        _ => $"{NameOf(location.Kind)}: {location.Detail}",
    };
}
