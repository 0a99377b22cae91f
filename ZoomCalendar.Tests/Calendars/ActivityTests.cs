using ZoomCalendar.Core.Activity;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Calendars;

public sealed class ActivityTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Ten = TestTenant.Monday.AddHours(2);

    private TestTenant _tenant = null!;
    private ActivityReader _activity = null!;
    private NoticeReader _notices = null!;
    private UserId _ben;
    private UserId _cleo;
    private AppointmentId _bens;
    private AppointmentId _cleos;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync();
        _activity = new ActivityReader(_tenant.Database);
        _notices = new NoticeReader(_tenant.Database);
        _ben = await _tenant.UserAsync("ben");
        _cleo = await _tenant.UserAsync("cleo");
        _bens = await _tenant.BookedAsync(await _tenant.CalendarAsync(CalendarType.Personal, [_ben]), Ten);
        _cleos = await _tenant.BookedAsync(await _tenant.CalendarAsync(CalendarType.Personal, [_cleo]), Ten);
        await _tenant.CancelAsync(_cleos);
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [Fact]
    public async Task Admins_see_all_activity_and_users_their_own()
    {
        (await ReadAsync(_tenant.AsAdmin)).Entries.Select(line => line.AppointmentId).Should().Contain([_bens, _cleos]);
        (await ReadAsync(_tenant.As(_ben))).Entries.Should().OnlyContain(line => line.AppointmentId == _bens);
        (await ReadAsync(_tenant.As(_cleo), new ActivityQuery { AppointmentId = _bens })).Entries.Should().BeEmpty();
    }

    [Fact]
    public async Task A_host_sees_what_became_of_an_appointment_before_it_was_given_to_them()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.RoundRobin, [_ben, _cleo]);
        var given = await _tenant.BookedAsync(
            calendar, Ten.AddHours(3), booking => booking.Request = booking.Request with { HostId = _ben });
        (await ReadAsync(_tenant.As(_cleo))).Entries.Should().NotContain(line => line.AppointmentId == given);

        (await _tenant.MoveAsync(given, Ten.AddHours(3), _cleo)).Succeeded.Should().BeTrue();

        var cleos = (await ReadAsync(_tenant.As(_cleo))).Entries.Where(line => line.AppointmentId == given).ToList();
        cleos.Select(line => line.Kind).Should().Contain([EventKind.AppointmentBooked, EventKind.AppointmentMoved]);
        cleos.Select(line => line.Id).Should().BeInDescendingOrder();
        (await ReadAsync(_tenant.As(_cleo), new ActivityQuery { Person = _ben })).Entries.Should().OnlyContain(
            line => line.AppointmentId == given);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(ActivityTopic.Appointments)]
    public async Task Pages_of_one_event_are_all_events_of_a_topic_in_order(ActivityTopic? topic)
    {
        var all = (await ReadAsync(_tenant.AsAdmin, new ActivityQuery { Topic = topic })).Entries;
        var paged = new List<ActivityEntry>();
        long? next = long.MaxValue;
        while (next is { } before)
        {
            var page = await ReadAsync(_tenant.AsAdmin, new ActivityQuery { Topic = topic, Take = 1, Before = before });
            paged.AddRange(page.Entries);
            next = page.Next;
        }

        paged.Should().Equal(all).And.HaveCountGreaterThan(2);
    }

    [Fact]
    public async Task Each_page_continues_where_the_last_one_ended()
    {
        var all = (await ReadAsync(_tenant.AsAdmin)).Entries;

        var first = await ReadAsync(_tenant.AsAdmin, new ActivityQuery { Take = 2 });
        var second = await ReadAsync(_tenant.AsAdmin, new ActivityQuery { Take = 50, Before = first.Next });

        first.Entries.Concat(second.Entries).Should().Equal(all);
        second.Next.Should().BeNull();
    }

    [Fact]
    public async Task An_appointments_history_and_a_topic_are_filters()
    {
        var history = await ReadAsync(_tenant.AsAdmin, new ActivityQuery { AppointmentId = _cleos, Topic = ActivityTopic.Appointments });

        history.Entries.Select(EventTexts.Title).Should().Equal("Cancelled", "Booked");
        history.Entries[0].PersonName.Should().Be("cleo");
    }

    [Fact]
    public async Task Notices_are_shown_to_the_user_and_the_admins_until_read()
    {
        await _tenant.Database.WriteAsync(db => db.Events.AddAsync(new Event
        {
            At = _tenant.Now,
            SubAccountId = _tenant.SubAccount,
            Kind = EventKind.ConnectionLost,
            UserId = _ben,
            Detail = "Zoom no longer accepts the connection.",
        }).AsTask());

        (await NoticesAsync(_tenant.AsAdmin)).Unread.Should().Be(1);
        (await NoticesAsync(_tenant.As(_cleo))).Entries.Should().BeEmpty();
        var bens = await NoticesAsync(_tenant.As(_ben));
        bens.Unread.Should().Be(1);
        await _notices.MarkReadAsync(bens.Entries[0].Id, _tenant.As(_ben), CancellationToken.None);

        (await NoticesAsync(_tenant.As(_ben))).Unread.Should().Be(0);
        (await NoticesAsync(_tenant.AsAdmin)).Unread.Should().Be(1);
    }

    [Fact]
    public void Every_event_kind_has_a_text()
    {
        foreach (var kind in Enum.GetValues<EventKind>())
        {
            var line = new ActivityEntry(1, Ten, kind, "", null, null, null, null, null, null);
            EventTexts.Title(line).Should().NotBe(kind.ToString()).And.NotBeEmpty();
        }
    }

    private Task<Notices> NoticesAsync(Actor actor) => _notices.ReadAsync(actor, _tenant.Now, CancellationToken.None);

    private Task<ActivityResults> ReadAsync(Actor actor, ActivityQuery? query = null) =>
        _activity.ReadAsync(query ?? new ActivityQuery(), actor, CancellationToken.None);
}
