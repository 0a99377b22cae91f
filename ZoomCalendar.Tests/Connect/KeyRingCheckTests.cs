using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Operations.DatabaseCopy;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Storage.Keys;
using ZoomCalendar.Tests.Storage.Moving;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Connect;

/// <summary>The database's keys and the master key outside it belong together.</summary>
public sealed class KeyRingCheckTests
{
    private static readonly byte[] Former = [.. Enumerable.Repeat((byte)1, MasterKey.Length)];
    private static readonly byte[] Other = [.. Enumerable.Repeat((byte)2, MasterKey.Length)];

    [Fact]
    public async Task A_database_opens_only_with_its_own_master_key()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseUnderTest.Provider);

        await StartAsync(database, Other);
        await ShouldBeRefusedAsync(database, Former);
        await StartAsync(database, Other);
    }

    [Fact]
    public async Task A_renewed_copy_opens_with_a_new_master_key()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseUnderTest.Provider);
        await StartAsync(database, Former);
        DatabaseMoveTestHost.Leave(DatabaseMoveTestHost.Of(database));

        await new InstallationRenewal(DatabaseMoveTestHost.Of(database)).RenewAsync(CancellationToken.None);

        await StartAsync(database, Other);
        await ShouldBeRefusedAsync(database, Former);
    }

    /// <summary>As the app does it: the question, then the first key.</summary>
    private static async Task StartAsync(TestDatabase database, byte[] masterKey)
    {
        await using var services = ServicesOf(database, masterKey);
        await services.GetRequiredService<KeyRingCheck>().EnsureMasterKeyMatchesAsync(CancellationToken.None);
        services.GetRequiredService<IDataProtectionProvider>().CreateProtector("first key").Protect([]);
    }

    private static async Task ShouldBeRefusedAsync(TestDatabase database, byte[] masterKey)
    {
        await using var services = ServicesOf(database, masterKey);
        var start = () => services.GetRequiredService<KeyRingCheck>().EnsureMasterKeyMatchesAsync(CancellationToken.None);

        (await start.Should().ThrowAsync<StartupException>()).WithMessage("DataProtection:MasterKey is not the key*")
            .Which.Sentences.Should().ContainSingle();
    }

    private static ServiceProvider ServicesOf(TestDatabase database, byte[] masterKey) =>
        new ServiceCollection().AddLogging().AddStorage(DatabaseMoveTestHost.Of(database)).AddKeyRing(new MasterKey(masterKey))
            .BuildServiceProvider();
}
