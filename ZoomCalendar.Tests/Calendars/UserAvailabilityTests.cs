using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Calendars;

public sealed class UserAvailabilityTests : IAsyncLifetime
{
    private TestTenant _tenant = null!;
    private UserAvailability _hours = null!;
    private UserId _ben;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync();
        _hours = new UserAvailability(_tenant.Database, _tenant.Signals);
        _ben = await _tenant.UserAsync("ben");
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [Fact]
    public async Task The_second_of_two_tabs_is_refused_and_overwrites_nothing()
    {
        var seen = (await FindAsync()).Stored;
        (await SaveAsync(seen, "09:00-12:00")).Succeeded.Should().BeTrue();

        (await SaveAsync(seen, "13:00-17:00")).Refusal.Should().Be(Refusal.Changed);

        (await FindAsync()).Hours.Week[NodaTime.IsoDayOfWeek.Monday].Single().Should().Be(new OpenHours(9 * 60, 12 * 60));
    }

    [Fact]
    public async Task A_blocked_time_belongs_to_its_user_and_can_be_removed_once()
    {
        (await _hours.BlockAsync(
            "Dentist",
            _tenant.Now.AddDays(1),
            _tenant.Now.AddDays(1).AddHours(1),
            _tenant.As(_ben),
            _tenant.Now,
            default)).Succeeded.Should().BeTrue();
        var block = (await FindAsync()).Blocked.Single();

        (await _hours.UnblockAsync(block.Id, _tenant.AsAdmin, default)).Refusal.Should().Be(Refusal.NotFound, "it is Ben's");
        (await _hours.UnblockAsync(block.Id, _tenant.As(_ben), default)).Succeeded.Should().BeTrue();
        (await _hours.UnblockAsync(block.Id, _tenant.As(_ben), default)).Refusal.Should().Be(Refusal.NotFound);
    }

    [Fact]
    public async Task Hours_that_cannot_be_read_and_blocks_that_end_before_they_start_are_refused()
    {
        (await _hours.SaveAsync((await FindAsync()).Stored, "nonsense", _tenant.As(_ben), default)).Refusal.Should().Be(Refusal.Invalid);
        (await _hours.BlockAsync("", _tenant.Now.AddHours(2), _tenant.Now.AddHours(1), _tenant.As(_ben), _tenant.Now, default))
            .Refusal.Should().Be(Refusal.Invalid);
    }

    [Fact]
    public async Task A_former_member_has_no_hours_in_the_sub_account()
    {
        await _tenant.Database.WriteAsync(db => db.Memberships.Where(row => row.UserId == _ben).ExecuteDeleteAsync());

        (await _hours.FindAsync(_tenant.As(_ben), _tenant.Now, default)).Should().BeNull();
        (await SaveAsync(null, "09:00-12:00")).Refusal.Should().Be(Refusal.NotFound);
    }

    private async Task<AvailabilityView> FindAsync() => (await _hours.FindAsync(_tenant.As(_ben), _tenant.Now, default))!;

    private Task<ChangeOutcome> SaveAsync(string? seen, string everyDay) =>
        _hours.SaveAsync(
            seen, AvailabilityJson.Serialize(new Availability("Etc/UTC", WeeklyHours.EveryDay(everyDay))), _tenant.As(_ben), default);
}
