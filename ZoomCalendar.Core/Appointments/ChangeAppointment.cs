namespace ZoomCalendar.Core.Appointments;

/// <summary>Several use cases on one appointment in one transaction: all or none. Each sees the result of the one before.</summary>
internal static class ChangeAppointment
{
    public static async Task<BookingOutcome> ChangeAsync(BookingScope scope, ChangeRequest request)
    {
        // It may be a move or a restoration, so the calendar is locked before any user.
        await scope.LockForMoveAsync(request.Id);
        var (appointment, refused) = await scope.FindForChangeAsync(request.Id, request.Version);
        if (appointment is null)
        {
            return refused!;
        }

        foreach (var step in Steps(scope, appointment, request))
        {
            var outcome = await step();
            if (!outcome.Succeeded)
            {
                return outcome;
            }

            await scope.Db.SaveChangesAsync(scope.CancellationToken);
        }

        return BookingOutcome.Done(appointment.Id);
    }

    private static IEnumerable<Func<Task<BookingOutcome>>> Steps(BookingScope scope, Appointment appointment, ChangeRequest request)
    {
        var id = appointment.Id;
        var isRestored = request.Status is { } wanted && wanted.IsActive() && !appointment.IsActive;
        var start = request.Start ?? appointment.Start;
        var minutes = (int)Math.Clamp(((request.End ?? start + appointment.Length) - start).TotalMinutes, 0, int.MaxValue);
        if (start != appointment.Start || (request.HostId is { } host && host != appointment.HostId))
        {
            var otherLength = minutes == (int)appointment.Length.TotalMinutes ? (int?)null : minutes;
            yield return () => MoveAppointment.MoveAsync(
                scope,
                new MoveRequest(id, null, start) { HostId = request.HostId, LengthMinutes = otherLength, Override = request.Override },
                isRestored: isRestored);
        }

        if (isRestored)
        {
            yield return () => EndAppointment.SetStatusAsync(scope, id, null, request.Status!.Value);
        }

        var (title, notes) = (request.Title ?? appointment.Title, request.Notes ?? appointment.Notes);
        var isOtherLength = minutes != (int)appointment.Length.TotalMinutes;
        if (isOtherLength || title != appointment.Title || notes != appointment.Notes)
        {
            yield return () => EditAppointmentDetails.EditAsync(
                scope, new EditRequest(id, appointment.Version)
                {
                    Title = title,
                    Notes = notes,
                    Booker = appointment.Booker,
                    LengthMinutes = isOtherLength ? minutes : null,
                });
        }

        if (request.Status is { } status && status != appointment.Status)
        {
            yield return () => EndAppointment.SetStatusAsync(scope, id, null, status);
        }
    }
}
