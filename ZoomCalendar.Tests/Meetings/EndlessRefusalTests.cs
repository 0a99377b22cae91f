using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>
/// A refusal that does not end costs one meeting at most a tenth of a day's requests, and leaves the rest to what starts sooner.
/// </summary>
public abstract class EndlessRefusalTests(DatabaseProvider provider) : IAsyncLifetime
{
    private const int ForEver = 1_000_000;

    private ZoomTestHost _zoomHost = null!;

    public static TheoryData<string> Endless { get; } = [.. Faults.Keys];

    private static Dictionary<string, SandboxFault> Faults => new()
    {
        ["per second, no word"] = new() { Mode = FaultMode.RateLimit, Limit = LimitKind.PerSecond },
        ["per second, seconds"] = new() { Mode = FaultMode.RateLimit, Limit = LimitKind.PerSecond, RetryAfter = RetryAfterForm.Seconds },
        ["concurrent, instant"] = new() { Mode = FaultMode.RateLimit, Limit = LimitKind.Concurrent, RetryAfter = RetryAfterForm.Instant },
        ["retry after years"] = new()
        {
            Status = 429,
            Headers = new Dictionary<string, string> { ["Retry-After"] = "2099-01-01T00:00:00Z" },
        },
        ["retry after the past"] = new() { Status = 429, Headers = new Dictionary<string, string> { ["Retry-After"] = "-5" } },
        ["retry after a day"] = new() { Status = 429, Headers = new Dictionary<string, string> { ["Retry-After"] = "86400" } },
        ["500"] = new() { Status = 500 },
        ["500 after acting"] = new() { Status = 500, ActFirst = true },
        ["unreadable"] = new() { Status = 200, Body = "<html>" },
        ["cut"] = new() { Mode = FaultMode.CutBefore },
        ["400"] = new() { Status = 400, Code = 300, Message = "Validation Failed." },
        ["404"] = new() { Status = 404, Code = 404, Message = "No such path." },
        ["404, the meeting"] = new() { Status = 404, Code = 3001, Message = "Meeting does not exist." },
        ["403"] = new() { Status = 403, Code = 200, Message = "No permission." },
        ["may not host"] = new() { Status = 400, Code = 3161, Message = "Not allowed." },
        ["teapot"] = new() { Status = 418 },
    };

    public async Task InitializeAsync() => _zoomHost = await ZoomTestHost.CreateAsync(provider);

    public async Task DisposeAsync()
    {
        _zoomHost.Failures.Exceptions.Should().BeEmpty();
        await _zoomHost.DisposeAsync();
    }

    [DatabaseTheory]
    [MemberData(nameof(Endless))]
    public async Task A_creation_refused_for_days_costs_a_tenth_of_each_day_and_sends_one_notice(string fault)
    {
        var only = Faults[fault] with { Kind = RequestKind.Create, Times = ForEver };
        _zoomHost.Control.Fail(only);
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, TestTenant.Monday.AddDays(20));

        for (var day = 1; day <= 3; day++)
        {
            await UntilMidnightAsync();
            _zoomHost.Control.Counts.Should().OnlyContain(count => count.Count <= 10, "day {0}", day);
            (await _zoomHost.UsedAsync()).Should().BeLessThanOrEqualTo(10);
        }

        (await _zoomHost.EventsAsync(EventKind.LinkWaiting)).Should().ContainSingle();
        (await _zoomHost.EventsAsync(EventKind.LinkOverdue)).Count.Should().BeLessThanOrEqualTo(1);
        (await _zoomHost.EventsAsync(EventKind.QuotaUsedUp)).Should().BeEmpty();
        LinkFacts.Of(await _zoomHost.MeetingOfAsync(jo), (await _zoomHost.AccountAsync()).State, _zoomHost.Now).State.Should()
            .Be((only.ActFirst, only.Code) switch { (true, _) => LinkState.Ready, (_, 300) => LinkState.Stopped, _ => LinkState.Waiting });
    }

    [DatabaseTheory]
    [InlineData(RequestKind.Update)]
    [InlineData(RequestKind.Delete)]
    public async Task An_update_or_a_deletion_that_is_refused_for_days_costs_a_tenth_of_each_day(RequestKind kind)
    {
        foreach (var fault in new[] { "per second, seconds", "500", "unreadable", "404" })
        {
            _zoomHost.Control.ClearFaults();
            // The day has just turned; counted requests leave two seconds later.
            await _zoomHost.AdvanceAsync(TimeSpan.FromSeconds(5));
            var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, TestTenant.Monday.AddDays(20 + Faults.Keys.ToList().IndexOf(fault)));
            _zoomHost.Control.Fail(Faults[fault] with { Kind = kind, Times = ForEver });
            var before = _zoomHost.Sent.Count;
            if (kind is RequestKind.Update)
            {
                await _zoomHost.EditAsync(jo, $"Second {fault}");
            }
            else
            {
                await _zoomHost.CancelAsync(jo);
            }

            await UntilMidnightAsync();
            (_zoomHost.Sent.Count - before).Should().BeInRange(1, 10, fault);
            _zoomHost.Control.ClearFaults();
            await UntilMidnightAsync();
            (kind is RequestKind.Update ? _zoomHost.InZoom.Last().Topic == $"Second {fault}" : _zoomHost.InZoom.Count == 0).Should()
                .BeTrue("once {0} has ended it is done", fault);
        }
    }

    [DatabaseTheory]
    [InlineData("per second, no word")]
    [InlineData("per second, seconds")]
    [InlineData("retry after a day")]
    [InlineData("500")]
    public async Task While_thirty_far_creations_are_refused_a_booking_in_five_hours_has_its_link_at_its_start(string fault)
    {
        _zoomHost.Control.Fail(Faults[fault] with { Kind = RequestKind.Create, Times = ForEver });
        for (var i = 0; i < 30; i++)
        {
            await _zoomHost.BookedAsync(_zoomHost.Personal, TestTenant.Monday.AddDays(20).AddHours(i), reconcile: false);
        }

        await PassAsync(TimeSpan.FromHours(8));
        (await _zoomHost.UsedAsync()).Should().BeLessThan(60);
        var soon = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Now.AddHours(5));
        await PassAsync(TimeSpan.FromHours(4));
        (await _zoomHost.UsedAsync()).Should().BeLessThan(75);
        _zoomHost.Control.ClearFaults();
        await PassAsync(TimeSpan.FromMinutes(59));

        (await _zoomHost.LinkOfAsync(soon)).Should().NotBeNull();
    }

    [DatabaseFact]
    public async Task A_short_retry_delay_ends_in_seconds_and_a_long_one_within_the_hour()
    {
        _zoomHost.Control.Fail(Faults["per second, no word"] with { Kind = RequestKind.Create, Times = 3 });
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, TestTenant.Monday.AddDays(20));
        await PassAsync(TimeSpan.FromMinutes(3));
        (await _zoomHost.LinkOfAsync(jo)).Should().NotBeNull();

        _zoomHost.Control.Fail(Faults["per second, no word"] with { Kind = RequestKind.Create, Times = ForEver });
        var kim = await _zoomHost.BookedAsync(_zoomHost.Personal, TestTenant.Monday.AddDays(21));
        await PassAsync(TimeSpan.FromHours(2));
        _zoomHost.Control.ClearFaults();
        await PassAsync(TimeSpan.FromMinutes(61));
        (await _zoomHost.LinkOfAsync(kim)).Should().NotBeNull();
    }

    [DatabaseFact]
    public async Task The_nearer_the_start_the_shorter_the_pauses_and_one_attempt_is_kept_for_the_last_minutes()
    {
        _zoomHost.Control.Fail(Faults["per second, no word"] with { Kind = RequestKind.Create, Times = ForEver });
        var soon = await _zoomHost.BookedAsync(_zoomHost.Personal, _zoomHost.Now.AddMinutes(60));
        await PassAsync(TimeSpan.FromMinutes(50));
        (await _zoomHost.UsedAsync()).Should().BeInRange(5, 9);

        _zoomHost.Control.ClearFaults();
        await PassAsync(TimeSpan.FromMinutes(9));

        (await _zoomHost.LinkOfAsync(soon)).Should().NotBeNull();
    }

    [DatabaseFact]
    public async Task Repeated_requests_by_staff_spend_no_more_than_a_tenth_of_the_day()
    {
        _zoomHost.Control.Fail(Faults["400"] with { Kind = RequestKind.Create, Times = ForEver });
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, TestTenant.Monday.AddDays(20));
        var links = new LinkRenewal(_zoomHost.TestTenant.Database, _zoomHost.TestTenant.Signals);

        for (var i = 0; i < 30; i++)
        {
            await links.RequestAsync(jo, _zoomHost.TestTenant.AsAdmin, _zoomHost.Now, CancellationToken.None);
            await _zoomHost.AdvanceAsync(TimeSpan.FromSeconds(10));
            await _zoomHost.EditAsync(jo, $"Title {i}");
            await _zoomHost.AdvanceAsync(TimeSpan.FromSeconds(10));
        }

        (await _zoomHost.UsedAsync()).Should().Be(10);
    }

    [DatabaseFact]
    public async Task Refused_tokens_count_as_failed_attempts_too_and_what_succeeds_does_not()
    {
        var jo = await _zoomHost.BookedAsync(_zoomHost.Personal, TestTenant.Monday.AddDays(20));
        for (var i = 0; i < 15; i++)
        {
            await _zoomHost.EditAsync(jo, $"Title {i}");
            _zoomHost.Control.Fail(new SandboxFault
            {
                Status = 401,
                Code = 124,
                Message = "Access token is expired.",
                Kind = RequestKind.Update,
            });
            await _zoomHost.AdvanceAsync(TimeSpan.FromSeconds(31));
        }

        _zoomHost.Sent.Count(kind => kind is RequestKind.Update).Should()
            .BeInRange(10, 20, "each 401 is a failed attempt, each success is none");
        _zoomHost.Control.ClearFaults();
        await UntilMidnightAsync();
        await _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(5));
        _zoomHost.InZoom.Single().Topic.Should().Be("Title 14");
    }

    private Task UntilMidnightAsync() =>
        PassAsync(new DateTimeOffset(_zoomHost.Now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero) - _zoomHost.Now);

    /// <summary>From one moment at which something is due to the next, at least a second and at most an hour.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        var end = _zoomHost.Now + time;
        while (_zoomHost.Now < end)
        {
            var (now, account) = (_zoomHost.Now, await _zoomHost.AccountAsync());
            var due = (await _zoomHost.TestTenant.MeetingsAsync()).Select(row => row.NextActionAt).OfType<DateTimeOffset>().Append(end)
                .Min();
            due = account.BackoffUntil > due ? account.BackoffUntil.Value : due;
            var step = TimeSpan.FromTicks(Math.Clamp((due - now).Ticks, TimeSpan.TicksPerSecond, TimeSpan.TicksPerHour));
            await _zoomHost.AdvanceAsync(step < end - now ? step : end - now);
        }
    }
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteEndlessRefusalTests() : EndlessRefusalTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlEndlessRefusalTests() : EndlessRefusalTests(DatabaseProvider.PostgreSql);
