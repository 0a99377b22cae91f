using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Appointments.Contacts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Web.Api.Requests;

namespace ZoomCalendar.Web.Api.Endpoints;

/// <summary>Books for a program: maps the platform's fields to a booking.</summary>
internal sealed class AppointmentCommands(AppointmentBook book, ContactBook contacts, IDbContextFactory<ZoomCalendarContext> contexts)
{
    public async Task<(AppointmentId? Id, ApiResult? Refused)> BookAsync(CreateAppointment body, Guid? submitId, ApiCall call)
    {
        await using var db = await contexts.CreateDbContextAsync(call.Cancel);
        var id = Ids.Calendar(body.CalendarId);
        var calendar = await db.Calendars.AsNoTracking().Include(row => row.Members)
            .FirstOrDefaultAsync(row => row.Id == id && row.SubAccountId == call.SubAccount, call.Cancel);
        if (calendar is null)
        {
            return (null, ApiResult.NotFound("Calendar not found"));
        }

        var host = Ids.UserOrNone(body.AssignedUserId);
        if (host is { } assigned && calendar.Member(assigned) is null)
        {
            return (null, ApiResult.NotFound("assignedUserId is not on this calendar's team"));
        }

        if (await contacts.FindAsync(Ids.Read(body.ContactId), call.SubAccount, call.Cancel) is not { } contact)
        {
            return (null, ApiResult.NotFound("Contact not found"));
        }

        var places = PlacesOf(calendar, host);
        if (WhyNotThere(body, places) is { } elsewhere)
        {
            return (null, ApiResult.Unprocessable(elsewhere));
        }

        var start = body.Start!.Value;
        var outcome = await book.BookAsync(
            new BookRequest
            {
                CalendarId = id,
                HostId = host,
                Start = start,
                LengthMinutes = body.End is { } end ? MinutesBetween(start, end) : null,
                Title = body.Title ?? "",
                Notes = body.Description ?? "",
                Booker = contact.Booker,
                ContactId = contact.Id,
                Status = Names.Status(body.AppointmentStatus) ?? AppointmentStatus.Confirmed,
                LocationAnswer = body.Address ?? "",
                Source = BookingSource.Api,
                Override = body.Override,
                SubmitId = submitId,
            },
            call.Actor,
            call.Now,
            call.Cancel);
        return outcome.Succeeded ? (outcome.AppointmentId, null) : (null, ApiErrors.Of(outcome, ApiTime.ZoneOf(calendar.TimeZone)));
    }

    /// <summary>A requested location other than the calendar's is refused, not ignored.</summary>
    public static string? WhyNotThere(AppointmentBody body, IReadOnlyList<MeetingLocation> places)
    {
        var wanted = body.MeetingLocationType;
        var asks = places.Any(place => place.Kind is MeetingLocationKind.AskTheBooker);
        if (wanted is { Length: > 0 } and not "default"
            && !(asks && wanted is "custom" or "address" or "phone")
            && places.All(place => Names.AppointmentKind(place.Kind) != wanted))
        {
            return $"meetingLocationType {wanted} is not where this calendar's meetings take place ({Kinds(places)}). Change the calendar's locationConfigurations instead.";
        }

        return body.Address is { Length: > 0 } address && !asks && places.All(place => place.Detail != address)
            ? $"address cannot be chosen: this calendar's meetings take place elsewhere ({Kinds(places)})."
            : null;
    }

    public static IReadOnlyList<MeetingLocation> PlacesOf(Calendar calendar, UserId? host) =>
        host is not null || calendar.Type is CalendarType.Event or CalendarType.Collective || calendar.Members.Count == 0
            ? [calendar.LocationOf(host)]
            : [.. calendar.Members.Select(member => member.Location)];

    /// <summary>Whole minutes, validated before. The appointment book refuses lengths that are too long.</summary>
    public static int MinutesBetween(DateTimeOffset start, DateTimeOffset end) => (int)Math.Clamp((end - start).TotalMinutes, 0, 100_000);

    private static string Kinds(IReadOnlyList<MeetingLocation> places) =>
        string.Join(", ", places.Select(place => Names.AppointmentKind(place.Kind)).Distinct());
}
