using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>Validates and normalizes the input of a booking.</summary>
public static class BookingInput
{
    private const int LongestMinutes = 24 * 60;
    private const int ShortestMinutes = 5;

    /// <summary>The first problem, as a sentence that says what to do; null if the input is valid.</summary>
    public static string? Problem(string title, string notes, Booker booker, int? lengthMinutes, string locationAnswer = "") => 0 switch
    {
        _ when StorableText.IsBlank(booker.Name) => "Enter the name of the person who is booked.",
        _ when booker.Name.Length > Booker.NameMaxLength => $"The name is too long: use at most {Booker.NameMaxLength} characters.",
        _ when title.Length > Appointment.TitleMaxLength => $"The title is too long: use at most {Appointment.TitleMaxLength} characters.",
        _ when notes.Length > Appointment.NotesMaxLength =>
            $"The notes are too long: use at most {Appointment.NotesMaxLength:N0} characters.",
        _ when booker.Email.Length > 0 && !EmailAddress.IsValid(booker.Email) =>
            "Enter an email address such as jo@example.com, or leave it empty.",
        _ when booker.Phone.Length > Booker.PhoneMaxLength =>
            $"The phone number is too long: use at most {Booker.PhoneMaxLength} characters.",
        _ when DateTimeZoneProviders.Tzdb.GetZoneOrNull(booker.TimeZone) is null => "Choose a time zone from the list.",
        _ when locationAnswer.Length > MeetingLocation.DetailMaxLength =>
            $"The meeting location is too long: use at most {MeetingLocation.DetailMaxLength} characters.",
        _ when lengthMinutes is < ShortestMinutes or > LongestMinutes =>
            "An appointment lasts 5 minutes to 24 hours. Choose an end after the start, within that range.",
        _ => null,
    };

    /// <summary>The booker as it is stored: cleaned and trimmed, with the name on one line.</summary>
    public static Booker Tidy(Booker booker) =>
        booker with
        {
            Name = StorableText.OneLine(booker.Name),
            Email = EmailAddress.Clean(booker.Email),
            Phone = StorableText.OneLine(booker.Phone),
        };

    /// <summary>The search text of an appointment, see <see cref="SearchKey"/>.</summary>
    public static string SearchTextOf(string title, Booker booker) => SearchKey.Of(title, booker.Name, booker.Email);

    /// <summary>The search text of a contact, see <see cref="SearchKey"/>.</summary>
    public static string SearchTextOf(Booker booker) => SearchKey.Of(booker.Name, booker.Email, booker.Phone);

    /// <summary>Text of several lines as it is stored: cleaned and trimmed.</summary>
    internal static string Text(string text) => StorableText.Clean(text).Trim();

    /// <summary>The title as typed, or the booker's name if the title is blank.</summary>
    internal static string TitleOf(string title, Booker booker) => StorableText.OneLine(StorableText.IsBlank(title) ? booker.Name : title);
}
