using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Accounts;

/// <summary>What changes who has access needs a proof of who acts, in the same session, at most ten minutes old.</summary>
public sealed class FreshProofTests : IAsyncLifetime
{
    private TestTenant _tenant = null!;
    private Sessions _sessions = null!;
    private UserId _ben;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync();
        _sessions = new Sessions(_tenant.Database);
        _ben = await _tenant.UserAsync("ben");
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [Theory]
    [InlineData(599, true)]
    [InlineData(600, false)]
    public async Task A_proof_is_fresh_for_ten_minutes(int seconds, bool isFresh)
    {
        var admin = await AdminAsync(_tenant.Now.AddSeconds(-seconds));

        var outcome = await PromoteBenAsync(admin);

        outcome.Refusal.Should().Be(isFresh ? null : Refusal.ProofNeeded);
        (await RoleOfBenAsync()).Should().Be(isFresh ? Role.Admin : Role.User, "a refusal changes nothing");
    }

    [Fact]
    public async Task A_session_without_a_proof_becomes_fresh_by_one()
    {
        var admin = await AdminAsync(_tenant.Now, SignInProof.None);
        (await PromoteBenAsync(admin)).Refusal.Should().Be(Refusal.ProofNeeded);

        await _sessions.NoteProofAsync(admin.SessionId!.Value, _tenant.Admin, isSecondFactor: false, _tenant.Now, default);

        (await PromoteBenAsync(admin)).Succeeded.Should().BeTrue();
        var events = await new AuditReader(_tenant.Database).ReadOwnAsync(_tenant.Admin, null, 9, default);
        events.Lines.Select(line => (line.Kind, line.Subject)).Should().Equal((AuditKind.ProofRenewed, "by password"));
    }

    [Fact]
    public async Task A_proof_of_somebody_else_and_a_program_do_not_count()
    {
        var bens = await _sessions.StartAsync(_ben, "", "", false, _tenant.Now, default, SignInProof.TwoFactors);
        var program = new Actor(_tenant.SubAccount, _tenant.Admin, Role.Admin);

        (await PromoteBenAsync(program)).Refusal.Should().Be(Refusal.ProofNeeded);
        (await PromoteBenAsync(program with { SessionId = bens })).Refusal.Should().Be(Refusal.ProofNeeded);
    }

    [Fact]
    public async Task A_token_is_made_and_revoked_with_a_fresh_proof()
    {
        var tokens = new PrivateTokens(_tenant.Database);
        var admin = await AdminAsync(_tenant.Now);
        (await tokens.CreateAsync("t", [TokenScopes.ReadEvents], null, admin, _tenant.Now, default)).Secret.Should().NotBeNull();
        var token = (await tokens.PageAsync(0, 1, admin, default)).Tokens[0].Id;
        var later = _tenant.Now + FreshProof.Lifetime;

        (await tokens.CreateAsync("t", [TokenScopes.ReadEvents], null, admin, later, default)).Refusal.Should().Be(Refusal.ProofNeeded);
        (await tokens.RevokeAsync(token, admin, later, default)).Refusal.Should().Be(Refusal.ProofNeeded);

        (await tokens.PageAsync(0, 9, admin, default)).Tokens.Should().ContainSingle().Which.RevokedAt.Should().BeNull();
    }

    [Theory]
    [InlineData(Role.Admin, false)]
    [InlineData(Role.User, true)]
    public async Task Somebody_is_invited_as_an_admin_only_with_a_fresh_proof(Role role, bool isInvited)
    {
        var admin = await AdminAsync(_tenant.Now - FreshProof.Lifetime);

        var outcome = await new Invitations(_tenant.Database, new EphemeralDataProtectionProvider(), _tenant.Signals).InviteAsync(
            "new@example.test",
            role,
            _ => new Message
            {
                Id = Guid.NewGuid(),
                Kind = MessageKind.Account,
                Receiver = MessageReceiver.User,
                State = MessageState.Dropped,
            },
            admin,
            _tenant.Now,
            default);

        outcome.Succeeded.Should().Be(isInvited, outcome.Message);
    }

    [Fact]
    public async Task Other_devices_are_signed_out_with_a_fresh_proof_and_this_one_goes_on()
    {
        var elsewhere = await _sessions.StartAsync(_tenant.Admin, "", "", false, _tenant.Now, default);
        var bens = await _sessions.StartAsync(_ben, "", "", false, _tenant.Now, default);
        var old = await AdminAsync(_tenant.Now - FreshProof.Lifetime);
        (await _sessions.SignOutAsync(elsewhere, old, _tenant.Now, default)).Refusal.Should().Be(Refusal.ProofNeeded);
        (await _sessions.SignOutOthersAsync(old, _tenant.Now, default)).Refusal.Should().Be(Refusal.ProofNeeded);
        var fresh = await AdminAsync(_tenant.Now);

        (await _sessions.SignOutAsync(bens, fresh, _tenant.Now, default)).Succeeded.Should().BeTrue();
        (await _sessions.SignOutOthersAsync(fresh, _tenant.Now, default)).Succeeded.Should().BeTrue();

        (await _tenant.Database.ReadAsync(db => db.Sessions.Select(row => row.Id).ToListAsync()))
            .Should().BeEquivalentTo([fresh.SessionId!.Value, bens], "a session of somebody else is not touched");
    }

    private async Task<Actor> AdminAsync(DateTimeOffset provenAt, SignInProof proof = SignInProof.OneFactor) =>
        new(_tenant.SubAccount, _tenant.Admin, Role.Admin)
        {
            SessionId = await _sessions.StartAsync(_tenant.Admin, "", "", false, provenAt, default, proof),
        };

    private Task<ChangeOutcome> PromoteBenAsync(Actor admin) =>
        _tenant.Team.ChangeRoleAsync(_ben, 0, Role.Admin, admin, _tenant.Now, default);

    private Task<Role> RoleOfBenAsync() =>
        _tenant.Database.ReadAsync(db => db.Memberships.Where(row => row.UserId == _ben).Select(row => row.Role).SingleAsync());
}
