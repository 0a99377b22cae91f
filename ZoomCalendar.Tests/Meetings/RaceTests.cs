using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Reconciliation;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>The wish changes while a request is on its way: the outcome is put on the row as it is then.</summary>
public sealed class RaceTests : IAsyncLifetime
{
    private ZoomTestHost _world = null!;

    public async Task InitializeAsync() => _world = await ZoomTestHost.CreateAsync();

    public async Task DisposeAsync()
    {
        _world.Failures.Exceptions.Should().BeEmpty();
        await _world.DisposeAsync();
    }

    [Theory]
    [InlineData(ReconcilerStep.Intended)]
    [InlineData(ReconcilerStep.Answered)]
    internal async Task Cancelled_while_its_creation_is_on_its_way_it_is_deleted_and_its_link_never_shown(ReconcilerStep at)
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow, reconcile: false);
        MeanwhileAt(at, () => _world.CancelAsync(jo, reconcile: false));

        await _world.ReconcileAsync();

        _world.InZoom.Should().BeEmpty();
        _world.Sent.Should().Equal(RequestKind.Create, RequestKind.Delete);
        (await _world.EventsAsync(EventKind.LinkReady)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(ReconcilerStep.Intended)]
    [InlineData(ReconcilerStep.Answered)]
    internal async Task Edited_while_its_creation_is_on_its_way_it_is_updated_afterwards(ReconcilerStep at)
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow, "First", reconcile: false);
        MeanwhileAt(at, () => _world.EditAsync(jo, "Second"));

        await _world.ReconcileAsync();
        await _world.AdvanceAsync(TimeSpan.FromMinutes(1));

        _world.InZoom.Should().ContainSingle().Which.Topic.Should().Be("Second");
        _world.Sent.Should().Equal(RequestKind.Create, RequestKind.Update);
    }

    [Fact]
    public async Task Edited_while_an_update_is_on_its_way_it_is_updated_again()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow, "First");
        await _world.EditAsync(jo, "Second");
        MeanwhileAt(ReconcilerStep.Answered, async () =>
        {
            _world.Clock.Advance(TimeSpan.FromSeconds(1));
            await _world.EditAsync(jo, "Third");
        });

        await _world.AdvanceAsync(TimeSpan.FromSeconds(30));
        _world.InZoom.Should().ContainSingle().Which.Topic.Should().Be("Second");
        await _world.AdvanceAsync(TimeSpan.FromSeconds(30));

        _world.InZoom.Should().ContainSingle().Which.Topic.Should().Be("Third");
    }

    [Fact]
    public async Task Who_joins_while_the_creation_is_on_its_way_hears_of_the_link_too()
    {
        await _world.BookedAsync(_world.Class, _world.Tomorrow, reconcile: false);
        MeanwhileAt(ReconcilerStep.Answered, () => _world.BookedAsync(_world.Class, _world.Tomorrow, reconcile: false));

        await _world.ReconcileAsync();

        (await _world.EventsAsync(EventKind.LinkReady)).Select(ready => ready.AppointmentId).Should().HaveCount(2).And.OnlyHaveUniqueItems();
        _world.InZoom.Should().ContainSingle();
    }

    [Fact]
    public async Task Erased_while_its_creation_is_on_its_way_the_answer_is_forgotten()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow, reconcile: false);
        var id = (await _world.MeetingOfAsync(jo)).Id;
        MeanwhileAt(ReconcilerStep.Answered, () => _world.ChangeMeetingAsync(id, row => row.EraseZoomData()));

        await _world.ReconcileAsync();

        (await _world.MeetingOfAsync(jo)).Should().Match<SlotMeeting>(row => row.ZoomMeetingId == null && row.JoinUrl == null && row.WaitingFor == WaitingFor.Connection);
    }

    [Theory]
    [InlineData(57_600 - 21, 24)]
    [InlineData(1_000, 45)]
    public async Task What_is_counted_and_then_held_up_is_given_back_and_sent_later(int secondsBefore, int heldUp)
    {
        // The intent is committed within its day and lease; when it is about to leave, it no longer is.
        await _world.AdvanceAsync(TimeSpan.FromSeconds(secondsBefore));
        await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddDays(1), reconcile: false);
        MeanwhileAt(ReconcilerStep.Intended, () =>
        {
            _world.Clock.Advance(TimeSpan.FromSeconds(heldUp));
            return Task.CompletedTask;
        });

        await _world.ReconcileAsync();
        await _world.AdvanceAsync(TimeSpan.FromMinutes(2));

        _world.Sent.Should().Equal(RequestKind.Create);
        var counted = await _world.TestTenant.Database.ReadAsync(db => db.QuotaDays.AsNoTracking().ToListAsync());
        counted.Sum(quota => quota.Used).Should().Be(1);
        counted.Single(quota => quota.Used == 1).Day.Should().Be(_world.Control.Counts.Should().ContainSingle().Subject.Day);
    }

    [Fact]
    public async Task Held_up_beyond_its_lease_a_process_sends_nothing_for_another_has_taken_over()
    {
        await _world.BookedAsync(_world.Personal, _world.Tomorrow, reconcile: false);
        var second = _world.NewProcess();
        MeanwhileAt(ReconcilerStep.Intended, () =>
        {
            _world.Clock.Advance(TimeSpan.FromSeconds(61));
            return second.ReconcileAsync(CancellationToken.None);
        });

        await _world.ReconcileAsync();

        _world.InZoom.Should().ContainSingle();
        _world.Sent.Should().Equal(RequestKind.Create);
        (await _world.UsedAsync()).Should().Be(1);
    }

    [Fact]
    public async Task Two_current_meetings_of_one_slot_cannot_be_stored()
    {
        var jo = await _world.BookedAsync(_world.Personal, _world.Tomorrow);
        var slot = (await _world.MeetingOfAsync(jo)).Slot;

        var twice = () => _world.TestTenant.Database.WriteAsync(db =>
            db.SlotMeetings.AddAsync(new SlotMeeting(_world.TestTenant.SubAccount, slot, slot.Start.AddMinutes(30), ZoomTestHost.Key, _world.Now)).AsTask());

        await twice.Should().ThrowAsync<DbUpdateException>();
    }

    [Fact]
    public async Task Two_processes_on_one_database_send_nothing_twice()
    {
        var second = _world.NewProcess();
        for (var i = 0; i < 12; i++)
        {
            await _world.BookedAsync(_world.Class, _world.Tomorrow.AddHours(i), reconcile: false);
        }

        await Task.WhenAll(_world.ReconcileAsync(), second.ReconcileAsync(CancellationToken.None));
        await _world.ReconcileAsync();

        _world.InZoom.Should().HaveCount(12);
        _world.Sent.Should().HaveCount(12);
    }

    [Fact]
    public async Task However_many_processes_there_are_one_request_is_in_flight_for_an_account()
    {
        var (now, most) = (0, 0);
        var processes = Enumerable.Range(0, 3).Select(_ => _world.NewProcess(way: () => new Passage(change => most = Math.Max(most, Interlocked.Add(ref now, change))))).ToList();
        for (var i = 0; i < 12; i++)
        {
            await _world.BookedAsync(_world.Class, _world.Tomorrow.AddHours(i), reconcile: false);
        }

        await Task.WhenAll(processes.Select(process => Task.Run(() => process.ReconcileAsync(CancellationToken.None))));

        _world.Sent.Should().HaveCount(12);
        most.Should().Be(1);
    }

    [Fact]
    public async Task A_shutdown_sees_the_request_on_its_way_to_its_end_and_lets_go_of_the_account()
    {
        using var stopping = new CancellationTokenSource();
        await _world.BookedAsync(_world.Personal, _world.Tomorrow, reconcile: false);
        await _world.BookedAsync(_world.Personal, _world.Tomorrow.AddHours(1), reconcile: false);
        _world.Reconciler.Reached = step => _ = step == ReconcilerStep.Intended ? Stop() : step;

        await _world.Reconciler.StartDueAsync(stopping.Token);
        await _world.Reconciler.DrainAsync();

        _world.Sent.Should().Equal(RequestKind.Create);
        (await _world.TestTenant.MeetingsAsync()).Select(row => row.State).Should().Equal(SlotMeetingState.Live, SlotMeetingState.Wanted);
        (await _world.AccountAsync()).WorkLeaseUntil.Should().BeNull();

        ReconcilerStep Stop()
        {
            stopping.Cancel();
            return ReconcilerStep.Intended;
        }
    }

    private void MeanwhileAt(ReconcilerStep step, Func<Task> meanwhile)
    {
        var once = false;
        _world.Reconciler.Reached = reached =>
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
