using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Operations;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Storage.Keys;
using ZoomCalendar.Tests.Storage.Moving;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Connect;

/// <summary>A new master key reads all that was written under the former one, and the former one reads nothing any more.</summary>
public sealed class MasterKeyRotationTests
{
    private static readonly MasterKey First = new([.. Enumerable.Repeat((byte)1, MasterKey.Length)]);
    private static readonly MasterKey Second = new([.. Enumerable.Repeat((byte)2, MasterKey.Length)]);
    private static readonly MasterKey Third = new([.. Enumerable.Repeat((byte)3, MasterKey.Length)]);

    [Fact]
    public async Task What_was_written_under_the_former_key_is_read_with_the_new_one_and_Zoom_users_keep_their_keys()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseUnderTest.Provider);
        var (text, user) = await WithAsync(database, First, (protector, users) => (protector.Protect("a token"), users.KeyOf("u1")));

        foreach (var (former, next) in new[] { (First, Second), (Second, Third) })
        {
            DatabaseMoveTestHost.Leave(DatabaseMoveTestHost.Of(database));
            (await RotateAsync(database, former, next)).Should().BeGreaterThan(0);

            (await WithAsync(database, next, (protector, users) => (protector.Unprotect(text), users.KeyOf("u1"))))
                .Should().Be(("a token", user));
            var back = () => WithAsync(database, former, (protector, _) => protector.Unprotect(text));
            await back.Should().ThrowAsync<StartupException>("the former key is worth nothing any more");
        }
    }

    [Fact]
    public async Task With_a_wrong_or_the_same_key_nothing_is_changed()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseUnderTest.Provider);
        var text = await WithAsync(database, First, (protector, _) => protector.Protect("a token"));
        DatabaseMoveTestHost.Leave(DatabaseMoveTestHost.Of(database));

        var wrong = () => RotateAsync(database, Second, Third);
        var same = () => RotateAsync(database, First, First);

        (await wrong.Should().ThrowAsync<StartupException>()).WithMessage("*Nothing was changed.*");
        (await same.Should().ThrowAsync<StartupException>()).WithMessage("*is the present key*");
        (await WithAsync(database, First, (protector, _) => protector.Unprotect(text))).Should().Be("a token");
        (await database.ReadAsync(db => db.Installations.Select(row => row.WrappedHashKey).SingleAsync())).Should().BeNull();
    }

    private static Task<int> RotateAsync(TestDatabase database, MasterKey present, MasterKey next) =>
        new MasterKeyRotation(DatabaseMoveTestHost.Of(database)).RotateAsync(present, next, CancellationToken.None);

    /// <summary>As an app that starts with this key.</summary>
    private static async Task<T> WithAsync<T>(TestDatabase database, MasterKey masterKey, Func<IDataProtector, ZoomUserKeys, T> work)
    {
        await using var services = new ServiceCollection().AddLogging().AddStorage(DatabaseMoveTestHost.Of(database)).AddKeyRing(masterKey)
            .BuildServiceProvider();
        await services.GetRequiredService<KeyRingCheck>().EnsureMasterKeyMatchesAsync(CancellationToken.None);
        return work(
            services.GetRequiredService<IDataProtectionProvider>().CreateProtector("tokens"),
            new ZoomUserKeys(services.GetRequiredService<HashKey>().Read()));
    }
}
