using System.Text.Json;
using System.Text.RegularExpressions;
using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Calendars;

/// <summary>
/// Validates the input of calendar settings. Each method returns the first problem in a sentence that says what to do. Null: valid.
/// </summary>
public static partial class CalendarInput
{
    public const int PasscodeMaxLength = 10;
    private const int MaxCutOffMinutes = 731 * 24 * 60;

    public static string? Problem(string name, string slug, string description, string timeZone) => 0 switch
    {
        _ when StorableText.IsBlank(name) => "Enter a name.",
        _ when name.Trim().Length > Calendar.NameMaxLength => $"The name is too long: use at most {Calendar.NameMaxLength} characters.",
        _ when name.Any(char.IsControl) => "The name must be one line.",
        _ when slug.Length is 0 or > Calendar.SlugMaxLength || !SlugPattern().IsMatch(slug) =>
            $"The address may hold small letters, digits and single hyphens, at most {Calendar.SlugMaxLength} of them, "
                + "such as \"intro-call\".",
        _ when Slug.IsReserved(slug) => $"The app's own pages use \"{slug}\" as an address. Choose another one, such as \"{slug}-calendar\".",
        _ when !StorableText.IsClean(name)
            || !StorableText.IsClean(description) => "The name or the description holds a character that cannot be stored. Type it again.",
        _ when description.Length > Calendar.DescriptionMaxLength =>
            $"The description is too long: use at most {Calendar.DescriptionMaxLength:N0} characters.",
        _ when DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) is null => "Choose a time zone from the list.",
        _ => null,
    };

    public static string? Problem(EditCalendar patch) =>
        Problem(patch.Name, patch.Slug, patch.Description, patch.TimeZone)
            ?? EmbedOrigins.Problem(patch.EmbedOrigins ?? "")
            ?? Reminders.Problem(patch.ReminderMinutes ?? "");

    public static IReadOnlyList<string> Problems(BookingRules rules)
    {
        List<string> problems =
        [
            .. SlotRules.Problems(
                Duration.FromMinutes(rules.LengthMinutes),
                Duration.FromMinutes(rules.IntervalMinutes),
                Duration.FromMinutes(rules.BufferBeforeMinutes),
                Duration.FromMinutes(rules.BufferAfterMinutes),
                Duration.FromMinutes(rules.MinimumNoticeMinutes),
                rules.HorizonDays,
                rules.Seats,
                rules.DayLimit),
        ];
        if (rules.CutOffMinutes is < 0 or > MaxCutOffMinutes)
        {
            problems.Add("The cancellation deadline must be 0 minutes to 2 years (731 days).");
        }

        return problems;
    }

    /// <summary>Validates a member's priority, which round robin reads.</summary>
    public static string? PriorityProblem(int? priority) => priority is >= 0 and <= 10 ? null : "A priority is a number from 0 to 10.";

    /// <summary>Validates hours in the form of <see cref="AvailabilityJson"/>. Null is valid.</summary>
    public static string? HoursProblem(string? hours)
    {
        try
        {
            _ = hours is null ? null : AvailabilityJson.Parse(hours);
            return null;
        }
        catch (JsonException)
        {
            return "These hours cannot be read. Enter times such as 09:00 to 17:00.";
        }
    }

    public static string? Problem(MeetingSettings settings) => 0 switch
    {
        _ when settings.Passcode.Length > PasscodeMaxLength => $"A passcode has at most {PasscodeMaxLength} characters.",
        _ when !PasscodePattern().IsMatch(settings.Passcode) => "A passcode may hold letters, digits and the signs @ - _ *.",
        _ when !Enum.IsDefined(settings.Recording) => "Choose how meetings are recorded from the list.",
        _ => null,
    };

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex SlugPattern();

    [GeneratedRegex(@"^[A-Za-z0-9@_*-]*\z")]
    private static partial Regex PasscodePattern();
}
