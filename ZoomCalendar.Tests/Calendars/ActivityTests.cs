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
