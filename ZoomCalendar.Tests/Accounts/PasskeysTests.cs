using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Accounts;

/// <summary>The stored passkeys of a user.</summary>
public sealed class PasskeysTests : IAsyncLifetime
{
    private TestTenant _tenant = null!;
    private Passkeys _passkeys = null!;
    private Actor _ben = null!;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync();
        _passkeys = new Passkeys(_tenant.Database, _tenant.Signals);
        _ben = _tenant.As(await _tenant.UserAsync("ben"));
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [Fact]
    public async Task Two_passkeys_added_at_once_do_not_exceed_ten()
    {
        for (byte number = 1; number < Passkeys.MaxPerUser; number++)
        {
            (await AddAsync(number)).Succeeded.Should().BeTrue();
        }

        var both = await Task.WhenAll(AddAsync(20), AddAsync(21));

        both.Count(outcome => outcome.Succeeded).Should().Be(1);
        both.Single(outcome => !outcome.Succeeded).Message.Should().Contain("You have 10 passkeys").And.Contain("Remove one");
        (await ListAsync()).Should().HaveCount(Passkeys.MaxPerUser);
    }

    [Fact]
    public async Task A_passkey_is_named_renamed_and_shows_its_last_use()
    {
        await AddAsync(1, " Laptop\n");
        (await _passkeys.UseAsync(_ben.UserId!.Value, Passkey(1, 1), _tenant.Now.AddHours(1), default)).Should().BeTrue();

        (await _passkeys.RenameAsync([1], "Phone", _ben, default)).Succeeded.Should().BeTrue();

        (await ListAsync()).Should().ContainSingle().Which.Should()
            .BeEquivalentTo(new { Name = "Phone", CreatedAt = _tenant.Now, LastUsedAt = _tenant.Now.AddHours(1) });
        (await _passkeys.RenameAsync([1], " ", _ben, default)).Message.Should().Be("Enter a name for the passkey.");
        (await _passkeys.RenameAsync([1], new string('x', 61), _ben, default)).Message.Should().Contain("at most 60");
    }

    [Fact]
    public async Task A_counter_that_does_not_grow_is_refused()
    {
        await AddAsync(1, counter: 5);

        (await UseAsync(5)).Should().BeFalse("it is what it was");
        (await UseAsync(4)).Should().BeFalse();
        (await UseAsync(6)).Should().BeTrue();
        (await UseAsync(6)).Should().BeFalse("a copy answered");
        (await UseAsync(0)).Should().BeFalse();
    }

    [Fact]
    public async Task A_passkey_without_a_counter_is_used_again_and_again()
    {
        await AddAsync(1);

        (await UseAsync(0)).Should().BeTrue();
        (await UseAsync(0)).Should().BeTrue();
    }

    [Fact]
    public async Task A_passkey_of_somebody_else_is_neither_renamed_nor_removed_nor_used()
    {
        await AddAsync(1);
        var other = _tenant.As(await _tenant.UserAsync("cleo"));

        (await _passkeys.RenameAsync([1], "Mine", other, default)).Refusal.Should().Be(Refusal.NotFound);
        (await _passkeys.RemoveAsync([1], NewMessage(), other, _tenant.Now, default)).Refusal.Should().Be(Refusal.NotFound);
        (await _passkeys.UseAsync(other.UserId!.Value, Passkey(1, 1), _tenant.Now, default)).Should().BeFalse();
        (await ListAsync()).Should().ContainSingle().Which.Name.Should().Be("Laptop");
    }

    [Fact]
    public async Task The_only_way_to_sign_in_is_not_removed()
    {
        await AddAsync(1);
        await AddAsync(2);

        (await RemoveAsync(1)).Succeeded.Should().BeTrue();
        var last = await RemoveAsync(2);

        last.Message.Should().Contain("only way to sign in");
        (await ListAsync()).Should().ContainSingle();
        await _tenant.Database.WriteAsync(db => db.Users.Where(row => row.Id == _ben.UserId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.PasswordHash, "a hash")));
        (await RemoveAsync(2)).Succeeded.Should().BeTrue();
        (await UseAsync(9)).Should().BeFalse("it was removed");
        (await RemoveAsync(2)).Message.Should().Contain("removed already");
    }

    private static UserPasskeyInfo Passkey(byte id, uint counter) =>
        new([id], [1, 2, 3], TestTenant.Monday, counter, null, true, false, false, [], []);

    private static Message NewMessage() => new()
    {
        Id = Guid.NewGuid(),
        Kind = MessageKind.Account,
        Receiver = MessageReceiver.User,
        State = MessageState.Dropped,
    };

    private Task<ChangeOutcome> AddAsync(byte id, string name = "Laptop", uint counter = 0) =>
        _passkeys.AddAsync(Passkey(id, counter), name, NewMessage(), _ben, _tenant.Now, default);

    private Task<ChangeOutcome> RemoveAsync(byte id) => _passkeys.RemoveAsync([id], NewMessage(), _ben, _tenant.Now, default);

    private Task<bool> UseAsync(uint counter) => _passkeys.UseAsync(_ben.UserId!.Value, Passkey(1, counter), _tenant.Now, default);

    private Task<IReadOnlyList<PasskeySummary>> ListAsync() => _passkeys.ListAsync(_ben.UserId!.Value, default);
}
