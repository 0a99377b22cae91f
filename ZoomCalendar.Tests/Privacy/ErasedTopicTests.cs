using ZoomCalendar.Core.Operations.Privacy;
using ZoomCalendar.Tests.Meetings;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Privacy;

/// <summary>A title that staff gave an appointment is the topic of its meeting. What is known of the meeting is erased, too.</summary>
public sealed class ErasedTopicTests : IAsyncLifetime
{
    private const string Mark = "zqx";

    private ZoomTestHost _zoomHost = null!;

    public async Task InitializeAsync() => _zoomHost = await ZoomTestHost.CreateAsync();

    public Task DisposeAsync() => _zoomHost.DisposeAsync().AsTask();

    [Fact]
    public async Task Title_of_now_and_title_of_before_are_erased_from_the_meetings_of_an_erased_booker()
    {
        var one = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow, $"{Mark} therapy");
        var two = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddHours(2), $"{Mark} surgery");
        // Zoom is told of a new title 30 seconds later; this appointment is cancelled before.
        await _zoomHost.EditAsync(two, "Talk");
        await _zoomHost.CancelAsync(two);
        await _zoomHost.CancelAsync(one);
        _zoomHost.InZoom.Should().BeEmpty();
        (await FoundAsync()).Should().Contain("slot_meetings.Known", "the search finds what was planted");

        var outcome = await new BookerErasure(_zoomHost.TestTenant.Database, _zoomHost.TestTenant.Signals).EraseAsync(
            "jo@example.test", _zoomHost.TestTenant.AsAdmin, _zoomHost.Now, default);

        outcome.Erased.Appointments.Should().Be(2, outcome.Message);
        (await FoundAsync()).Should().BeEmpty();
    }

    private Task<List<string>> FoundAsync() => TextColumns.WithAsync(_zoomHost.TestTenant.Database, Mark);
}
