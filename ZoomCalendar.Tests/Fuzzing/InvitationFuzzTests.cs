using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Mail;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Mail;
using static ZoomCalendar.Tests.Fuzzing.HostileText;

namespace ZoomCalendar.Tests.Fuzzing;

/// <summary>
/// Whatever names, notes and links hold: an independent parser reads one event in the invitation, with the facts that went in.
/// </summary>
public sealed class InvitationFuzzTests
{
    private const int Batches = 4;
    private const int Each = 50;

    private static readonly DateTimeOffset Now = TestTenant.Monday;

    [PythonIcalendarFact]
    public Task Invitations_made_of_random_text_are_read_by_an_independent_parser() => Fuzz.RunAsync(Batches, random =>
        // One run of the parser reads many.
        new FuzzInput("invitations", [.. Enumerable.Range(0, Each).SelectMany(index => Fields.Select(
            field => new FuzzPart($"{index} {field}", random.Next(2) == 0 ? Next(random) : field, field)))]), async input =>
    {
        var made = input.Parts.Chunk(Fields.Length).Select(parts => Make([.. parts.Select(part => part.Value)])).ToList();
        var odd = made.Select(each => StructureFault(each.Text)).FirstOrDefault(fault => fault is not null);
        if (odd is not null)
        {
            return odd;
        }

        try
        {
            var read = await PythonIcalendar.ReadAsync([.. made.Select(each => each.Text)]);
            return read.Zip(made).Where(pair => pair.First.Start != Start || pair.First.End != Start.AddMinutes(30)
                || pair.First.Uid != $"{pair.Second.Id}@book.example.test").Select(pair => $"read as {pair.First}").FirstOrDefault();
        }
        catch (Exception fault)
        {
            return fault.Message;
        }
    });

    private static readonly string[] Fields =
        ["name", "notes", "place", "business", "calendar", "description", "host", "link", "passcode", "jo@example.test", "ben@demo.test"];

    private static DateTimeOffset Start => Now.AddDays(4);

    private static (string Text, AppointmentId Id) Make(string[] values)
    {
        var slot = new Slot(CalendarId.New(Now), UserId.New(Now), Start);
        var appointment = new Appointment(AppointmentId.New(Now), SubAccountId.New(Now), slot, Start.AddMinutes(30), Now)
        {
            Title = values[0],
            Booker = new Booker { Name = values[0], Email = values[9], TimeZone = "Europe/Vienna" },
            Location = new MeetingLocation(
                MeetingLocationKind.InPerson, StorableText.Shorten(values[2], MeetingLocation.DetailMaxLength)),
            Notes = values[1],
            TimeZone = "Europe/Vienna",
        };
        var facts = new MessageFacts
        {
            Appointment = appointment,
            Link = values[7] == "link" ? LinkFacts.None : new LinkFacts(LinkState.Ready, values[7]) { MeetingId = 1, Passcode = values[8] },
            Business = values[3],
            CalendarName = values[4],
            CalendarDescription = values[5],
            CalendarTimeZone = "Europe/Vienna",
            HostName = values[6],
            HostEmail = values[10],
            Sequence = 7,
        };
        var text = CalendarInvitation.Of(facts, CalendarInvitation.Request, "book.example.test", "no-reply@book.example.test", Now);
        return (text, appointment.Id);
    }

    // What text could add if it were not text.
    private static string? StructureFault(string invitation)
    {
        var lines = invitation.ReplaceLineEndings("\n").Replace("\n ", "", StringComparison.Ordinal).Split('\n');
        string[] once = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR", "UID:", "METHOD:", "SUMMARY:", "ORGANIZER;"];
        foreach (var start in once)
        {
            if (lines.Count(line => line.StartsWith(start, StringComparison.Ordinal)) != 1)
            {
                return $"not one {start} in\n{invitation}";
            }
        }

        return lines.Count(line => line.StartsWith("ATTENDEE", StringComparison.Ordinal)) > 1 ? $"two attendees in\n{invitation}" : null;
    }
}
