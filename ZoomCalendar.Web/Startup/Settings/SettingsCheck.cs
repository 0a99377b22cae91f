using Microsoft.Data.Sqlite;
using Npgsql;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Storage.Keys;
using ZoomCalendar.Core.Zoom;
using ZoomCalendar.Web.Accounts;
using ZoomCalendar.Web.Connect;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Legal;

namespace ZoomCalendar.Web.Startup.Settings;

/// <summary>Finds all problems of the settings at once, before the app uses any of them.</summary>
internal sealed class SettingsCheck
{
    private readonly IConfiguration _configuration;
    private readonly IHostEnvironment _environment;
    private readonly IReadOnlyList<Setting> _invalid;

    /// <summary>The settings without the invalid ones. The rules below check only these.</summary>
    private readonly IConfiguration _valid;

    public SettingsCheck(IConfiguration configuration, IHostEnvironment environment)
    {
        (_configuration, _environment) = (configuration, environment);
        _invalid = [.. KnownSettings.All.Where(
            setting => setting.Accepts is { } accepts && configuration[setting.Key] is { } text && !accepts(text))];
        _valid = new ConfigurationBuilder()
            .AddInMemoryCollection(configuration.AsEnumerable().Where(pair => pair.Value is not null && !IsInvalid(pair.Key)))
            .Build();
    }

    /// <returns>A sentence for each problem, with the key and the valid values.</returns>
    public IReadOnlyList<string> Problems() =>
    [
        .. _invalid.Select(setting => Sentence(setting, _configuration[setting.Key]!)),
        .. LogLevels(),
        .. Database(),
        .. Thrown(PublicUrl.Key, () => PublicUrl.Read(_valid, _environment)),
        .. MasterKey(),
        .. Zoom(),
        .. Mail(),
        .. Proxy.Problems(_valid),
        .. Webhooks(),
        .. ProviderOptions.Problems(_valid, _environment),
        .. OwnText.Keys.SelectMany(key => Thrown(key, () => OwnText.Read(key, _valid[key], new AppFolders(_valid, _environment)))),
    ];

    /// <summary>Only the problems of the settings that choose the database.</summary>
    public IReadOnlyList<string> DatabaseProblems() =>
    [
        .. _invalid.Where(setting => setting.Key == "Database:Provider").Select(setting => Sentence(setting, _configuration[setting.Key]!)),
        .. Database(),
    ];

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

    private bool IsInvalid(string key) => _invalid.Any(setting => string.Equals(setting.Key, key, StringComparison.OrdinalIgnoreCase));

    private IEnumerable<string> LogLevels() =>
        from pair in _configuration.AsEnumerable()
        where pair is { Value.Length: > 0 }
            && pair.Key.StartsWith("Logging:", StringComparison.OrdinalIgnoreCase)
            && pair.Key.Contains(":LogLevel:", StringComparison.OrdinalIgnoreCase)
        let setting = Setting.OneOf<LogLevel>(pair.Key)
        where !setting.Accepts!(pair.Value)
        select Sentence(setting, pair.Value);

    private IEnumerable<string> Database()
    {
        const string key = $"ConnectionStrings:{DatabaseOptions.ConnectionStringName}";
        if (IsInvalid("Database:Provider"))
        {
            return [];
        }

        try
        {
            var options = DatabaseSetup.OptionsOf(_valid, new AppFolders(_valid, _environment));
            _ = options.Provider is DatabaseProvider.PostgreSql
                ? (object)new NpgsqlConnectionStringBuilder(options.ConnectionString)
                : new SqliteConnectionStringBuilder(options.ConnectionString);
            return [];
        }
        catch (StartupException exception)
        {
            return exception.Sentences;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            // The message contains a keyword, never a value.
            var example = _valid["Database:Provider"] is "PostgreSql"
                ? "Host=…;Database=…;Username=…;Password=…"
                : "Data Source=FILE (for PostgreSQL set Database:Provider too)";
            return [$"{key} cannot be read: {exception.Message.Split('\n')[0]} It must be like {example}. Correct it in ConnectionStrings__{DatabaseOptions.ConnectionStringName}."];
        }
    }

    // In Development without either setting, a file is created.
    private IEnumerable<string> MasterKey() =>
        _environment.IsDevelopment() && string.IsNullOrEmpty(_valid["DataProtection:MasterKey"])
            && string.IsNullOrEmpty(_valid["DataProtection:CertificatePath"])
            ? []
            : Thrown("DataProtection:MasterKey", () => MasterKeySource.Load(_valid, null));

    private IEnumerable<string> Zoom()
    {
        var isSandboxed = false;
        var refused = Thrown("Zoom:UseSandbox", () => isSandboxed = SandboxHost.IsWanted(_valid, _environment)).ToList();
        var options = new ZoomOptions();
        _valid.GetSection(ZoomOptions.SectionName).Bind(options);
        if (isSandboxed || refused.Count > 0)
        {
            (options.ClientId, options.ClientSecret) = ("the sandbox's", "the sandbox's");
        }

        return [.. refused, .. new ZoomOptionsValidator().Validate(null, options).Failures ?? []];
    }

    private IEnumerable<string> Mail() =>
        string.IsNullOrEmpty(_valid["Mail:Host"]) && !_environment.IsDevelopment() && !IsInvalid("Mail:Host")
        ? ["Mail:Host is missing. Messages go out over SMTP; set Mail__Host, Mail__Port, Mail__User, Mail__Password and Mail__From."]
        : [];

    private IEnumerable<string> Webhooks() => _valid.GetValue<bool>("Webhooks:AllowPrivateAddresses") && !_environment.IsDevelopment()
        ? ["Webhooks:AllowPrivateAddresses is on. It is for Development only: elsewhere it lets outsiders reach into your network. Remove it."]
        : [];
}
