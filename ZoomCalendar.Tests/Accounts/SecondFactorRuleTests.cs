using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Accounts;

/// <summary>Who may require a second factor in a sub-account, and what nobody can do who is bound by it.</summary>
public sealed class SecondFactorRuleTests : IAsyncLifetime
{
    private TestTenant _tenant = null!;
    private SecondFactorSettings _settings = null!;
    private Passkeys _passkeys = null!;
    private ProviderAccounts _providers = null!;
    private UserId _ben;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync();
        _settings = new SecondFactorSettings(_tenant.Database, _tenant.Signals);
        _passkeys = new Passkeys(_tenant.Database, _tenant.Signals);
        _providers = new ProviderAccounts(_tenant.Database, _tenant.Signals);
        _ben = await _tenant.UserAsync("ben");
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [Theory]
    [InlineData(SecondFactorRule.Admins)]
    [InlineData(SecondFactorRule.Everybody)]
    public async Task An_admin_without_a_second_factor_cannot_require_one_and_reads_what_to_do(SecondFactorRule rule)
    {
        var admin = await SignedInAsync(_tenant.Admin, SignInProof.OneFactor);

        (await SaveAsync(rule, admin)).Message.Should().StartWith("Set up your own second factor first");
        await AddPasskeyAsync(_tenant.Admin, 1);
        (await SaveAsync(rule, admin)).Message.Should().StartWith("You signed in without your second factor");

        (await RuleAsync()).Should().Be(SecondFactorRule.Nobody);
        (await SaveAsync(SecondFactorRule.Nobody, admin)).Succeeded.Should().BeTrue("it binds nobody");
    }

    [Fact]
    public async Task Requiring_a_second_factor_is_in_the_audit_log_and_open_pages_are_told()
    {
        var admin = await SignedInAsync(_tenant.Admin, SignInProof.TwoFactors);
        var old = await SignedInAsync(_tenant.Admin, SignInProof.TwoFactors, _tenant.Now - FreshProof.Lifetime);

        (await SaveAsync(SecondFactorRule.Admins, old)).Refusal.Should().Be(Refusal.ProofNeeded);
        (await SaveAsync((SecondFactorRule)9, admin)).Refusal.Should().Be(Refusal.Invalid);
        (await SaveAsync(SecondFactorRule.Admins, admin)).Succeeded.Should().BeTrue();
        (await SaveAsync(SecondFactorRule.Admins, admin)).Succeeded.Should().BeTrue("nothing changes");

        var log = await new AuditReader(_tenant.Database).ReadAsync(new AuditQuery(), _tenant.AsAdmin, default);
        log.Lines.Select(line => (line.Kind, line.Subject)).Should()
            .Equal((AuditKind.SecuritySettingChanged, "second factor required of: nobody → admins"));
        (await _tenant.EventsAsync()).Should().ContainSingle("the pages of the sub-account look again after an event");
        (await _settings.FindAsync(admin, default)).Should().Be(new SecondFactorRequirement(SecondFactorRule.Admins, 1, 2));
    }

    [Fact]
    public async Task The_only_second_factor_is_not_removed_where_one_is_required()
    {
        var ben = await SignedInAsync(_ben, SignInProof.TwoFactors);
        await _tenant.Database.WriteAsync(
            db => db.Users.Where(row => row.Id == _ben).ExecuteUpdateAsync(set => set.SetProperty(row => row.PasswordHash, "hash")));
        await AddPasskeyAsync(_ben, 1);
        await RequireAsync(SecondFactorRule.Everybody);

        (await RemovePasskeyAsync(ben, 1)).Message.Should().Be(
            "studio requires a second factor, and this is your only one. Add another one first: a passkey or an authenticator app.");
        (await LinkAsync(ben, "first")).Succeeded.Should().BeTrue();
        (await RemovePasskeyAsync(ben, 1)).Succeeded.Should().BeTrue();
        (await UnlinkAsync(ben)).Message.Should().Contain("this is your only one");
        await RequireAsync(SecondFactorRule.Admins);
        (await UnlinkAsync(ben)).Succeeded.Should().BeTrue("the rule does not bind Ben");
    }

    [Fact]
    public async Task A_password_alone_does_not_add_a_second_factor_beside_that_of_the_owner_where_one_is_required()
    {
        var thief = await SignedInAsync(_ben, SignInProof.OneFactor);
        await AddPasskeyAsync(_ben, 1);
        await RequireAsync(SecondFactorRule.Everybody);

        (await AddPasskeyAsync(thief, 2)).Message.Should().Contain("Sign out and sign in with it");
        (await LinkAsync(thief, "of-the-thief")).Message.Should().Contain("Sign out and sign in with it");

        var owner = await SignedInAsync(_ben, SignInProof.TwoFactors);
        (await AddPasskeyAsync(owner, 2)).Succeeded.Should().BeTrue();
    }

    [Fact]
    public async Task Whoever_adds_a_passkey_has_given_a_second_factor_in_this_session()
    {
        var ben = await SignedInAsync(_ben, SignInProof.OneFactor);
        await RequireAsync(SecondFactorRule.Everybody);

        (await AddPasskeyAsync(ben, 1)).Succeeded.Should().BeTrue();

        (await new Sessions(_tenant.Database).ProofAsync(ben.SessionId!.Value, _ben, _tenant.Now, default))!.HasSecondFactor.Should()
            .BeTrue();
    }

    [Fact]
    public async Task Team_Management_shows_who_has_a_second_factor()
    {
        await AddPasskeyAsync(_ben, 1);
        var cleo = await _tenant.UserAsync("cleo");
        await LinkAsync(_tenant.As(cleo), "cleo");
        var dora = await _tenant.UserAsync("dora");
        await _tenant.Database.WriteAsync(
            db => db.Users.Where(row => row.Id == dora).ExecuteUpdateAsync(set => set.SetProperty(row => row.TwoFactorEnabled, true)));

        var team = await new TeamReader(_tenant.Database).PageAsync(0, 9, _tenant.AsAdmin, _tenant.Now, default);

        team.Members.Where(member => member.HasSecondFactor).Select(member => member.Name).Should().Equal("ben", "cleo", "dora");
        team.Members.Should().HaveCount(4);
        (await _settings.FindAsync(_tenant.AsAdmin, default)).Should().Be(new SecondFactorRequirement(SecondFactorRule.Nobody, 1, 1));
    }

    private static Message NewMessage() => new()
    {
        Id = Guid.NewGuid(),
        Kind = MessageKind.Account,
        Receiver = MessageReceiver.User,
        State = MessageState.Dropped,
    };

    private async Task<Actor> SignedInAsync(UserId user, SignInProof proof, DateTimeOffset? at = null) =>
        new(_tenant.SubAccount, user, user == _tenant.Admin ? Role.Admin : Role.User)
        {
            SessionId = await new Sessions(_tenant.Database).StartAsync(user, "", "", false, at ?? _tenant.Now, default, proof),
        };

    private Task<ChangeOutcome> SaveAsync(SecondFactorRule rule, Actor actor) => _settings.SaveAsync(rule, actor, _tenant.Now, default);

    private async Task RequireAsync(SecondFactorRule rule) => (await SaveAsync(rule, _tenant.AsAdmin)).Succeeded.Should().BeTrue();

    private Task<SecondFactorRule> RuleAsync() =>
        _tenant.Database.ReadAsync(
            db => db.SubAccounts.Where(row => row.Id == _tenant.SubAccount).Select(row => row.SecondFactor).SingleAsync());

    private Task<ChangeOutcome> AddPasskeyAsync(UserId user, byte number) => AddPasskeyAsync(_tenant.As(user), number);

    private Task<ChangeOutcome> AddPasskeyAsync(Actor actor, byte number) => _passkeys.AddAsync(
        new UserPasskeyInfo([number], [number], _tenant.Now, 0, null, true, false, false, [], []),
        $"passkey {number}",
        NewMessage(),
        actor,
        _tenant.Now,
        default);

    private Task<ChangeOutcome> RemovePasskeyAsync(Actor actor, byte number) =>
        _passkeys.RemoveAsync([number], NewMessage(), actor, _tenant.Now, default);

    private Task<ChangeOutcome> LinkAsync(Actor actor, string subject) => _providers.LinkAsync(
        new ProviderIdentity { Issuer = "https://id.example.test", Subject = subject }, NewMessage(), actor, _tenant.Now, default);

    private Task<ChangeOutcome> UnlinkAsync(Actor actor) => _providers.UnlinkAsync(NewMessage(), actor, _tenant.Now, default);
}
