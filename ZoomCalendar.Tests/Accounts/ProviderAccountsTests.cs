using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Accounts;

/// <summary>An account of a provider and an account here with the same e-mail address: who is linked, and who is not.</summary>
public sealed class ProviderAccountsTests : IAsyncLifetime
{
    private const string Issuer = "https://id.example.test";

    private TestTenant _tenant = null!;
    private ProviderAccounts _accounts = null!;
    private UserId _ben;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync();
        _accounts = new ProviderAccounts(_tenant.Database, _tenant.Signals);
        _ben = await _tenant.UserAsync("ben");
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [Theory]
    [InlineData(true, true, ProviderSignInResult.Linked)]
    [InlineData(true, false, ProviderSignInResult.Unverified)]
    [InlineData(false, true, ProviderSignInResult.Unknown)]
    [InlineData(false, false, ProviderSignInResult.Unverified)]
    public async Task Account_with_the_same_address_is_linked_only_if_the_operator_trusts_the_provider_and_it_verified_the_address(
        bool isTrusted, bool isVerified, ProviderSignInResult expected)
    {
        var outcome = await SignInAsync("s1", isVerified ? "BEN@studio.test" : null, isTrusted);

        var isLinked = expected is ProviderSignInResult.Linked;
        (outcome.Result, outcome.User).Should().Be((expected, isLinked ? _ben : null));
        (await LoginsAsync()).Should().Equal(isLinked ? ["s1"] : []);
        (await MessagesAsync()).Should().Be(isLinked ? 1 : 0, "the owner is told of a link");
        (await _tenant.Database.ReadAsync(db => db.AuditEntries.CountAsync(row => row.Kind == AuditKind.OpenIdConnectAdded)))
            .Should().Be(isLinked ? 2 : 0, "an entry for the user, and one for the admins");
    }

    [Fact]
    public async Task Second_account_of_the_provider_with_the_same_address_is_not_linked_because_addresses_are_given_to_new_people()
    {
        (await SignInAsync("s1", "ben@studio.test", true)).Result.Should().Be(ProviderSignInResult.Linked);

        var second = await SignInAsync("s2", "ben@studio.test", true);
        var first = await SignInAsync("s1", null, true);

        (second.Result, second.User).Should().Be((ProviderSignInResult.Unknown, null));
        (first.Result, first.User).Should().Be((ProviderSignInResult.Known, _ben));
        (await LoginsAsync()).Should().Equal("s1");
    }

    private Task<ProviderSignIn> SignInAsync(string subject, string? verifiedEmail, bool isTrusted) => _accounts.SignInAsync(
        new ProviderIdentity { Issuer = Issuer, Subject = subject, VerifiedEmail = verifiedEmail },
        isTrusted,
        address => new Message
        {
            Id = Guid.NewGuid(),
            Kind = MessageKind.Account,
            Receiver = MessageReceiver.User,
            Address = address,
        },
        _tenant.Now,
        default);

    private Task<List<string>> LoginsAsync() =>
        _tenant.Database.ReadAsync(db => db.UserLogins.Where(row => row.UserId == _ben).Select(row => row.ProviderKey).ToListAsync());

    private Task<int> MessagesAsync() => _tenant.Database.ReadAsync(db => db.Messages.CountAsync(row => row.Address == "ben@studio.test"));
}
