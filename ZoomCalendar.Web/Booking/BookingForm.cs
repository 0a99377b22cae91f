using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Booking;

/// <summary>The visitor's input as received. It is shown again after a refusal, so nothing is shortened here.</summary>
public sealed record BookingForm
{
    /// <summary>A honeypot field: people do not see it.</summary>
    public const string HoneypotField = "website";

    public string Token { get; init; } = "";

    public string Name { get; init; } = "";

    public string Email { get; init; } = "";

    public string Phone { get; init; } = "";

    public string Notes { get; init; } = "";

    public string Place { get; init; } = "";

    public bool IsFromProgram { get; init; }

    public static BookingForm Of(IFormCollection form) => new()
    {
        Token = Clean(form["token"]),
        Name = Clean(form["name"]),
        Email = Clean(form["email"]).Trim(),
        Phone = Clean(form["phone"]),
        Notes = Clean(form["notes"]),
        Place = Clean(form["place"]),
        IsFromProgram = form[HoneypotField].ToString().Length > 0,
    };

    public BookRequest ToRequest(PublicCalendar calendar, Instant start, UserId? host, string zone, Guid submitId) => new()
    {
        CalendarId = calendar.Id,
        HostId = calendar.Choice.Count > 0 ? host : null,
        Start = start.ToDateTimeOffset(),
        Notes = Notes,
        Booker = new Booker { Name = Name, Email = Email, Phone = Phone, TimeZone = zone },
        LocationAnswer = calendar.AsksWhere(host) ? Place : "",
        Source = BookingSource.Public,
        SubmitId = submitId,
    };

    public JoinRequest ToJoinRequest(PublicCalendar calendar, Instant start, string zone, Guid submitId) =>
        new(new WaitingId(submitId), calendar.Id, start.ToDateTimeOffset())
        {
            Notes = Notes,
            Booker = new Booker { Name = Name, Email = Email, Phone = Phone, TimeZone = zone },
            LocationAnswer = calendar.AsksWhere(null) ? Place : "",
        };

    // Control characters are removed for the database and for mail. Line breaks are kept.
    private static string Clean(string? text) => StorableText.Clean(text);

    /// <summary>
    /// The problems by field: what this page requires, and what <see cref="BookingInput"/> refuses. Empty if the form can be booked.
    /// </summary>
    public IReadOnlyDictionary<BookingField, PublicSentence> Problems(PublicCalendar calendar, UserId? host)
    {
        var problems = new Dictionary<BookingField, PublicSentence>();
        if (StorableText.IsBlank(Name))
        {
            problems[BookingField.Name] = new PublicSentence(PublicStrings.Loc["Enter your name."]);
        }

        if (Email.Length == 0)
        {
            problems[BookingField.Email] =
                new PublicSentence(PublicStrings.Loc["Enter your email address. The confirmation is sent to it."]);
        }

        if (calendar.Location?.Kind is MeetingLocationKind.AskTheBooker && calendar.AsksWhere(host) && StorableText.IsBlank(Place))
        {
            problems[BookingField.Place] =
                new PublicSentence(PublicStrings.Loc["Enter where you would like to meet: a phone number, an address or a link."]);
        }

        var booker = new Booker { Name = Name, Email = Email, Phone = Phone, TimeZone = calendar.TimeZone };
        foreach (var (field, sentence) in BookingInput.Problems("", Notes, booker, null, calendar.AsksWhere(host) ? Place : ""))
        {
            // Elsewhere an address can be left out.
            problems.TryAdd(field, new PublicSentence(
                field is BookingField.Email ? PublicStrings.Loc["Enter an email address such as jo@example.com."] : sentence));
        }

        return problems;
    }
}
