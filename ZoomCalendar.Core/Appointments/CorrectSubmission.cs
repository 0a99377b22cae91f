using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// Handles a visitor who booked, went back, changed the form and sent it again for the same slot. Under the same address the booking takes
/// the new content. Another address is another booking if a seat is left, and otherwise replaces the first one, which is cancelled: its
/// address must not keep a link to another person's meeting.
/// </summary>
internal static class CorrectSubmission
{
    /// <summary>Finds what the form booked before, if it is still active in that slot; otherwise null.</summary>
    public static async Task<Appointment?> FindFormerAsync(BookingScope scope, BookRequest request)
    {
        if (request.Source is not BookingSource.Public || request.Former is not { } id)
        {
            return null;
        }

        var start = request.Start.ToUniversalTime();
        var former = await scope.Db.Appointments.FirstOrDefaultAsync(
            row => row.Id == id && row.SubAccountId == scope.Actor.SubAccountId && row.CalendarId == request.CalendarId
                && row.Start == start, scope.CancellationToken);
        return former is { IsActive: true } ? former : null;
    }

    public static bool IsSamePerson(Appointment former, BookRequest request) =>
        former.NormalizedEmail == EmailAddress.Key(request.Booker.Email);

    /// <summary>Updates the booking. It keeps its time, host and link.</summary>
    public static async Task<BookingOutcome> EditAsync(BookingScope scope, Appointment former, BookRequest request)
    {
        var (booker, notes) = (BookingInput.Tidy(request.Booker), BookingInput.Text(request.Notes));
        var location = former.Location.Kind is MeetingLocationKind.AskTheBooker
            ? new MeetingLocation(former.Location.Kind, request.LocationAnswer)
            : former.Location;
        if (former.Booker == booker && former.Notes == notes && former.Location == location)
        {
            return BookingOutcome.Done(former.Id);
        }

        // A title given by staff stays.
        former.Title = former.Title == former.Booker.Name ? booker.Name : former.Title;
        scope.ChangeBooker(former, booker);
        (former.Notes, former.Location) = (notes, location);
        former.Touch(scope.Now);
        if (former.UsesZoom)
        {
            await scope.Meetings.ContentChangedAsync(former);
        }

        scope.Record(EventKind.AppointmentEdited, former);
        return BookingOutcome.Done(former.Id);
    }

    /// <summary>Cancels the former booking in favor of the new one.</summary>
    /// <returns>The reserved seats to ignore: the freed seat goes to the same visitor, not to the waiting list.</returns>
    public static async Task<IReadOnlyList<AppointmentId>> CancelAsync(BookingScope scope, Appointment former)
    {
        await EndAppointment.EndAsync(scope, former, AppointmentStatus.Cancelled);
        return (await scope.Db.WaitingListAsync(former.CalendarId, former.Start, scope.CancellationToken)).SeatsOfWaiting();
    }
}
