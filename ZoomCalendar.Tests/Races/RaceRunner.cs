using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Races;

/// <summary>One process's share of a race: all its attempts start at the same signal, each on its own.</summary>
internal sealed class RaceRunner
{
    private readonly Actor _admin;
    private readonly AppointmentBook _book;

    public RaceRunner(TestDatabase database, Actor admin)
    {
        _admin = admin;
        _book = new AppointmentBook(database, new FreeSlotFinder(database), new Signals());
    }

    public Task<RaceResult[]> RunAsync(IEnumerable<RaceAttempt> attempts, Task go) =>
        Task.WhenAll(attempts.Select(attempt => Task.Run(async () =>
        {
            await go;
            return await RunAsync(attempt);
        })));

    private async Task<RaceResult> RunAsync(RaceAttempt attempt)
    {
        try
        {
            var outcome = await SendAsync(attempt);
            return new RaceResult(outcome.Succeeded, outcome.Refusal, outcome.ForStaff.Text, null);
        }
        catch (Exception exception)
        {
            return new RaceResult(false, null, "", exception.ToString());
        }
    }

    private Task<BookingOutcome> SendAsync(RaceAttempt attempt)
    {
        var host = attempt.Host is { } id ? new UserId(id) : (UserId?)null;
        return attempt.Verb switch
        {
            RaceVerb.Move => _book.MoveAsync(
                new MoveRequest(new AppointmentId(attempt.Appointment), null, attempt.Start) { HostId = host },
                _admin,
                TestTenant.Monday,
                CancellationToken.None),
            RaceVerb.Cancel =>
                _book.CancelAsync(new AppointmentId(attempt.Appointment), null, _admin, TestTenant.Monday, CancellationToken.None),
            _ => _book.BookAsync(
                new BookRequest
                {
                    CalendarId = new CalendarId(attempt.Calendar),
                    Start = attempt.Start,
                    HostId = host,
                    Booker = new Booker { Name = "Jo Field" },
                },
                _admin,
                TestTenant.Monday,
                CancellationToken.None),
        };
    }
}
