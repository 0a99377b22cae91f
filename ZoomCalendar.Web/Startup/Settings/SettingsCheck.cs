using Microsoft.Data.Sqlite;
using Npgsql;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Storage.Keys;
using ZoomCalendar.Core.Zoom;
using ZoomCalendar.Web.Connect;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Startup.Settings;

/// <summary>Everything that is wrong with the settings, told at once and before anything is touched.</summary>
internal sealed class SettingsCheck
{
    private readonly IConfiguration _given;
    private readonly IHostEnvironment _environment;
    private readonly IReadOnlyList<Setting> _bad;

    /// <summary>Without the values that could not be read: the rules below are about the others.</summary>
    private readonly IConfiguration _read;

    public SettingsCheck(IConfiguration configuration, IHostEnvironment environment)
    {
        (_given, _environment) = (configuration, environment);
        _bad = [.. KnownSettings.All.Where(setting => setting.Accepts is { } accepts && configuration[setting.Key] is { } text && !accepts(text))];
        _read = new ConfigurationBuilder()
            .AddInMemoryCollection(configuration.AsEnumerable().Where(pair => pair.Value is not null && !IsBad(pair.Key)))
            .Build();
    }

    /// <returns>A sentence for each, with the key and what it has to be.</returns>
    public IReadOnlyList<string> Problems() =>
    [
        .. _bad.Select(setting => Sentence(setting, _given[setting.Key]!)),
        .. LogLevels(),
        .. Database(),
        .. Thrown(PublicUrl.Key, () => PublicUrl.Read(_read, _environment)),
        .. MasterKey(),
        .. Zoom(),
        .. Mail(),
        .. Proxy.Problems(_read),
        .. Webhooks(),
    ];

    /// <summary>Those alone that say which database it is.</summary>
    public IReadOnlyList<string> OfTheDatabase() => [.. _bad.Where(setting => setting.Key == "Database:Provider").Select(setting => Sentence(setting, _given[setting.Key]!)), .. Database()];

    private static string Sentence(Setting setting, string text) => setting.IsSecret
        ? $"{setting.Key} cannot be used. It must be {setting.Accepted}. Correct it in user-secrets or {setting.Variable}."
        : $"{setting.Key} is \"{text}\". It must be {setting.Accepted}. Correct it in appsettings.json or {setting.Variable}.";

    private static IEnumerable<string> Thrown(string key, Action read)
    {
        try
        {
            read();
            return [];
        }
        catch (StartupException exception)
        {
            return exception.Sentences;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException)
        {
            return [$"{key} cannot be read: {exception.Message}"];
        }
    }

    private bool IsBad(string key) => _bad.Any(setting => string.Equals(setting.Key, key, StringComparison.OrdinalIgnoreCase));

    private IEnumerable<string> LogLevels() =>
        from pair in _given.AsEnumerable()
        where pair is { Value.Length: > 0 } && pair.Key.StartsWith("Logging:", StringComparison.OrdinalIgnoreCase) && pair.Key.Contains(":LogLevel:", StringComparison.OrdinalIgnoreCase)
        let setting = Setting.OneOf<LogLevel>(pair.Key)
        where !setting.Accepts!(pair.Value)
        select Sentence(setting, pair.Value);

    private IEnumerable<string> Database()
    {
        const string key = $"ConnectionStrings:{DatabaseOptions.ConnectionStringName}";
        if (IsBad("Database:Provider"))
        {
            return [];
        }

        try
        {
            var options = DatabaseSetup.OptionsOf(_read, new AppFolders(_read, _environment));
            _ = options.Provider is DatabaseProvider.PostgreSql ? (object)new NpgsqlConnectionStringBuilder(options.ConnectionString) : new SqliteConnectionStringBuilder(options.ConnectionString);
            return [];
        }
        catch (StartupException exception)
        {
            return exception.Sentences;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            // The message names a keyword, never a value.
            var example = _read["Database:Provider"] is "PostgreSql" ? "Host=…;Database=…;Username=…;Password=…" : "Data Source=FILE (for PostgreSQL set Database:Provider too)";
            return [$"{key} cannot be read: {exception.Message.Split('\n')[0]} It must be like {example}. Correct it in ConnectionStrings__{DatabaseOptions.ConnectionStringName}."];
        }
    }

    // In Development without either, a file is made.
    private IEnumerable<string> MasterKey() =>
        _environment.IsDevelopment() && string.IsNullOrEmpty(_read["DataProtection:MasterKey"]) && string.IsNullOrEmpty(_read["DataProtection:CertificatePath"])
            ? []
            : Thrown("DataProtection:MasterKey", () => MasterKeySource.Load(_read, null));

    private IEnumerable<string> Zoom()
    {
        var isSandboxed = false;
        var refused = Thrown("Zoom:UseSandbox", () => isSandboxed = SandboxHost.IsWanted(_read, _environment)).ToList();
        var options = new ZoomOptions();
        _read.GetSection(ZoomOptions.SectionName).Bind(options);
        if (isSandboxed || refused.Count > 0)
        {
            (options.ClientId, options.ClientSecret) = ("the sandbox's", "the sandbox's");
        }

        return [.. refused, .. new ZoomOptionsValidator().Validate(null, options).Failures ?? []];
    }

    private IEnumerable<string> Mail() => string.IsNullOrEmpty(_read["Mail:Host"]) && !_environment.IsDevelopment() && !IsBad("Mail:Host")
        ? ["Mail:Host is missing. Messages go out over SMTP; set Mail__Host, Mail__Port, Mail__User, Mail__Password and Mail__From."]
        : [];

    private IEnumerable<string> Webhooks() => _read.GetValue<bool>("Webhooks:AllowPrivateAddresses") && !_environment.IsDevelopment()
        ? ["Webhooks:AllowPrivateAddresses is on. It is for Development only: elsewhere it lets outsiders reach into your network. Remove it."]
        : [];
}
