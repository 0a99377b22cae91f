using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Accounts;

public sealed class TeamTests : IAsyncLifetime
{
    private TestTenant _tenant = null!;
    private Team _team = null!;
    private Invitations _invitations = null!;
    private UserId _ben;
    private UserId _cleo;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync();
        _team = _tenant.Team;
        _invitations = new Invitations(_tenant.Database, new EphemeralDataProtectionProvider(), _tenant.Signals);
        _ben = await _tenant.UserAsync("ben");
        _cleo = await _tenant.UserAsync("cleo");
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [Fact]
    public async Task A_changed_role_counts_at_once_and_ends_no_session()
    {
        var sessions = new Sessions(_tenant.Database);
        var session = await sessions.StartAsync(_ben, "Firefox", "192.0.2.1", false, _tenant.Now, CancellationToken.None);

        (await RoleAsync(_ben, Role.Admin)).Succeeded.Should().BeTrue();

        (await sessions.UseAsync(session, _ben, _tenant.Now, CancellationToken.None)).Should().NotBeNull();
        (await new TeamReader(_tenant.Database).FindAsync(_ben, _tenant.AsAdmin, _tenant.Now, CancellationToken.None))!
            .Role.Should().Be(Role.Admin);
    }

    [Fact]
    public async Task A_removed_member_is_signed_out_unless_another_sub_account_is_left()
    {
        var sessions = new Sessions(_tenant.Database);
        var elsewhere = await TestTenant.CreateAsync(_tenant.Database, "elsewhere");
        await _tenant.Database.WriteAsync(db =>
        {
            db.Memberships.Add(new Membership(elsewhere.SubAccount, _ben, Role.User, _tenant.Now));
            return Task.CompletedTask;
        });
        var bens = await sessions.StartAsync(_ben, "Firefox", "192.0.2.1", false, _tenant.Now, CancellationToken.None);
        var cleos = await sessions.StartAsync(_cleo, "Firefox", "192.0.2.1", false, _tenant.Now, CancellationToken.None);

        (await RemoveAsync(_ben, keep: true)).Message.Should().BeEmpty();
        (await RemoveAsync(_cleo, keep: true)).Message.Should().BeEmpty();

        (await sessions.UseAsync(bens, _ben, _tenant.Now, CancellationToken.None)).Should().NotBeNull();
        (await sessions.UseAsync(cleos, _cleo, _tenant.Now, CancellationToken.None)).Should().BeNull();
    }

    [Fact]
    public async Task The_last_admin_can_neither_be_demoted_nor_removed()
    {
        (await RoleAsync(_tenant.Admin, Role.User)).Message.Should().StartWith("This is the last admin.");
        (await RemoveAsync(_tenant.Admin, keep: true)).Message.Should().StartWith("This is the last admin.");
    }

    [Fact]
    public async Task Users_cannot_see_or_change_the_team_and_admins_of_another_sub_account_find_nobody()
    {
        var elsewhere = await TestTenant.CreateAsync(_tenant.Database, "elsewhere");

        (await RoleAsync(_cleo, Role.Admin, _tenant.As(_ben))).Refusal.Should().Be(Refusal.Forbidden);
        (await RoleAsync(_cleo, Role.Admin, elsewhere.AsAdmin)).Refusal.Should().Be(Refusal.NotFound);
        var team = new TeamReader(_tenant.Database);
        (await team.PageAsync(0, 20, _tenant.As(_ben), _tenant.Now, CancellationToken.None)).Members.Should().BeEmpty();
        (await team.FindAsync(_cleo, elsewhere.AsAdmin, _tenant.Now, CancellationToken.None)).Should().BeNull();
    }

    [Fact]
    public async Task Members_are_read_in_pages_ordered_by_name_with_their_number()
    {
        var team = new TeamReader(_tenant.Database);

        var all = await team.PageAsync(0, 20, _tenant.AsAdmin, _tenant.Now, CancellationToken.None);
        var second = await team.PageAsync(1, 1, _tenant.AsAdmin, _tenant.Now, CancellationToken.None);
        var beyond = await team.PageAsync(20, 20, _tenant.AsAdmin, _tenant.Now, CancellationToken.None);

        all.Members.Select(member => member.Name).Should().BeInAscendingOrder().And.HaveCount(all.Total);
        second.Members.Should().Equal(all.Members[1]);
        second.Total.Should().Be(all.Total);
        beyond.Members.Should().BeEmpty();
    }

    [Fact]
    public async Task An_admin_who_was_demoted_meanwhile_is_refused()
    {
        (await RoleAsync(_ben, Role.Admin)).Succeeded.Should().BeTrue();
        (await RoleAsync(_tenant.Admin, Role.User, _tenant.As(_ben) with { Role = Role.Admin })).Succeeded.Should().BeTrue();

        (await RoleAsync(_cleo, Role.Admin)).Refusal.Should().Be(Refusal.Forbidden);
    }

    [Fact]
    public async Task A_member_with_upcoming_appointments_is_removed_only_if_the_admin_keeps_them()
    {
        var calendar = await _tenant.CalendarAsync(CalendarType.RoundRobin, [_ben, _cleo]);
        var id = await _tenant.BookedAsync(
            calendar, TestTenant.Monday.AddHours(2), builder => builder.Request = builder.Request with { HostId = _ben });

        (await RemoveAsync(_ben, keep: false)).Message.Should().Contain("1 upcoming appointment.");
        (await RemoveAsync(_ben, keep: true)).Succeeded.Should().BeTrue();

        (await _tenant.AppointmentAsync(id)).HostId.Should().Be(_ben);
        var members = await _tenant.Database.ReadAsync(db => db.CalendarMembers.Where(row => row.CalendarId == calendar).ToListAsync());
        members.Should().ContainSingle().Which.IsPrimaryOwner.Should().BeTrue();
    }

    [Fact]
    public async Task A_removed_member_is_disconnected_with_the_admin_on_record_and_keeps_links()
    {
        await _tenant.ConnectAsync(_ben, "key");
        var calendar = await _tenant.CalendarAsync(CalendarType.Personal, [_ben]);
        await _tenant.BookedAsync(calendar, TestTenant.Monday.AddHours(2));
        await _tenant.Database.WriteAsync(
            async db => (await db.SlotMeetings.SingleAsync()).RecordCreated(81, "uuid", "https://zoom.test/j/81", null, null, _tenant.Now));

        (await RemoveAsync(_ben, keep: true)).Succeeded.Should().BeTrue();

        (await _tenant.Database.ReadAsync(db => db.Connections.CountAsync())).Should().Be(0);
        var ended = await _tenant.Database.ReadAsync(db => db.Events.SingleAsync(entry => entry.Kind == EventKind.ConnectionEnded));
        (ended.UserId, ended.ActorId).Should().Be((_ben, _tenant.Admin));
        (await _tenant.MeetingsAsync()).Single().Should()
            .BeEquivalentTo(new { JoinUrl = "https://zoom.test/j/81", WaitingFor = WaitingFor.Connection });
    }

    [Fact]
    public async Task An_invitation_is_accepted_once_and_only_with_its_link()
    {
        var elsewhere = await TestTenant.CreateAsync(_tenant.Database, "elsewhere");
        var dora = await elsewhere.UserAsync("dora");
        var (token, outcome) = await InviteAsync(Role.User, _tenant.AsAdmin);
        outcome.Succeeded.Should().BeTrue();

        (await AcceptAsync("dora@studio.test", dora)).Refusal.Should().Be(Refusal.NotFound);
        (await AcceptAsync(token![..^4] + "AAAA", dora)).Refusal.Should().Be(Refusal.NotFound);
        (await AcceptAsync(token, dora)).Succeeded.Should().BeTrue();
        (await AcceptAsync(token, await elsewhere.UserAsync("eve"))).Refusal.Should().Be(Refusal.NotFound);

        (await _tenant.Database.ReadAsync(db => db.Memberships.SingleAsync(
            row => row.SubAccountId == _tenant.SubAccount && row.UserId == dora))).Role.Should().Be(Role.User);
    }

    [Fact]
    public async Task An_invitation_ends_after_seven_days_when_withdrawn_and_when_replaced()
    {
        var (old, _) = await InviteAsync(Role.User, _tenant.AsAdmin);
        var (token, _) = await InviteAsync(Role.User, _tenant.AsAdmin);

        (await _invitations.FindAsync(old, _tenant.Now, CancellationToken.None)).Should().BeNull();
        (await _invitations.FindAsync(token, _tenant.Now.AddDays(7).AddTicks(-1), CancellationToken.None)).Should().NotBeNull();
        (await _invitations.FindAsync(token, _tenant.Now.AddDays(7), CancellationToken.None)).Should().BeNull();
        var open = (await _invitations.ListAsync(_tenant.AsAdmin, _tenant.Now, CancellationToken.None)).Single();
        (await _invitations.WithdrawAsync(open.Id, _tenant.AsAdmin, _tenant.Now, CancellationToken.None)).Succeeded.Should().BeTrue();
        (await _invitations.FindAsync(token, _tenant.Now, CancellationToken.None)).Should().BeNull();
    }

    [Fact]
    public async Task Users_cannot_invite()
    {
        var (token, outcome) = await InviteAsync(Role.Admin, _tenant.As(_ben));

        token.Should().BeNull();
        outcome.Refusal.Should().Be(Refusal.Forbidden);
    }

    /// <returns>The token that the message holds; null: no message was written.</returns>
    private async Task<(string? Token, ChangeOutcome Outcome)> InviteAsync(Role role, Actor actor)
    {
        var id = Guid.CreateVersion7();
        var outcome = await _invitations.InviteAsync("dora@studio.test", role, MessageOf, actor, _tenant.Now, CancellationToken.None);
        return (await _tenant.Database.ReadAsync(
            db => db.Messages.Where(row => row.Id == id).Select(row => row.Content).SingleOrDefaultAsync()), outcome);

        Message MessageOf(string token) => new() { Id = id, Kind = MessageKind.Account, Receiver = MessageReceiver.User, Content = token };
    }

    private Task<ChangeOutcome> AcceptAsync(string token, UserId user) =>
        _invitations.AcceptAsync(token, user, _tenant.Now, CancellationToken.None);

    private async Task<ChangeOutcome> RoleAsync(UserId user, Role role, Actor? actor = null) =>
        await _team.ChangeRoleAsync(user, await VersionAsync(user), role, actor ?? _tenant.AsAdmin, _tenant.Now, CancellationToken.None);

    private async Task<ChangeOutcome> RemoveAsync(UserId user, bool keep) =>
        await _team.RemoveAsync(user, await VersionAsync(user), keep, _tenant.AsAdmin, _tenant.Now, CancellationToken.None);

    private Task<int> VersionAsync(UserId user) => _tenant.Database.ReadAsync(db =>
        db.Memberships.Where(row => row.SubAccountId == _tenant.SubAccount && row.UserId == user).Select(row => row.Version).SingleAsync());
}
