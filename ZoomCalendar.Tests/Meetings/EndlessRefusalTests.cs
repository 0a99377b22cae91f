using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>A refusal that does not end costs one meeting at most a tenth of a day's requests, and leaves the rest to what starts sooner.</summary>
public abstract class EndlessRefusalTests(DatabaseProvider provider) : IAsyncLifetime
{
    private const int ForEver = 1_000_000;

    private ZoomTestHost _world = null!;

    public static TheoryData<string> Endless { get; } = [.. Faults.Keys];

    private static Dictionary<string, SandboxFault> Faults => new()
    {
        ["per second, no word"] = new() { Mode = FaultMode.RateLimit, Limit = LimitKind.PerSecond },
        ["per second, seconds"] = new() { Mode = FaultMode.RateLimit, Limit = LimitKind.PerSecond, RetryAfter = RetryAfterForm.Seconds },
        ["concurrent, instant"] = new() { Mode = FaultMode.RateLimit, Limit = LimitKind.Concurrent, RetryAfter = RetryAfterForm.Instant },
        ["retry after years"] = new() { Status = 429, Headers = new Dictionary<string, string> { ["Retry-After"] = "2099-01-01T00:00:00Z" } },
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

    public async Task InitializeAsync() => _world = await ZoomTestHost.CreateAsync(provider);

    public async Task DisposeAsync()
    {
        _world.Failures.Exceptions.Should().BeEmpty();
        await _world.DisposeAsync();
    }

    [DatabaseTheory]
    [MemberData(nameof(Endless))]
    public async Task A_creation_that_is_refused_for_days_costs_a_tenth_of_each_day_and_is_told_once(string fault)
    {
        var only = Faults[fault] with { Kind = RequestKind.Create, Times = ForEver };
        _world.Control.Fail(only);
        var jo = await _world.BookedAsync(_world.Personal, TestTenant.Monday.AddDays(20));

        for (var day = 1; day <= 3; day++)
        {
            await UntilMidnightAsync();
            _world.Control.Counts.Should().OnlyContain(count => count.Count <= 10, "day {0}", day);
            (await _world.UsedAsync()).Should().BeLessThanOrEqualTo(10);
        }

        (await _world.EventsAsync(EventKind.LinkWaiting)).Should().ContainSingle();
        (await _world.EventsAsync(EventKind.LinkOverdue)).Count.Should().BeLessThanOrEqualTo(1);
        (await _world.EventsAsync(EventKind.QuotaUsedUp)).Should().BeEmpty();
        LinkFacts.Of(await _world.MeetingOfAsync(jo), (await _world.AccountAsync()).State, _world.Now).State.Should().Be((only.ActFirst, only.Code) switch { (true, _) => LinkState.Ready, (_, 300) => LinkState.Stopped, _ => LinkState.Waiting });
    }

    [DatabaseTheory]
    [InlineData(RequestKind.Update)]
    [InlineData(RequestKind.Delete)]
    public async Task An_update_or_a_deletion_that_is_refused_for_days_costs_a_tenth_of_each_day(RequestKind kind)
    {
        foreach (var fault in new[] { "per second, seconds", "500", "unreadable", "404" })
        {
            _world.Control.ClearFaults();
            // The day has just turned; counted requests leave two seconds later.
            await _world.AdvanceAsync(TimeSpan.FromSeconds(5));
            var jo = await _world.BookedAsync(_world.Personal, TestTenant.Monday.AddDays(20 + Faults.Keys.ToList().IndexOf(fault)));
            _world.Control.Fail(Faults[fault] with { Kind = kind, Times = ForEver });
            var before = _world.Sent.Count;
            if (kind is RequestKind.Update)
            {
                await _world.EditAsync(jo, $"Second {fault}");
            }
            else
            {
                await _world.CancelAsync(jo);
            }

            await UntilMidnightAsync();
            (_world.Sent.Count - before).Should().BeInRange(1, 10, fault);
            _world.Control.ClearFaults();
            await UntilMidnightAsync();
            (kind is RequestKind.Update ? _world.InZoom.Last().Topic == $"Second {fault}" : _world.InZoom.Count == 0).Should().BeTrue("once {0} has ended it is done", fault);
        }
    }

    [DatabaseTheory]
    [InlineData("per second, no word")]
    [InlineData("per second, seconds")]
    [InlineData("retry after a day")]
    [InlineData("500")]
    public async Task While_thirty_far_creations_are_refused_a_booking_in_five_hours_has_its_link_at_its_start(string fault)
    {
        _world.Control.Fail(Faults[fault] with { Kind = RequestKind.Create, Times = ForEver });
        for (var i = 0; i < 30; i++)
        {
            await _world.BookedAsync(_world.Personal, TestTenant.Monday.AddDays(20).AddHours(i), reconcile: false);
        }

        await PassAsync(TimeSpan.FromHours(8));
        (await _world.UsedAsync()).Should().BeLessThan(60);
        var soon = await _world.BookedAsync(_world.Personal, _world.Now.AddHours(5));
        await PassAsync(TimeSpan.FromHours(4));
        (await _world.UsedAsync()).Should().BeLessThan(75);
        _world.Control.ClearFaults();
        await PassAsync(TimeSpan.FromMinutes(59));

        (await _world.LinkOfAsync(soon)).Should().NotBeNull();
    }

    [DatabaseFact]
    public async Task A_short_pause_of_Zooms_is_over_in_seconds_and_a_long_one_within_the_hour()
    {
        _world.Control.Fail(Faults["per second, no word"] with { Kind = RequestKind.Create, Times = 3 });
        var jo = await _world.BookedAsync(_world.Personal, TestTenant.Monday.AddDays(20));
        await PassAsync(TimeSpan.FromMinutes(3));
        (await _world.LinkOfAsync(jo)).Should().NotBeNull();

        _world.Control.Fail(Faults["per second, no word"] with { Kind = RequestKind.Create, Times = ForEver });
        var kim = await _world.BookedAsync(_world.Personal, TestTenant.Monday.AddDays(21));
        await PassAsync(TimeSpan.FromHours(2));
        _world.Control.ClearFaults();
        await PassAsync(TimeSpan.FromMinutes(61));
        (await _world.LinkOfAsync(kim)).Should().NotBeNull();
    }

    [DatabaseFact]
    public async Task The_nearer_the_start_the_shorter_the_pauses_and_one_attempt_is_kept_for_the_last_minutes()
    {
        _world.Control.Fail(Faults["per second, no word"] with { Kind = RequestKind.Create, Times = ForEver });
        var soon = await _world.BookedAsync(_world.Personal, _world.Now.AddMinutes(60));
        await PassAsync(TimeSpan.FromMinutes(50));
        (await _world.UsedAsync()).Should().BeInRange(5, 9);

        _world.Control.ClearFaults();
        await PassAsync(TimeSpan.FromMinutes(9));

        (await _world.LinkOfAsync(soon)).Should().NotBeNull();
    }

    [DatabaseFact]
    public async Task Staff_who_ask_again_and_again_do_not_spend_more_than_a_tenth_either()
    {
        _world.Control.Fail(Faults["400"] with { Kind = RequestKind.Create, Times = ForEver });
        var jo = await _world.BookedAsync(_world.Personal, TestTenant.Monday.AddDays(20));
        var links = new LinkRenewal(_world.TestTenant.Database, _world.TestTenant.Signals);

        for (var i = 0; i < 30; i++)
        {
            await links.RequestAsync(jo, _world.TestTenant.AsAdmin, _world.Now, CancellationToken.None);
            await _world.AdvanceAsync(TimeSpan.FromSeconds(10));
            await _world.EditAsync(jo, $"Title {i}");
            await _world.AdvanceAsync(TimeSpan.FromSeconds(10));
        }

        (await _world.UsedAsync()).Should().Be(10);
    }

    [DatabaseFact]
    public async Task Refused_tokens_count_as_failed_attempts_too_and_what_succeeds_does_not()
    {
        var jo = await _world.BookedAsync(_world.Personal, TestTenant.Monday.AddDays(20));
        for (var i = 0; i < 15; i++)
        {
            await _world.EditAsync(jo, $"Title {i}");
            _world.Control.Fail(new SandboxFault { Status = 401, Code = 124, Message = "Access token is expired.", Kind = RequestKind.Update });
            await _world.AdvanceAsync(TimeSpan.FromSeconds(31));
        }

        _world.Sent.Count(kind => kind is RequestKind.Update).Should().BeInRange(10, 20, "each 401 is a failed attempt, each success is none");
        _world.Control.ClearFaults();
        await UntilMidnightAsync();
        await _world.AdvanceAsync(TimeSpan.FromMinutes(5));
        _world.InZoom.Single().Topic.Should().Be("Title 14");
    }

    private Task UntilMidnightAsync() => PassAsync(new DateTimeOffset(_world.Now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero) - _world.Now);

    /// <summary>From one moment at which something is due to the next, at least a second and at most an hour.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        var end = _world.Now + time;
        while (_world.Now < end)
        {
            var (now, account) = (_world.Now, await _world.AccountAsync());
            var due = (await _world.TestTenant.MeetingsAsync()).Select(row => row.NextActionAt).OfType<DateTimeOffset>().Append(end).Min();
            due = account.BackoffUntil > due ? account.BackoffUntil.Value : due;
            var step = TimeSpan.FromTicks(Math.Clamp((due - now).Ticks, TimeSpan.TicksPerSecond, TimeSpan.TicksPerHour));
            await _world.AdvanceAsync(step < end - now ? step : end - now);
        }
    }
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteEndlessRefusalTests() : EndlessRefusalTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
public sealed class PostgreSqlEndlessRefusalTests() : EndlessRefusalTests(DatabaseProvider.PostgreSql);
