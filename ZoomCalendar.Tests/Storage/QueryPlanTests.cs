using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Mail;
using ZoomCalendar.Tests.Meetings;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Storage;

/// <summary>What is done often does not cost more as the tables grow: whatever is asked, the database finds by an index.</summary>
public sealed class QueryPlanTests
{
    private static readonly DateTimeOffset Ten = TestTenant.Monday.AddHours(2);

    private readonly StatementCounter _counter = new();

    [Theory]
    [InlineData(CalendarType.RoundRobin, 5)]
    [InlineData(CalendarType.Collective, null)]
    [InlineData(CalendarType.Event, 5)]
    public async Task A_booking_and_a_listing_read_no_table_from_end_to_end(CalendarType type, int? dayLimit)
    {
        await using var tenant = await TestTenant.CreateAsync(await TestDatabase.CreateAsync(_counter));
        List<UserId> hosts = type is CalendarType.Event ? [] : [await tenant.UserAsync("ben"), await tenant.UserAsync("cleo")];
        var calendar = await tenant.CalendarAsync(type, hosts, new BookingRules { DayLimit = dayLimit });
        _counter.Reset();

        await tenant.BookedAsync(calendar, Ten);
        await tenant.FreeSlots.FindAsync(calendar, Ten, Ten.AddDays(30), null, tenant.AsAdmin, tenant.Now, CancellationToken.None);

        await NothingIsReadWholeAsync(tenant.Database, "taken_times");
    }

    [Fact]
    public async Task Claiming_work_the_quota_and_a_link_s_life_read_no_table_from_end_to_end()
    {
        await using var zoomHost = await ZoomTestHost.CreateAsync(_counter);
        var process = zoomHost.NewProcess(zoomHost.TestTenant.Database);
        _counter.Reset();

        var jo = await zoomHost.BookedAsync(zoomHost.Personal, zoomHost.Tomorrow, reconcile: false);
        await process.ReconcileAsync(CancellationToken.None);
        await zoomHost.CancelAsync(jo, reconcile: false);
        await process.ReconcileAsync(CancellationToken.None);

        zoomHost.Sent.Should().HaveCount(2);
        await NothingIsReadWholeAsync(zoomHost.TestTenant.Database, "slot_meetings");
    }

    [Fact]
    public async Task Writing_and_sending_messages_read_no_table_from_end_to_end()
    {
        await using var tenant = await TestTenant.CreateAsync(await TestDatabase.CreateAsync(_counter));
        var calendar = await tenant.CalendarAsync(
            CalendarType.Personal,
            [await tenant.UserAsync("ben")],
            location: new MeetingLocation(MeetingLocationKind.Phone, "+1 312 555 0142"));
        var room = new MailTestHost(tenant);
        await room.StartAsync();
        await tenant.BookedAsync(calendar, Ten);
        _counter.Reset();

        await room.WorkAsync();

        room.Box.Letters.Should().NotBeEmpty();
        await NothingIsReadWholeAsync(tenant.Database, "messages");
    }

    [Fact]
    public async Task Reading_and_cleaning_up_the_security_log_read_no_table_from_end_to_end()
    {
        await using var tenant = await TestTenant.CreateAsync(await TestDatabase.CreateAsync(_counter));
        var longAgo = tenant.Now.AddDays(-800);
        await new AuditLog(tenant.Database).RecordAccountEventAsync(AuditKind.SignedIn, tenant.Admin, "", longAgo, default);
        var reader = new AuditReader(tenant.Database);
        _counter.Reset();

        foreach (AuditKind? kind in (AuditKind?[])[null, AuditKind.SignedIn])
        {
            foreach (UserId? person in (UserId?[])[null, tenant.Admin])
            {
                foreach (long? before in (long?[])[null, 1_000])
                {
                    await reader.ReadAsync(new AuditQuery(kind, person, before), tenant.AsAdmin, default);
                }
            }
        }

        await reader.ReadOwnAsync(tenant.Admin, null, 10, default);
        await reader.ReadOwnAsync(tenant.Admin, 1_000, 10, default);
        (await new AuditRetention(tenant.Database).RemoveOldAsync(tenant.Now, default)).Should().Be(2);

        await NothingIsReadWholeAsync(tenant.Database, "audit_log");
    }

    private async Task NothingIsReadWholeAsync(TestDatabase database, string among)
    {
        // The installation's one row is no table to speak of, nor is the empty row that a left join of one begins with.
        var plan = await QueryPlan.OfAsync(database, _counter.Sent);
        plan.Should().Contain(line => line.StartsWith($"SEARCH {among}", StringComparison.Ordinal));
        plan.Where(line => line.StartsWith("SCAN ", StringComparison.Ordinal) && line is not "SCAN e" && !line.StartsWith(
            "SCAN installation", StringComparison.Ordinal)).Should().BeEmpty();
    }
}
