using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Calendars;

public sealed class UserAvailabilityTests : IAsyncLifetime
{
    private TestTenant _studio = null!;
    private UserAvailability _hours = null!;
    private UserId _ben;

    public async Task InitializeAsync()
    {
        _studio = await TestTenant.CreateAsync();
        _hours = new UserAvailability(_studio.Database, _studio.Signals);
        _ben = await _studio.UserAsync("ben");
    }

    public Task DisposeAsync() => _studio.DisposeAsync().AsTask();

    [Fact]
    public async Task Of_two_tabs_the_second_is_told_and_nothing_is_overwritten()
    {
        var seen = (await FindAsync()).Stored;
        (await SaveAsync(seen, "09:00-12:00")).Succeeded.Should().BeTrue();

        (await SaveAsync(seen, "13:00-17:00")).Refusal.Should().Be(Refusal.Changed);

        (await FindAsync()).Hours.Week[NodaTime.IsoDayOfWeek.Monday].Single().Should().Be(new OpenHours(9 * 60, 12 * 60));
    }

    [Fact]
    public async Task A_blocked_time_is_ones_own_and_can_be_removed_once()
    {
        (await _hours.BlockAsync("Dentist", _studio.Now.AddDays(1), _studio.Now.AddDays(1).AddHours(1), _studio.As(_ben), _studio.Now, default)).Succeeded.Should().BeTrue();
        var block = (await FindAsync()).Blocked.Single();

        (await _hours.UnblockAsync(block.Id, _studio.AsAdmin, default)).Refusal.Should().Be(Refusal.NotFound, "it is Ben's");
        (await _hours.UnblockAsync(block.Id, _studio.As(_ben), default)).Succeeded.Should().BeTrue();
        (await _hours.UnblockAsync(block.Id, _studio.As(_ben), default)).Refusal.Should().Be(Refusal.NotFound);
    }

    [Fact]
    public async Task Hours_that_cannot_be_read_and_blocks_that_end_before_they_start_are_refused()
    {
        (await _hours.SaveAsync((await FindAsync()).Stored, "nonsense", _studio.As(_ben), default)).Refusal.Should().Be(Refusal.Invalid);
        (await _hours.BlockAsync("", _studio.Now.AddHours(2), _studio.Now.AddHours(1), _studio.As(_ben), _studio.Now, default)).Refusal.Should().Be(Refusal.Invalid);
    }

    [Fact]
    public async Task Who_left_the_sub_account_has_no_hours_here()
    {
        await _studio.Database.WriteAsync(db => db.Memberships.Where(row => row.UserId == _ben).ExecuteDeleteAsync());

        (await _hours.FindAsync(_studio.As(_ben), _studio.Now, default)).Should().BeNull();
        (await SaveAsync(null, "09:00-12:00")).Refusal.Should().Be(Refusal.NotFound);
    }

    private async Task<AvailabilityView> FindAsync() => (await _hours.FindAsync(_studio.As(_ben), _studio.Now, default))!;

    private Task<ChangeOutcome> SaveAsync(string? seen, string everyDay) =>
        _hours.SaveAsync(seen, AvailabilityJson.Serialize(new Availability("Etc/UTC", WeeklyHours.EveryDay(everyDay))), _studio.As(_ben), default);
}
