using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Activity;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Storage;

/// <summary>
/// No statement of a booking or of a screen touches more rows when the business has more past, and more appointments to come, than it
/// shows. <see cref="QueryPlanTests"/> checks that an index is used; this one counts what is read through it.
/// </summary>
public sealed class RowsReadTests(RowsReadTests.Business business) : IClassFixture<RowsReadTests.Business>
{
    /// <summary>
    /// A day of twenty hosts is 120 appointments, each with what is joined to it. The past is 20,000, the future 10,000, a host's 500.
    /// </summary>
    private const int Most = 4_000;

    private static readonly DateTimeOffset Now = TestTenant.Monday;

    private TestTenant Tenant => business.Large.Tenant;

    private Actor Member => Tenant.As(business.Large.Hosts[3]);

    private Actor IdleMember => Tenant.As(business.Large.Idle);

    private ScheduleReader Schedule => new(Tenant.Database, new FakeTimeProvider(Now));

    private ActivityReader Activity => new(Tenant.Database);

    private NoticeReader Notices => new(Tenant.Database);

    [Fact]
    public Task A_public_booking_reads_the_appointments_of_its_address_only() => FewRowsAsync(async () =>
    {
        var booked = await Tenant.BookAsync(
            business.Large.Calendars[0],
            Now.AddDays(2).AddMinutes(90),
            booking => booking.Request = booking.Request with { Source = BookingSource.Public },
            Actor.ForBooker(Tenant.SubAccount));
        booked.Succeeded.Should().BeTrue(booked.ForStaff.Text);
    });

    [Fact]
    public Task The_open_bookings_of_an_unknown_address_are_counted_without_reading_the_others() => FewRowsAsync(async () =>
    {
        await using var db = Tenant.Database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var scope = new BookingScope(db, Actor.ForBooker(Tenant.SubAccount), Now, CancellationToken.None);
        await PublicBookingLimits.UpcomingAsync(scope, "nobody@example.test");
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task The_bell_reads_the_notices_of_two_weeks_only(bool isAdmin) =>
        FewRowsAsync(() => Notices.ReadAsync(isAdmin ? Tenant.AsAdmin : Member, Now, CancellationToken.None));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_day_of_the_calendar_reads_that_day_only(bool isAdmin) => FewRowsAsync(
        () => Schedule.RangeAsync(isAdmin ? Tenant.AsAdmin : Member, Now, Now.AddDays(1), new ScheduleFilter(), CancellationToken.None));

    [Fact]
    public Task Team_Management_reads_its_members_only() =>
        FewRowsAsync(() => new TeamReader(Tenant.Database).PageAsync(0, 20, Tenant.AsAdmin, Now, CancellationToken.None));

    [Fact]
    public Task A_member_s_page_reads_what_the_member_has_before_him() => FewRowsAsync(async () =>
    {
        var host = business.Large.Hosts[3];
        var member = await new TeamReader(Tenant.Database).FindAsync(host, Tenant.AsAdmin, Now, CancellationToken.None);
        member!.UpcomingAppointments.Should().BePositive();
        var upcoming = await new UpcomingAppointmentsReader(Tenant.Database).PageAsync(
            host, 0, 20, Tenant.AsAdmin, Now, CancellationToken.None);
        upcoming.Total.Should().Be(member.UpcomingAppointments);
    });

    [Fact]
    public Task Lost_connections_and_link_health_read_what_is_to_come_and_nothing_that_is_over() => FewRowsAsync(
        async () =>
        {
            await new ConnectionProblemReader(Tenant.Database).ReadAsync(Tenant.AsAdmin, Now, CancellationToken.None);
            await Schedule.HealthAsync(Tenant.AsAdmin, CancellationToken.None);
        },
        most: 20_000);

    [Fact]
    public Task An_export_of_a_year_by_the_API_is_refused_without_reading_the_year() => FewRowsAsync(
        () => new AppointmentQueries(Tenant.Database).AreMoreThanAsync(
            1_000, new AppointmentQuery(Tenant.SubAccount, Now.AddDays(-180), Now.AddDays(180)), CancellationToken.None));

    [Fact]
    public Task A_calendar_s_page_reads_what_it_has_before_it() => FewRowsAsync(
        () => Tenant.CalendarQueries.FindAsync(business.Large.Calendars[3], Tenant.AsAdmin, Now, CancellationToken.None));

    [Theory]
    [InlineData(null)]
    [InlineData(ActivityTopic.Appointments)]
    [InlineData(ActivityTopic.Links)]
    [InlineData(ActivityTopic.Connections)]
    [InlineData(ActivityTopic.Quota)]
    [InlineData(ActivityTopic.Settings)]
    public Task A_page_of_the_activity_reads_a_page(ActivityTopic? topic) => FewRowsAsync(
        () => Activity.ReadAsync(new ActivityQuery { Topic = topic }, Tenant.AsAdmin, CancellationToken.None));

    [Fact]
    public Task The_activity_of_a_person_with_little_of_it_reads_little() => FewRowsAsync(async () =>
    {
        var query = new ActivityQuery { Person = business.Large.Idle };
        (await Activity.ReadAsync(query, Tenant.AsAdmin, CancellationToken.None)).Entries.Should().BeEmpty();
        (await Activity.ReadAsync(new ActivityQuery(), IdleMember, CancellationToken.None)).Entries.Should().BeEmpty();
        (await Activity.ReadAsync(new ActivityQuery(), Member, CancellationToken.None)).Entries.Should().NotBeEmpty();
    });

    [Fact]
    public Task An_appointment_s_history_reads_its_events_only() => FewRowsAsync(
        () => Activity.ReadAsync(
            new ActivityQuery { AppointmentId = business.Large.Coming }, Tenant.AsAdmin, CancellationToken.None));

    [Fact]
    public Task Free_times_of_a_week_read_that_week_only() => FewRowsAsync(() => Tenant.FreeSlots.FindAsync(
        business.Large.Calendars[0], Now, Now.AddDays(7), null, Tenant.AsAdmin, Now, CancellationToken.None));

    [Fact]
    public Task A_page_of_the_API_s_list_reads_a_page() => FewRowsAsync(() => new AppointmentQueries(Tenant.Database).ListAsync(
        new AppointmentQuery(Tenant.SubAccount, Now.AddDays(-180), Now.AddDays(180)) { Limit = 101 }, CancellationToken.None));

    [Fact]
    [OnSqlite("PostgreSQL's choice depends on statistics; QueryPlanTests look at its plans.")]
    public Task A_page_of_the_security_log_reads_a_page_however_it_is_filtered() => FewRowsAsync(async () =>
    {
        var (log, idle) = (new AuditReader(Tenant.Database), business.Large.Idle);
        (await log.ReadAsync(new AuditQuery(), Tenant.AsAdmin, CancellationToken.None)).Lines.Should().HaveCount(30);
        (await log.ReadAsync(new AuditQuery(Before: 100), Tenant.AsAdmin, CancellationToken.None)).Lines.Should().HaveCount(30);
        (await log.ReadAsync(new AuditQuery(AuditKind.TokenMade), Tenant.AsAdmin, CancellationToken.None)).Lines.Should().BeEmpty();
        (await log.ReadAsync(new AuditQuery(null, idle), Tenant.AsAdmin, CancellationToken.None)).Lines.Should().ContainSingle();
        (await log.ReadAsync(new AuditQuery(AuditKind.SignedIn, idle), Tenant.AsAdmin, CancellationToken.None)).Lines.Should().BeEmpty();
        (await log.ReadOwnAsync(idle, null, 30, CancellationToken.None)).Lines.Should().BeEmpty();
    });

    [Fact]
    public async Task A_statement_that_reads_every_upcoming_appointment_is_noticed()
    {
        var read = await ReadAsync(() => Tenant.Database.ReadAsync(db => db.Appointments
            .CountAsync(row => row.SubAccountId == Tenant.SubAccount && row.Start > Now && row.Notes != "")));

        read.Should().ContainSingle().Which.Rows.Should().BeGreaterThan(Most);
    }

    private async Task FewRowsAsync(Func<Task> work, int most = Most) => (await ReadAsync(work)).Should().NotBeEmpty()
        .And.AllSatisfy(statement => statement.Rows.Should().BeLessThan(most, "this is what it asks: {0}", statement.Sql));

    private async Task<IReadOnlyList<RowsRead>> ReadAsync(Func<Task> work)
    {
        business.Counter.Reset();
        await work();
        return await RowsRead.OfAsync(Tenant.Database, business.Counter.Sent);
    }

    public sealed class Business : IAsyncLifetime
    {
        internal StatementCounter Counter { get; } = new();

        internal LargeTenant Large { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Large = await LargeTenant.CreateAsync(
                await TestDatabase.CreateAsync(Counter), past: 20_000, upcoming: 10_000, events: 60_000);
            await Large.Tenant.Database.WriteAsync(async db =>
            {
                AuditLog.Add(db, AuditKind.SignedOut, Large.Tenant.SubAccount, Large.Idle, "", Now);
                for (var number = 0; number < Most + 1_000; number++)
                {
                    AuditLog.Add(db, AuditKind.SignedIn, Large.Tenant.SubAccount, Large.Hosts[0], "", Now);
                }

                await Task.CompletedTask;
            });
        }

        public Task DisposeAsync() => Large is null ? Task.CompletedTask : Large.DisposeAsync().AsTask();
    }
}
