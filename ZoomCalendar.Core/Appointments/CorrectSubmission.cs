using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// A visitor booked, went back, changed what they had typed and sent the form again for the same slot. Under the same address the booking
/// takes the new content. Another address is another booking where a seat is left; where none is, it stands in the first one's place. That
/// one is cancelled: whoever got its messages has no link to the meeting of somebody else.
/// </summary>
internal static class CorrectSubmission
{
    /// <returns>What the form booked before, if it is still in that slot.</returns>
    public static async Task<Appointment?> FindFormerAsync(BookingScope scope, BookRequest request)
    {
        if (request.Source is not BookingSource.Public || request.Former is not { } id)
        {
            return null;
        }

        var start = request.Start.ToUniversalTime();
        var former = await scope.Db.Appointments.FirstOrDefaultAsync(
            row => row.Id == id && row.SubAccountId == scope.Actor.SubAccountId && row.CalendarId == request.CalendarId && row.Start == start, scope.CancellationToken);
        return former is { IsActive: true } ? former : null;
    }

    public static bool IsSamePerson(Appointment former, BookRequest request) => former.NormalizedEmail == EmailAddress.Key(request.Booker.Email);

    /// <summary>The booking keeps its time, its host and its link.</summary>
    public static async Task<BookingOutcome> EditAsync(BookingScope scope, Appointment former, BookRequest request)
    {
        var (booker, notes) = (BookingInput.Tidy(request.Booker), BookingInput.Text(request.Notes));
        var location = former.Location.Kind is MeetingLocationKind.AskTheBooker ? new MeetingLocation(former.Location.Kind, request.LocationAnswer) : former.Location;
        if (former.Booker == booker && former.Notes == notes && former.Location == location)
        {
            return BookingOutcome.Done(former.Id);
        }

        // A title of staff's own stays.
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

    /// <returns>The seats that stand in nobody's way now: the freed one goes to the same visitor, not to the waiting list.</returns>
    public static async Task<IReadOnlyList<AppointmentId>> CancelAsync(BookingScope scope, Appointment former)
    {
        await EndAppointment.EndAsync(scope, former, AppointmentStatus.Cancelled);
        return (await scope.Db.WaitingListAsync(former.CalendarId, former.Start, scope.CancellationToken)).SeatsOfWaiting();
    }
}
