using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Appointments;

/// <summary>One submit id, the same content or other content.</summary>
public abstract class SentAgainTests(DatabaseProvider provider) : IAsyncLifetime
{
    private static readonly DateTimeOffset Ten = TestTenant.Monday.AddHours(2);

    private readonly Guid _form = Guid.NewGuid();
    private TestTenant _tenant = null!;
    private UserId _ben;
    private CalendarId _intro;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync(provider);
        _ben = await _tenant.UserAsync("ben");
        _intro = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [DatabaseFact]
    public async Task Staff_who_send_the_book_dialog_again_with_another_time_book_a_second_appointment()
    {
        var first = await StaffAsync(Ten, "Jo");
        var other = await StaffAsync(Ten.AddHours(1), "Jo");
        var otherAgain = await StaffAsync(Ten.AddHours(1), " Jo ");
        var firstAgain = await StaffAsync(Ten, "Jo");

        (firstAgain, otherAgain).Should().Be((first, other));
        other.Should().NotBe(first);
        (await ActiveAsync()).Should().HaveCount(2);
    }

    [DatabaseFact]
    public async Task A_program_s_key_answers_with_the_first_appointment_whatever_became_of_its_contact()
    {
        var first = await _tenant.BookedAsync(_intro, Ten, booking => booking.Request = booking.Request with
        {
            Source = BookingSource.Api,
            SubmitId = _form,
        });
        var again = await _tenant.BookedAsync(_intro, Ten, booking => booking.Request = booking.Request with
        {
            Source = BookingSource.Api,
            SubmitId = _form,
            Booker = new Booker { Name = "Jo Fields", Email = "jo@fields.test" },
        });

        again.Should().Be(first);
    }

    [DatabaseFact]
    public async Task A_correction_drops_the_link_that_the_wrong_address_has()
    {
        await _tenant.ConnectAsync(_ben, "key");
        var first = await PublicAsync("tina@exmaple.test");
        await _tenant.Database.WriteAsync(
            async db => (await db.SlotMeetings.SingleAsync()).RecordCreated(81, "uuid", "https://zoom.test/j/81", null, null, _tenant.Now));

        var corrected = await PublicAsync("tina@example.test");

        corrected.Should().NotBe(first);
        var (former, booked) = (await _tenant.AppointmentAsync(first), await _tenant.AppointmentAsync(corrected));
        (former.Status, booked.Status).Should().Be((AppointmentStatus.Cancelled, AppointmentStatus.Confirmed));
        booked.SlotMeetingId.Should().NotBeNull().And.NotBe(former.SlotMeetingId);
    }

    [DatabaseFact]
    public async Task Corrections_sent_at_the_same_moment_leave_one_booking()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            index => Task.Run(() => TryPublicAsync(index % 2 == 0 ? "tina@exmaple.test" : "tina@example.test"))));

        outcomes.Should().OnlyContain(outcome => outcome.Succeeded);
        (await ActiveAsync()).Should().HaveCount(1);
    }

    [DatabaseFact]
    public async Task A_corrected_booking_that_staff_moved_meanwhile_is_left_alone()
    {
        var first = await PublicAsync("tina@exmaple.test");
        (await _tenant.MoveAsync(first, Ten.AddHours(3))).Succeeded.Should().BeTrue();

        await PublicAsync("tina@example.test");

        (await ActiveAsync()).Should().HaveCount(2);
    }

    [DatabaseFact]
    public async Task Rows_of_the_version_before_are_filled_in()
    {
        var id = await StaffAsync(Ten, "Özlem");
        await _tenant.Database.WriteAsync(db => db.Appointments.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.SearchText, (string?)null).SetProperty(row => row.NormalizedEmail, (string?)null)));

        await new NormalizedColumnBackfill(_tenant.Database).FillUpcomingAsync(_tenant.Now, CancellationToken.None);

        (await _tenant.Database.ReadAsync(db => db.Appointments.Where(
            row => row.SearchText!.Contains("ozlem") && row.NormalizedEmail == "jo@example.test").Select(row => row.Id).ToListAsync()))
            .Should().Equal(id);
        (await _tenant.AppointmentAsync(id)).Version.Should().Be(0, "nothing that anybody sees has changed");
    }

    [DatabaseFact]
    public async Task Characters_that_no_database_can_store_are_removed()
    {
        var id = await _tenant.BookedAsync(_intro, Ten, booking => booking.Request = booking.Request with
        {
            Title = "T\0i\ud800\uffff",
            Notes = "N\0\nn\ufffe",
            Booker = new Booker { Name = "J\0o\udc00", Email = "jo@example.test", Phone = "1\0" },
        });
        var hits = await _tenant.Database.ReadAsync(db => db.Appointments.CountAsync(row => row.Title == "x\0\ud800"));

        var booked = await _tenant.AppointmentAsync(id);
        (booked.Title, booked.Notes, booked.Booker.Name, booked.Booker.Phone).Should().Be(("T i\ufffd", "N\nn", "J o\ufffd", "1"));
        hits.Should().Be(0);
    }

    private Task<AppointmentId> StaffAsync(DateTimeOffset start, string name) => _tenant.BookedAsync(
        _intro, start, booking =>
            booking.Request = booking.Request with { SubmitId = _form, Booker = new Booker { Name = name, Email = "jo@example.test" } });

    private async Task<AppointmentId> PublicAsync(string email)
    {
        var outcome = await TryPublicAsync(email);
        outcome.Succeeded.Should().BeTrue();
        return outcome.AppointmentId!.Value;
    }

    private Task<BookingOutcome> TryPublicAsync(string email) => _tenant.BookAsync(
        _intro, Ten, booking => booking.Request = booking.Request with
        {
            Source = BookingSource.Public,
            SubmitId = _form,
            Booker = new Booker { Name = "Tina", Email = email },
        }, Actor.ForBooker(_tenant.SubAccount));

    private Task<List<Appointment>> ActiveAsync() => _tenant.Database.ReadAsync(
        db => db.Appointments.AsNoTracking().Where(row => row.Status == AppointmentStatus.Confirmed).ToListAsync());
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteSentAgainTests() : SentAgainTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlSentAgainTests() : SentAgainTests(DatabaseProvider.PostgreSql);
