using System.Text;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Appointments.Contacts;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Appointments;

/// <summary>Letters that only some databases can fold are folded by the app, so that both databases agree.</summary>
public abstract class LettersBeyondAsciiTests(DatabaseProvider provider) : IAsyncLifetime
{
    private static readonly DateTimeOffset Ten = TestTenant.Monday.AddHours(2);

    private TestTenant _tenant = null!;
    private UserId _ben;
    private CalendarId _yoga;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync(provider);
        _ben = await _tenant.UserAsync("ben");
        _yoga = await _tenant.CalendarAsync(
            CalendarType.ClassBooking, [_ben], new BookingRules { Seats = 9 }, new MeetingLocation(MeetingLocationKind.InPerson, "Hall"));
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [DatabaseTheory]
    [InlineData("Ünal@example.de", "ünal@example.de")]
    [InlineData("Ünal@example.de", "U\u0308nal@example.de")]
    [InlineData("ΣΊΣΥΦΟΣ@example.gr", "σίσυφος@example.gr")]
    [InlineData("jo@münchen.de", "jo@xn--mnchen-3ya.DE")]
    [InlineData("ÖZ@ÖRNEK.TEST", "öz@örnek.test")]
    public async Task One_address_has_one_seat_however_it_is_written(string first, string second)
    {
        var seat = await PublicAsync(first);
        var again = await PublicAsync(second);

        (seat.Succeeded, again.Succeeded).Should().Be((true, true), "the answer tells nobody who has a seat");
        again.AppointmentId.Should().Be(seat.AppointmentId);
    }

    [DatabaseTheory]
    [InlineData("ünal@example.de", "unal@example.de")]
    [InlineData("ı@example.de", "i@example.de")]
    [InlineData("straße@example.de", "strasse@example.de")]
    public async Task Addresses_of_two_people_have_two_seats(string first, string second)
    {
        var seat = await PublicAsync(first);
        var other = await PublicAsync(second);

        other.AppointmentId.Should().NotBe(seat.AppointmentId!.Value);
    }

    [DatabaseTheory]
    [InlineData("Ünal@example.de", "ünal@example.de")]
    [InlineData("Ünal@example.de", "U\u0308nal@example.de")]
    public async Task One_address_has_one_place_on_the_waiting_list(string first, string second)
    {
        var pilates = await _tenant.CalendarAsync(
            CalendarType.ClassBooking,
            [await _tenant.UserAsync("cleo")],
            new BookingRules { Seats = 2 },
            new MeetingLocation(MeetingLocationKind.InPerson, "Hall"));
        await _tenant.BookedAsync(pilates, Ten.AddDays(2));
        await _tenant.BookedAsync(pilates, Ten.AddDays(2), booking => booking.Request = booking.Request with
        {
            Booker = new Booker { Name = "Kim", Email = "kim@example.test" },
        });
        var line = _tenant.WaitingList;

        foreach (var email in (string[])[first, second])
        {
            (await line.JoinAsync(
                new JoinRequest(WaitingId.New(_tenant.Now), pilates, Ten.AddDays(2))
                {
                    Booker = new Booker { Name = "Ünal", Email = email },
                }, Actor.ForBooker(_tenant.SubAccount), _tenant.Now, CancellationToken.None))
                .Succeeded.Should().BeTrue();
        }

        (await _tenant.Database.ReadAsync(db => db.WaitingEntries.CountAsync())).Should().Be(1);
    }

    [DatabaseTheory]
    [InlineData("Öz", 3)]
    [InlineData("öz", 3)]
    [InlineData("O\u0308Z", 3)]
    [InlineData("oz", 3)]
    [InlineData("ÇELİK", 1)]
    [InlineData("celik", 1)]
    [InlineData("STRASSE", 1)]
    [InlineData("straße", 1)]
    [InlineData("istanbul", 1)]
    [InlineData("ISTANBUL", 1)]
    [InlineData("ıstanbul", 1)]
    [InlineData("ünal@example", 1)]
    [InlineData("100%", 0)]
    [InlineData("_", 0)]
    public async Task Staff_find_people_whatever_case_and_accents_they_type(string search, int found)
    {
        await StaffAsync("Özlem Kaya", "a@example.test");
        await StaffAsync("Deniz ÖZTÜRK", "b@example.test");
        await StaffAsync("O\u0308zgür Çelik", "c@example.test");
        await StaffAsync("Ana", "Ünal@example.de", "Große Straße");
        await StaffAsync("Bo", "bo@example.test", "İstanbul trip");

        var range = await new ScheduleReader(_tenant.Database, SystemClockAt(_tenant.Now)).RangeAsync(
            _tenant.AsAdmin,
            TestTenant.Monday.AddDays(-1),
            TestTenant.Monday.AddDays(3),
            ScheduleFilter.Everything with { Search = search },
            CancellationToken.None);

        range.Appointments.Should().HaveCount(found);
    }

    [DatabaseFact]
    public async Task A_changed_name_is_found_and_the_former_one_is_not()
    {
        var id = await StaffAsync("Özlem", "oz@example.test");
        var appointment = await _tenant.AppointmentAsync(id);
        await _tenant.Book.EditAsync(
            new EditRequest(id, appointment.Version)
            {
                Title = "Çağla",
                Booker = appointment.Booker with { Name = "Çağla", Email = "cagla@example.test" },
            }, _tenant.AsAdmin, _tenant.Now, CancellationToken.None);

        (await FindAsync("ÇAĞLA")).Should().Be(1);
        (await FindAsync("öz")).Should().Be(0);
    }

    [DatabaseFact]
    public async Task One_address_is_one_contact()
    {
        var book = new ContactBook(_tenant.Database);

        var first = await book.UpsertAsync(
            new ContactDetails("Ünal", "Ünal@example.de", null, null), _tenant.SubAccount, _tenant.Now, CancellationToken.None);
        var second = await book.UpsertAsync(
            new ContactDetails("Ünal", "ünal@example.de".Normalize(NormalizationForm.FormD), null, null),
            _tenant.SubAccount,
            _tenant.Now,
            CancellationToken.None);

        second.Contact!.Id.Should().Be(first.Contact!.Id);
    }

    private static TimeProvider SystemClockAt(DateTimeOffset now) => new Microsoft.Extensions.Time.Testing.FakeTimeProvider(now);

    private async Task<int> FindAsync(string search) => (await new ScheduleReader(_tenant.Database, SystemClockAt(_tenant.Now)).RangeAsync(
        _tenant.AsAdmin,
        TestTenant.Monday.AddDays(-1),
        TestTenant.Monday.AddDays(3),
        ScheduleFilter.Everything with { Search = search },
        CancellationToken.None)).Appointments.Count;

    private Task<BookingOutcome> PublicAsync(string email) => _tenant.BookAsync(
        _yoga, Ten, booking => booking.Request = booking.Request with
        {
            Booker = new Booker { Name = "Ünal", Email = email },
            Source = BookingSource.Public,
        }, Actor.ForBooker(_tenant.SubAccount));

    private Task<AppointmentId> StaffAsync(string name, string email, string title = "") => _tenant.BookedAsync(
        _yoga, Ten, booking =>
            booking.Request = booking.Request with { Title = title, Booker = new Booker { Name = name, Email = email } });
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteLettersBeyondAsciiTests() : LettersBeyondAsciiTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlLettersBeyondAsciiTests() : LettersBeyondAsciiTests(DatabaseProvider.PostgreSql);
