using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>A field of the input of a booking.</summary>
public enum BookingField
{
    Name,
    Title,
    Notes,
    Email,
    Phone,
    TimeZone,
    Place,
    Length,
}

/// <summary>Validates and normalizes the input of a booking.</summary>
public static class BookingInput
{
    private const int LongestMinutes = 24 * 60;
    private const int ShortestMinutes = 5;

    /// <summary>The first problem, as a sentence that says what to do; null if the input is valid.</summary>
    public static string? Problem(string title, string notes, Booker booker, int? lengthMinutes, string locationAnswer = "") =>
        Problems(title, notes, booker, lengthMinutes, locationAnswer).Select(problem => problem.Sentence).FirstOrDefault();

    /// <summary>All problems, at most one of each field, as sentences that say what to do; empty if the input is valid.</summary>
    public static IEnumerable<(BookingField Field, string Sentence)> Problems(
        string title, string notes, Booker booker, int? lengthMinutes, string locationAnswer = "")
    {
        if (StorableText.IsBlank(booker.Name))
        {
            yield return (BookingField.Name, "Enter the name of the person who is booked.");
        }

        if (booker.Name.Length > Booker.NameMaxLength)
        {
            yield return (BookingField.Name, $"The name is too long: use at most {Booker.NameMaxLength} characters.");
        }

        if (title.Length > Appointment.TitleMaxLength)
        {
            yield return (BookingField.Title, $"The title is too long: use at most {Appointment.TitleMaxLength} characters.");
        }

        if (notes.Length > Appointment.NotesMaxLength)
        {
            yield return (BookingField.Notes, $"The notes are too long: use at most {Appointment.NotesMaxLength:N0} characters.");
        }

        if (booker.Email.Length > 0 && !EmailAddress.IsValid(booker.Email))
        {
            yield return (BookingField.Email, "Enter an email address such as jo@example.com, or leave it empty.");
        }

        if (booker.Phone.Length > Booker.PhoneMaxLength)
        {
            yield return (BookingField.Phone, $"The phone number is too long: use at most {Booker.PhoneMaxLength} characters.");
        }

        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(booker.TimeZone) is null)
        {
            yield return (BookingField.TimeZone, "Choose a time zone from the list.");
        }

        if (locationAnswer.Length > MeetingLocation.DetailMaxLength)
        {
            yield return (
                BookingField.Place,
                $"The meeting location is too long: use at most {MeetingLocation.DetailMaxLength} characters.");
        }

        if (lengthMinutes is < ShortestMinutes or > LongestMinutes)
        {
            yield return (
                BookingField.Length,
                "An appointment lasts 5 minutes to 24 hours. Choose an end after the start, within that range.");
        }
    }

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
