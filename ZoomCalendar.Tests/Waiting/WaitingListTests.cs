using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Mail;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Waiting;

/// <summary>A class of two seats on Friday, both taken.</summary>
public abstract class WaitingListTests(DatabaseProvider provider) : IAsyncLifetime
{
    private static readonly DateTimeOffset Friday = TestTenant.Monday.AddDays(4);

    private TestTenant _tenant = null!;
    private MailTestHost _mail = null!;
    private UserId _ben;
    private CalendarId _yoga;
    private AppointmentId _first;
    private AppointmentId _second;
    private WaitingList _line = null!;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync(provider);
        _ben = await _tenant.UserAsync("ben");
        _yoga = await _tenant.CalendarAsync(
            CalendarType.ClassBooking,
            [_ben],
            new BookingRules { Seats = 2, MinimumNoticeMinutes = 60 },
            new MeetingLocation(MeetingLocationKind.InPerson, "Hall"));
        _first = await BookedAsync("one");
        _second = await BookedAsync("two");
        _line = _tenant.WaitingList;
        _mail = new MailTestHost(_tenant);
        await _mail.StartAsync();
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task A_freed_seat_is_reserved_for_the_next_person_who_takes_it()
    {
        var jo = await JoinAsync("jo");
        await JoinAsync("kim");

        await _tenant.CancelAsync(_first);
        var atOnce = await PublicAsync("stranger");
        await WorkAsync();
        var meanwhile = await PublicAsync("stranger");
        var taken = await _line.AcceptAsync(jo, _tenant.Now, CancellationToken.None);
        var again = await _line.AcceptAsync(jo, _tenant.Now, CancellationToken.None);

        (atOnce.Refusal, meanwhile.Refusal).Should().Be((Refusal.Taken, Refusal.Taken));
        taken.ForStaff.Text.Should().BeEmpty();
        again.AppointmentId.Should().Be(taken.AppointmentId);
        (await _tenant.AppointmentAsync(taken.AppointmentId!.Value)).Booker.Email.Should().Be("jo@example.test");
        (await LineAsync()).Select(entry => (entry.NormalizedEmail, entry.State)).Should()
            .Equal(("kim@example.test", WaitingState.Waiting));
        _mail.Box.To("jo@example.test").Select(message => message.Subject.Split(':')[0]).Should()
            .Equal("On the waiting list", "A seat is free");
        _mail.Box.To("jo@example.test").Last().Body.Should().Contain("until Monday 2 March 2026, 20:00 (UTC)")
            .And.Contain("https://book.example.test/book/waiting/");
        _mail.Box.To("kim@example.test").Should().HaveCount(1);
    }

    [DatabaseFact]
    public async Task An_offer_that_is_not_taken_in_time_goes_to_the_next_and_after_the_last_to_everybody()
    {
        var jo = await JoinAsync("jo");
        var kim = await JoinAsync("kim");
        await _tenant.CancelAsync(_first);
        await WorkAsync();

        _tenant.Now += TimeSpan.FromHours(12);
        var tooLate = await _line.AcceptAsync(jo, _tenant.Now, CancellationToken.None);
        await WorkAsync();
        var stranger = await PublicAsync("stranger");
        var second = (await LineAsync()).Single();
        _tenant.Now += TimeSpan.FromHours(12);
        await WorkAsync();

        tooLate.Refusal.Should().Be(Refusal.NotOffered);
        (await _line.AcceptAsync(jo, _tenant.Now, CancellationToken.None)).Refusal.Should().Be(Refusal.NotFound);
        stranger.Refusal.Should().Be(Refusal.Taken);
        (second.Id, second.State).Should().Be((kim, WaitingState.Offered));
        (await LineAsync()).Should().BeEmpty("who waited in vain is erased");
        (await PublicAsync("stranger")).Succeeded.Should().BeTrue();
        _mail.Box.To("kim@example.test").Last().Subject.Should().StartWith("A seat is free");
    }

    [DatabaseFact]
    public async Task Two_freed_seats_cause_two_offers_and_leaving_or_moving_frees_a_seat()
    {
        await JoinAsync("jo");
        var kim = await JoinAsync("kim");
        await JoinAsync("lee");
        await _tenant.MoveAsync(_first, Friday.AddHours(2));
        await _tenant.CancelAsync(_second);
        await WorkAsync();
        var offered = (await LineAsync()).Count(entry => entry.State is WaitingState.Offered);

        await _line.LeaveAsync(kim, _tenant.Now, CancellationToken.None);
        await WorkAsync();

        offered.Should().Be(2);
        (await LineAsync()).Select(entry => (entry.NormalizedEmail, entry.State)).Should()
            .Equal(("jo@example.test", WaitingState.Offered), ("lee@example.test", WaitingState.Offered));
    }

    [DatabaseFact]
    public async Task A_person_with_a_seat_or_place_gets_no_second_one_and_is_not_revealed()
    {
        await JoinAsync("jo");

        var again = await TryJoinAsync("Jo");
        var seated = await TryJoinAsync("one");

        (again.Succeeded, seated.Succeeded).Should().Be((true, true));
        (await LineAsync()).Should().HaveCount(1);
    }

    [DatabaseFact]
    public async Task Only_full_bookable_times_of_class_calendars_have_a_waiting_list()
    {
        var personal = await _tenant.CalendarAsync(CalendarType.Personal, [await _tenant.UserAsync("cleo")]);
        await _tenant.BookedAsync(personal, Friday);

        var free = await TryJoinAsync("jo", start: Friday.AddHours(1));
        var offTheGrid = await TryJoinAsync("jo", start: Friday.AddMinutes(7));
        var past = await TryJoinAsync("jo", start: TestTenant.Monday.AddDays(-1));
        var other = await TryJoinAsync("jo", calendar: personal);
        var nameless = await TryJoinAsync("");

        new[] { free, offTheGrid, past, other, nameless }.Select(outcome => outcome.Refusal)
            .Should().Equal(Refusal.Changed, Refusal.NotOffered, Refusal.NotOffered, Refusal.NotFound, Refusal.Invalid);
        (await LineAsync()).Should().BeEmpty();
    }

    [DatabaseFact]
    public async Task One_address_has_a_limited_number_of_waiting_list_places()
    {
        for (var hour = 1; hour <= PublicLimit; hour++)
        {
            await BookedAsync("one", Friday.AddHours(hour));
            await BookedAsync("two", Friday.AddHours(hour));
            (await TryJoinAsync("jo", start: Friday.AddHours(hour))).Succeeded.Should().BeTrue();
        }

        (await TryJoinAsync("jo")).Refusal.Should().Be(Refusal.NotOffered);
    }

    [DatabaseFact]
    public async Task The_waiting_list_is_erased_when_the_time_can_no_longer_be_booked()
    {
        await JoinAsync("jo");
        _tenant.Now = Friday.AddMinutes(-60);

        await WorkAsync();

        (await LineAsync()).Should().BeEmpty();
    }

    [DatabaseTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_class_cancelled_as_a_whole_offers_no_seat(bool isCancelled)
    {
        await JoinAsync("jo");
        var slot = new Slot(_yoga, _ben, Friday);

        var outcome = isCancelled
            ? await _tenant.Book.CancelSlotAsync(slot, _tenant.AsAdmin, _tenant.Now, CancellationToken.None)
            : await _tenant.Book.MoveSlotAsync(slot, Friday.AddHours(2), _tenant.AsAdmin, _tenant.Now, CancellationToken.None);
        await WorkAsync();

        outcome.ForStaff.Text.Should().BeEmpty();
        (await LineAsync()).Should().BeEmpty();
        _mail.Box.To("jo@example.test").Should().HaveCount(1);
    }

    [DatabaseFact]
    public async Task An_offer_never_lasts_longer_than_the_time_can_be_booked()
    {
        await JoinAsync("jo");
        _tenant.Now = Friday.AddMinutes(-75);
        await _tenant.CancelAsync(_first);

        await WorkAsync();

        (await LineAsync()).Single().OfferedUntil.Should().Be(Friday.AddMinutes(-60));
    }

    [DatabaseFact]
    public async Task Staff_see_the_waiting_list_and_can_remove_a_person()
    {
        var jo = await JoinAsync("jo");
        var cleo = await _tenant.UserAsync("cleo");
        var elsewhere = await TestTenant.CreateAsync(_tenant.Database, "elsewhere");
        var reader = new ScheduleReader(_tenant.Database, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(_tenant.Now));
        var seen = await reader.DetailsAsync(_tenant.As(_ben), _first, CancellationToken.None);

        var colleague = await _line.RemoveAsync(jo, _tenant.As(cleo), _tenant.Now, CancellationToken.None);
        var stranger = await _line.RemoveAsync(jo, elsewhere.AsAdmin, _tenant.Now, CancellationToken.None);
        var host = await _line.RemoveAsync(jo, _tenant.As(_ben), _tenant.Now, CancellationToken.None);

        seen!.Waiting.Select(person => person.Email).Should().Equal("jo@example.test");
        (colleague.Refusal, stranger.Refusal, host.Refusal).Should().Be((Refusal.Forbidden, Refusal.NotFound, null));
        (await LineAsync()).Should().BeEmpty();
    }

    [DatabaseFact]
    public async Task A_seat_freed_while_no_processor_ran_is_offered_by_the_next_run()
    {
        await JoinAsync("jo");
        var keeper = NewKeeper();
        await keeper.WorkAsync(_tenant.Now, CancellationToken.None);
        await _tenant.CancelAsync(_first);

        await keeper.WorkAsync(_tenant.Now, CancellationToken.None);

        (await LineAsync()).Single().State.Should().Be(WaitingState.Offered, "the event says so, long before everything is looked at");
    }

    [DatabaseFact]
    public async Task A_freed_seat_is_offered_once_under_concurrent_processors_and_bookings()
    {
        for (var round = 0; round < 5; round++)
        {
            var start = Friday.AddDays(1 + round);
            var leaving = await BookedAsync("one", start);
            await BookedAsync("two", start);
            var jo = await JoinAsync("jo", start);
            await JoinAsync("kim", start);

            var crowd = Enumerable.Range(0, 6).Select(async index => (await PublicAsync($"stranger{index}", start)).Succeeded);
            var keepers = Enumerable.Range(0, 2).Select(async _ =>
            {
                await NewKeeper().UpdateSlotAsync(_yoga, start, _tenant.Now, CancellationToken.None);
                return false;
            });
            var freed = Task.Run(async () => (await _tenant.CancelAsync(leaving)).Succeeded && false);
            var won = await Task.WhenAll([freed, .. crowd, .. keepers]);
            await NewKeeper().UpdateSlotAsync(_yoga, start, _tenant.Now, CancellationToken.None);
            var accepted = await Task.WhenAll(
                Enumerable.Range(0, 3).Select(_ => _line.AcceptAsync(jo, _tenant.Now, CancellationToken.None)));

            won.Should().NotContain(true);
            accepted.Select(outcome => outcome.AppointmentId).Distinct().Should().ContainSingle().Which.Should().NotBeNull();
            (await LineAsync(start)).Select(entry => (entry.NormalizedEmail, entry.State)).Should()
                .Equal(("kim@example.test", WaitingState.Waiting));
            (await ActiveAsync(start)).Should().BeEquivalentTo("two@example.test", "jo@example.test");
        }
    }

    private const int PublicLimit = 10;

    private WaitingListProcessor NewKeeper() =>
        new(_tenant.Database, new WaitingListMessageQueue(), _tenant.Signals, NullLogger<WaitingListProcessor>.Instance);

    private async Task WorkAsync()
    {
        while (await NewKeeper().WorkAsync(_tenant.Now, CancellationToken.None))
        {
        }

        await _mail.WorkAsync();
    }

    private Task<AppointmentId> BookedAsync(string name, DateTimeOffset? start = null) =>
        _tenant.BookedAsync(_yoga, start ?? Friday, booking => booking.Request = booking.Request with { Booker = Person(name) });

    private Task<BookingOutcome> PublicAsync(string name, DateTimeOffset? start = null) => _tenant.BookAsync(
        _yoga,
        start ?? Friday,
        booking => booking.Request = booking.Request with { Booker = Person(name), Source = BookingSource.Public },
        Actor.ForBooker(_tenant.SubAccount));

    private async Task<WaitingId> JoinAsync(string name, DateTimeOffset? start = null)
    {
        (await TryJoinAsync(name, start: start)).ForStaff.Text.Should().BeEmpty();
        await _mail.WorkAsync();
        _tenant.Now += TimeSpan.FromSeconds(1);
        return (await LineAsync(start)).Last().Id;
    }

    private Task<WaitingOutcome> TryJoinAsync(string name, CalendarId? calendar = null, DateTimeOffset? start = null) => _line.JoinAsync(
        new JoinRequest(WaitingId.New(_tenant.Now), calendar ?? _yoga, start ?? Friday) { Booker = Person(name) },
        Actor.ForBooker(_tenant.SubAccount),
        _tenant.Now,
        CancellationToken.None);

    private static Booker Person(string name) => new() { Name = name, Email = name.Length > 0 ? $"{name}@example.test" : "" };

    private Task<List<WaitingEntry>> LineAsync(DateTimeOffset? start = null) => _tenant.Database.ReadAsync(db =>
        db.WaitingEntries.AsNoTracking().Where(entry => entry.Start == (start ?? Friday)).OrderBy(entry => entry.JoinedAt).ToListAsync());

    private Task<List<string>> ActiveAsync(DateTimeOffset start) => _tenant.Database.ReadAsync(db => db.Appointments
        .Where(row => row.Start == start && row.Status == AppointmentStatus.Confirmed).Select(row => row.Booker.Email).ToListAsync());
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteWaitingListTests() : WaitingListTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlWaitingListTests() : WaitingListTests(DatabaseProvider.PostgreSql);
