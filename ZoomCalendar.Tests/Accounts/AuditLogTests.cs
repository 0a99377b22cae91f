using System.Text.RegularExpressions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Architecture;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Accounts;

/// <summary>The log of security events: who reads what, and that nobody changes it.</summary>
public sealed class AuditLogTests : IAsyncLifetime
{
    private TestTenant _tenant = null!;
    private AuditLog _log = null!;
    private AuditReader _reader = null!;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync();
        (_log, _reader) = (new AuditLog(_tenant.Database), new AuditReader(_tenant.Database));
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [Fact]
    public async Task Entry_of_the_log_can_neither_be_changed_nor_deleted_before_its_time()
    {
        var now = TimeProvider.System.GetUtcNow();
        await _log.RecordAccountEventAsync(AuditKind.SignedIn, _tenant.Admin, "", now, default);
        var longAgo = now - AuditEntry.Retention - TimeSpan.FromDays(2);
        await _log.RecordAccountEventAsync(AuditKind.SignedOut, _tenant.Admin, "", longAgo, default);

        (await RefusalOfAsync(db => db.AuditEntries.ExecuteUpdateAsync(set => set.SetProperty(row => row.Subject, "other")))).Should()
            .Contain("never changed");
        (await RefusalOfAsync(db => db.AuditEntries.Where(row => row.Kind == AuditKind.SignedIn).ExecuteDeleteAsync())).Should()
            .Contain("after its retention only");
        (await RefusalOfAsync(db => db.Database.ExecuteSqlRawAsync(
            db.Database.IsSqlite() ? "INSERT OR REPLACE INTO audit_log SELECT * FROM audit_log" : "TRUNCATE audit_log"))).Should()
            .Contain("never changed");
        await new AuditRetention(_tenant.Database).RemoveOldAsync(now, default);

        (await _tenant.Database.ReadAsync(db => db.AuditEntries.Select(row => row.Kind).Distinct().ToListAsync())).Should()
            .Equal(AuditKind.SignedIn);
    }

    [Fact]
    public async Task Sign_in_is_read_by_the_user_and_by_the_admins_of_each_sub_account_of_the_user_alone()
    {
        var ben = await _tenant.UserAsync("ben");
        var other = await TestTenant.CreateAsync(_tenant.Database, "other");
        RequestOrigin.Current = new RequestOrigin("192.0.2.1", "Firefox\n" + new string('x', 500));
        await _log.RecordAccountEventAsync(AuditKind.SignedIn, ben, "", _tenant.Now, default);

        var line = (await ReadAsync(_tenant.AsAdmin)).Lines.Should().ContainSingle().Which;
        (line.PersonName, line.Address).Should().Be(("ben", "192.0.2.1"));
        line.Device.Length.Should().Be(Session.DeviceMaxLength);
        (await ReadAsync(_tenant.As(ben))).Lines.Should().BeEmpty("only admins read the log");
        (await ReadAsync(other.AsAdmin)).Lines.Should().BeEmpty();
        (await _reader.ReadOwnAsync(ben, null, 10, default)).Lines.Should().ContainSingle();
        (await _reader.ReadOwnAsync(_tenant.Admin, null, 10, default)).Lines.Should().BeEmpty();
    }

    [Fact]
    public async Task Role_change_invitation_and_removal_of_a_member_are_in_the_log_with_who_did_it()
    {
        var ben = await _tenant.UserAsync("ben");
        var team = new Team(_tenant.Database, [], _tenant.Signals);

        var invitations = new Invitations(_tenant.Database, new EphemeralDataProtectionProvider(), _tenant.Signals);

        (await invitations.InviteAsync("jo@example.test", Role.User, Letter, _tenant.AsAdmin, _tenant.Now, default)).Succeeded.Should()
            .BeTrue();
        var open = (await invitations.ListAsync(_tenant.AsAdmin, _tenant.Now, default)).Single().Id;
        (await invitations.WithdrawAsync(open, _tenant.AsAdmin, _tenant.Now, default)).Succeeded.Should().BeTrue();
        (await team.ChangeRoleAsync(ben, 0, Role.Admin, _tenant.AsAdmin, _tenant.Now, default)).Succeeded.Should().BeTrue();
        (await team.RemoveAsync(ben, 1, false, _tenant.AsAdmin, _tenant.Now, default)).Succeeded.Should().BeTrue();
        (await team.RemoveAsync(ben, 1, false, _tenant.AsAdmin, _tenant.Now, default)).Succeeded.Should().BeFalse();

        (await ReadAsync(_tenant.AsAdmin)).Lines.Select(line => (line.Kind, line.PersonName, line.Subject)).Should().Equal(
            (AuditKind.MemberRemoved, "admin-of-studio", "ben"),
            (AuditKind.RoleChanged, "admin-of-studio", "ben: admin"),
            (AuditKind.InvitationWithdrawn, "admin-of-studio", ""),
            (AuditKind.MemberInvited, "admin-of-studio", "As a user"));
    }

    [Fact]
    public void Every_kind_of_security_event_is_written_by_some_part_of_the_app()
    {
        var writers = string.Join('\n', new[] { "ZoomCalendar.Core", "ZoomCalendar.Web" }.SelectMany(Sources.Of)
            .Where(file => !file.Path.Contains("/Audit/", StringComparison.Ordinal)
                && !file.Path.EndsWith("AuditTexts.cs", StringComparison.Ordinal)).Select(file => file.Text));

        Enum.GetNames<AuditKind>().Where(kind => !Regex.IsMatch(writers, $@"AuditKind\.{kind}\b")).Should().BeEmpty();
    }

    [Fact]
    public async Task Log_is_read_page_by_page_and_filtered_by_kind_and_person()
    {
        var ben = await _tenant.UserAsync("ben");
        for (var number = 0; number < 5; number++)
        {
            await _log.RecordAccountEventAsync(AuditKind.SignedIn, ben, "", _tenant.Now.AddMinutes(number), default);
            await _log.RecordAccountEventAsync(AuditKind.SignedOut, _tenant.Admin, "", _tenant.Now.AddMinutes(number), default);
        }

        var first = await _reader.ReadAsync(new AuditQuery(Take: 7), _tenant.AsAdmin, default);
        var second = await _reader.ReadAsync(new AuditQuery(Take: 7, Before: first.Next), _tenant.AsAdmin, default);

        first.Lines.Concat(second.Lines).Select(line => line.Id).Should().HaveCount(10).And.BeInDescendingOrder();
        second.Next.Should().BeNull();
        (await _reader.ReadAsync(new AuditQuery(AuditKind.SignedIn), _tenant.AsAdmin, default)).Lines.Should().HaveCount(5);
        (await _reader.ReadAsync(new AuditQuery(null, ben), _tenant.AsAdmin, default)).Lines.Should().HaveCount(5);
        (await _reader.ReadAsync(new AuditQuery(AuditKind.SignedOut, ben), _tenant.AsAdmin, default)).Lines.Should().BeEmpty();
    }

    private static Message Letter(string token) => new()
    {
        Id = Guid.NewGuid(),
        Kind = MessageKind.Account,
        Receiver = MessageReceiver.User,
        Content = token,
    };

    private Task<AuditPage> ReadAsync(Actor actor) => _reader.ReadAsync(new AuditQuery(), actor, default);

    private async Task<string> RefusalOfAsync(Func<ZoomCalendarContext, Task> change)
    {
        await using var db = _tenant.Database.CreateDbContext();
        var refused = await FluentActions.Awaiting(() => change(db)).Should().ThrowAsync<System.Data.Common.DbException>();
        return refused.Which.Message;
    }
}
