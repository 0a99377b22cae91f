using Microsoft.Extensions.Configuration;
using ZoomCalendar.Core.Storage.Keys;

namespace ZoomCalendar.Tests.Connect;

public sealed class MasterKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("zc-key-").FullName;

    private string KeyFile => Path.Combine(_folder, "keys", "master.key");

    [Fact]
    public void Outside_Development_a_missing_key_stops_the_start_and_names_the_setting()
    {
        var load = () => MasterKeySource.Load(Settings(), null);

        load.Should().Throw<InvalidOperationException>().WithMessage("DataProtection:MasterKey is missing*");
    }

    [Theory]
    [InlineData("short")]
    [InlineData("AAAA")]
    public void A_key_of_another_length_is_refused_without_showing_it(string text)
    {
        var load = () => MasterKeySource.Load(Settings(("DataProtection:MasterKey", text)), null);

        load.Should().Throw<InvalidOperationException>().WithMessage("DataProtection:MasterKey must be*").And.Message.Should()
            .NotContain(text);
    }

    [Fact]
    public void Without_a_new_key_the_rotation_names_the_setting()
    {
        var load = () => MasterKeySource.LoadNew(Settings());

        load.Should().Throw<InvalidOperationException>().WithMessage("DataProtection:NewMasterKey is missing*");
    }

    [Fact]
    public void In_Development_a_key_file_is_created_once_for_its_owner_only()
    {
        var first = MasterKeySource.Load(Settings(), KeyFile).Derive("x");
        var second = MasterKeySource.Load(Settings(), KeyFile).Derive("x");

        second.Should().Equal(first);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(KeyFile).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void Each_purpose_has_its_own_derived_key()
    {
        var key = new MasterKey(new byte[MasterKey.Length]);

        key.Derive("a").Should().NotEqual(key.Derive("b"));
        key.ToString().Should().Be("[redacted]");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IConfiguration Settings(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
}
