using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Mail;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Waiting;

/// <summary>The form of the waiting list, sent again after something in it was changed.</summary>
public abstract class CorrectedPlaceTests(DatabaseProvider provider) : IAsyncLifetime
{
    private static readonly DateTimeOffset Friday = TestTenant.Monday.AddDays(4);

    private TestTenant _tenant = null!;
    private CalendarId _yoga;
    private WaitingList _line = null!;
    private MailTestHost _mail = null!;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync(provider);
        _yoga = await _tenant.CalendarAsync(
            CalendarType.ClassBooking,
            [await _tenant.UserAsync("ben")],
            new BookingRules { Seats = 2 },
            new MeetingLocation(MeetingLocationKind.InPerson, "Hall"));
        foreach (var (name, start) in new[] { ("one", Friday), ("two", Friday), ("one", Friday.AddHours(1)), ("two", Friday.AddHours(1)) })
        {
            await _tenant.BookedAsync(_yoga, start, booking => booking.Request = booking.Request with
            {
                Booker = new Booker { Name = name, Email = $"{name}@example.test" },
            });
        }

        _line = _tenant.WaitingList;
        _mail = new MailTestHost(_tenant);
        await _mail.StartAsync();
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task A_corrected_e_mail_keeps_the_place_and_gets_a_message()
    {
        var form = WaitingId.New(_tenant.Now);
        await JoinAsync(form, "tina@exmaple.test");
        await JoinAsync(WaitingId.New(_tenant.Now), "second@example.test");

        await JoinAsync(form, "tina@example.test");
        await JoinAsync(form, "tina@example.test");

        (await LineAsync()).Select(entry => entry.Booker.Email).Should().Equal("tina@example.test", "second@example.test");
        _mail.Box.To("tina@example.test").Should().ContainSingle().Which.Subject.Should().StartWith("On the waiting list");
        (await _line.FindAsync(form, CancellationToken.None)).Should()
            .BeNull("the wrong address can neither leave the place nor take its seat");
    }

    [DatabaseFact]
    public async Task A_corrected_name_is_kept_in_the_same_place()
    {
        var form = WaitingId.New(_tenant.Now);
        await JoinAsync(form, "tina@example.test", "Tna");

        await JoinAsync(form, "tina@example.test", "Tina");

        (await LineAsync()).Should().ContainSingle().Which.Booker.Name.Should().Be("Tina");
        _mail.Box.To("tina@example.test").Should().HaveCount(1);
    }

    [DatabaseFact]
    public async Task Another_time_under_the_same_form_is_a_second_place()
    {
        var form = WaitingId.New(_tenant.Now);
        await JoinAsync(form, "tina@example.test");

        await JoinAsync(form, "tina@example.test", start: Friday.AddHours(1));
        await JoinAsync(form, "tina@example.test", start: Friday.AddHours(1));

        (await LineAsync()).Should().HaveCount(1);
        (await LineAsync(Friday.AddHours(1))).Should().HaveCount(1);
    }

    [DatabaseFact]
    public async Task A_correction_to_an_address_that_waits_already_leaves_one_place()
    {
        await JoinAsync(WaitingId.New(_tenant.Now), "tina@example.test");
        var form = WaitingId.New(_tenant.Now);
        await JoinAsync(form, "tina@exmaple.test");

        await JoinAsync(form, "TINA@example.test");

        (await LineAsync()).Should().ContainSingle().Which.Booker.Email.Should().Be("tina@example.test");
    }

    private async Task JoinAsync(WaitingId form, string email, string name = "Tina", DateTimeOffset? start = null)
    {
        (await _line.JoinAsync(
            new JoinRequest(form, _yoga, start ?? Friday) { Booker = new Booker { Name = name, Email = email } },
            Actor.ForBooker(_tenant.SubAccount),
            _tenant.Now,
            CancellationToken.None))
            .Succeeded.Should().BeTrue();
        await _mail.WorkAsync();
        _tenant.Now += TimeSpan.FromSeconds(1);
    }

    private Task<List<WaitingEntry>> LineAsync(DateTimeOffset? start = null) => _tenant.Database.ReadAsync(db =>
        db.WaitingEntries.AsNoTracking().Where(entry => entry.Start == (start ?? Friday)).OrderBy(entry => entry.JoinedAt).ToListAsync());
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteCorrectedPlaceTests() : CorrectedPlaceTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlCorrectedPlaceTests() : CorrectedPlaceTests(DatabaseProvider.PostgreSql);
