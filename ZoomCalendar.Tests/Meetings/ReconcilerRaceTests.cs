using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Reconciliation;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>The wish changes while a request is on its way: the outcome is put on the row as it is then.</summary>
public sealed class ReconcilerRaceTests : IAsyncLifetime
{
    private ZoomTestHost _zoomHost = null!;

    public async Task InitializeAsync() => _zoomHost = await ZoomTestHost.CreateAsync();

    public async Task DisposeAsync()
    {
        _zoomHost.Failures.Exceptions.Should().BeEmpty();
        await _zoomHost.DisposeAsync();
    }

    [Theory]
    [InlineData(ReconcilerStep.Intended)]
    [InlineData(ReconcilerStep.Answered)]
    internal async Task Cancelled_while_its_creation_is_on_its_way_it_is_deleted_and_its_link_never_shown(ReconcilerStep at)
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow, reconcile: false);
        MeanwhileAt(at, () => _zoomHost.CancelAsync(jo, reconcile: false));

        await _zoomHost.ReconcileAsync();

        _zoomHost.InZoom.Should().BeEmpty();
        _zoomHost.Sent.Should().Equal(RequestKind.Create, RequestKind.Delete);
        (await _zoomHost.EventsAsync(EventKind.LinkReady)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(ReconcilerStep.Intended)]
    [InlineData(ReconcilerStep.Answered)]
    internal async Task Edited_while_its_creation_is_on_its_way_it_is_updated_afterwards(ReconcilerStep at)
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow, "First", reconcile: false);
        MeanwhileAt(at, () => _zoomHost.EditAsync(jo, "Second"));

        await _zoomHost.ReconcileAsync();
        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(1));

        _zoomHost.InZoom.Should().ContainSingle().Which.Topic.Should().Be("Second");
        _zoomHost.Sent.Should().Equal(RequestKind.Create, RequestKind.Update);
    }

    [Fact]
    public async Task An_edit_during_an_update_in_flight_causes_another_update()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow, "First");
        await _zoomHost.EditAsync(jo, "Second");
        MeanwhileAt(ReconcilerStep.Answered, async () =>
        {
            _zoomHost.Clock.Advance(TimeSpan.FromSeconds(1));
            await _zoomHost.EditAsync(jo, "Third");
        });

        await _zoomHost.AdvanceAsync(TimeSpan.FromSeconds(30));
        _zoomHost.InZoom.Should().ContainSingle().Which.Topic.Should().Be("Second");
        await _zoomHost.AdvanceAsync(TimeSpan.FromSeconds(30));

        _zoomHost.InZoom.Should().ContainSingle().Which.Topic.Should().Be("Third");
    }

    [Fact]
    public async Task A_booking_that_joins_during_the_creation_gets_the_link()
    {
        await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow, reconcile: false);
        MeanwhileAt(ReconcilerStep.Answered, () => _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow, reconcile: false));

        await _zoomHost.ReconcileAsync();

        (await _zoomHost.EventsAsync(EventKind.LinkReady)).Select(ready => ready.AppointmentId).Should().HaveCount(2)
            .And.OnlyHaveUniqueItems();
        _zoomHost.InZoom.Should().ContainSingle();
    }

    [Fact]
    public async Task The_answer_to_a_creation_is_discarded_if_the_account_was_erased_meanwhile()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow, reconcile: false);
        var id = (await _zoomHost.MeetingOfAsync(jo)).Id;
        MeanwhileAt(ReconcilerStep.Answered, () => _zoomHost.ChangeMeetingAsync(id, row => row.EraseZoomData()));

        await _zoomHost.ReconcileAsync();

        (await _zoomHost.MeetingOfAsync(jo)).Should().Match<SlotMeeting>(row => row.ZoomMeetingId == null && row.JoinUrl == null
            && row.WaitingFor == WaitingFor.Connection);
    }

    [Theory]
    [InlineData(57_600 - 21, 24)]
    [InlineData(1_000, 45)]
    public async Task A_counted_request_that_was_not_sent_is_returned_and_sent_later(int secondsBefore, int heldUp)
    {
        // The intent is committed within its day and lease; when it is about to leave, it no longer is.
        await _zoomHost.AdvanceAsync(TimeSpan.FromSeconds(secondsBefore));
        await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddDays(1), reconcile: false);
        MeanwhileAt(ReconcilerStep.Intended, () =>
        {
            _zoomHost.Clock.Advance(TimeSpan.FromSeconds(heldUp));
            return Task.CompletedTask;
        });

        await _zoomHost.ReconcileAsync();
        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(2));

        _zoomHost.Sent.Should().Equal(RequestKind.Create);
        var counted = await _zoomHost.TestTenant.Database.ReadAsync(db => db.QuotaDays.AsNoTracking().ToListAsync());
        counted.Sum(quota => quota.Used).Should().Be(1);
        counted.Single(quota => quota.Used == 1).Day.Should().Be(_zoomHost.Control.Counts.Should().ContainSingle().Subject.Day);
    }

    [Fact]
    public async Task A_process_whose_lease_has_expired_sends_nothing()
    {
        await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow, reconcile: false);
        var second = _zoomHost.NewProcess();
        MeanwhileAt(ReconcilerStep.Intended, () =>
        {
            _zoomHost.Clock.Advance(TimeSpan.FromSeconds(61));
            return second.ReconcileAsync(CancellationToken.None);
        });

        await _zoomHost.ReconcileAsync();

        _zoomHost.InZoom.Should().ContainSingle();
        _zoomHost.Sent.Should().Equal(RequestKind.Create);
        (await _zoomHost.UsedAsync()).Should().Be(1);
    }

    [Fact]
    public async Task Two_current_meetings_of_one_slot_cannot_be_stored()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow);
        var slot = (await _zoomHost.MeetingOfAsync(jo)).Slot;

        var twice = () => _zoomHost.TestTenant.Database.WriteAsync(db =>
            db.SlotMeetings.AddAsync(new SlotMeeting(
                _zoomHost.TestTenant.SubAccount, slot, slot.Start.AddMinutes(30), ZoomTestHost.Key, _zoomHost.Now)).AsTask());

        await twice.Should().ThrowAsync<DbUpdateException>();
    }

    [Fact]
    public async Task Two_processes_on_one_database_send_nothing_twice()
    {
        var second = _zoomHost.NewProcess();
        for (var i = 0; i < 12; i++)
        {
            await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow.AddHours(i), reconcile: false);
        }

        await Task.WhenAll(_zoomHost.ReconcileAsync(), second.ReconcileAsync(CancellationToken.None));
        await _zoomHost.ReconcileAsync();

        _zoomHost.InZoom.Should().HaveCount(12);
        _zoomHost.Sent.Should().HaveCount(12);
    }

    [Fact]
    public async Task One_request_per_account_is_in_flight_across_all_processes()
    {
        var (now, most) = (0, 0);
        var processes = Enumerable.Range(0, 3)
            .Select(_ => _zoomHost.NewProcess(way: () => new Passage(change => most = Math.Max(most, Interlocked.Add(ref now, change)))))
            .ToList();
        for (var i = 0; i < 12; i++)
        {
            await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow.AddHours(i), reconcile: false);
        }

        await Task.WhenAll(processes.Select(process => Task.Run(() => process.ReconcileAsync(CancellationToken.None))));

        _zoomHost.Sent.Should().HaveCount(12);
        most.Should().Be(1);
    }

    [Fact]
    public async Task A_shutdown_waits_for_the_request_in_flight_and_releases_the_account()
    {
        using var stopping = new CancellationTokenSource();
        await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow, reconcile: false);
        await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Tomorrow.AddHours(1), reconcile: false);
        _zoomHost.Reconciler.Reached = step => _ = step == ReconcilerStep.Intended ? Stop() : step;

        await _zoomHost.Reconciler.StartDueAsync(stopping.Token);
        await _zoomHost.Reconciler.DrainAsync();

        _zoomHost.Sent.Should().Equal(RequestKind.Create);
        (await _zoomHost.TestTenant.MeetingsAsync()).Select(row => row.State).Should()
            .Equal(SlotMeetingState.Live, SlotMeetingState.Wanted);
        (await _zoomHost.AccountAsync()).WorkLeaseUntil.Should().BeNull();

        ReconcilerStep Stop()
        {
            stopping.Cancel();
            return ReconcilerStep.Intended;
        }
    }

    private void MeanwhileAt(ReconcilerStep step, Func<Task> meanwhile)
    {
        var once = false;
        _zoomHost.Reconciler.Reached = reached =>
        {
            if (reached == step && !once)
            {
                once = true;
                // The caller is synchronous.
#pragma warning disable RS0030
                Task.Run(meanwhile).GetAwaiter().GetResult();
#pragma warning restore RS0030
            }
        };
    }

    /// <summary>Says when a request sets out and when its answer is back.</summary>
    private sealed class Passage(Action<int> note) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            note(1);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                note(-1);
            }
        }
    }
}
