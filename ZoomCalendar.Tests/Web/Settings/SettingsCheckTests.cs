using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using ZoomCalendar.Core.Webhooks;
using ZoomCalendar.Core.Zoom;
using ZoomCalendar.Tests.Architecture;
using ZoomCalendar.Web.Accounts;
using ZoomCalendar.Web.Api;
using ZoomCalendar.Web.Booking;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Legal;
using ZoomCalendar.Web.Mail;
using ZoomCalendar.Web.Startup.Settings;

namespace ZoomCalendar.Tests.Web.Settings;

/// <summary>What an operator reads who has left out a setting, or mistyped one.</summary>
public sealed partial class SettingsCheckTests : IDisposable
{
    private static readonly (Type Options, string Section)[] Bound =
    [
        (typeof(ZoomOptions), ZoomOptions.SectionName),
        (typeof(MailOptions), MailOptions.SectionName),
        (typeof(ApiOptions), ApiOptions.SectionName),
        (typeof(BookingOptions), BookingOptions.SectionName),
        (typeof(AccountOptions), AccountOptions.SectionName),
        (typeof(ConnectionLimits), ConnectionLimits.SectionName),
        (typeof(WebhookOptions), WebhookOptions.SectionName),
        (typeof(OperatorOptions), OperatorOptions.SectionName),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zc-settings-");

    /// <summary>The key, a value that cannot be meant, and what has to be read beside the key.</summary>
    public static TheoryData<string, string, string> BadValues => new()
    {
        { "Database:Provider", "MySql", "Sqlite or PostgreSql" },
        { "Database:Provider", "1", "Sqlite or PostgreSql" },
        { "ConnectionStrings:ZoomCalendar", "Colour=blue", "Data Source=FILE" },
        { "ConnectionStrings:ZoomCalendar", "Host=db;Database=zc", "set Database:Provider too" },
        { "DataDirectory", "/proc/zoomcalendar", "a folder that this user may write to" },
        { "DataProtection:MasterKey", "secret", "base64 of 32 bytes" },
        { "DataProtection:CertificatePath", "/nowhere.pfx", "PFX file" },
        { "Zoom:OAuthBaseUrl", "zoom", "an https address" },
        { "Zoom:ApiBaseUrl", "http://api.zoom.us/v2", "an https address" },
        { "Zoom:UseSandbox", "yes", "true or false" },
        { "Zoom:UseSandbox", "true", "this is not Development" },
        { "Zoom:QuotaReserve", "abc", "a whole number from 0 to 100" },
        { "Zoom:QuotaReserve", "", "a whole number from 0 to 100" },
        { "Zoom:QuotaReserve", "101", "a whole number from 0 to 100" },
        { "Zoom:RequestTimeout", "soon", "at most 00:00:15" },
        { "Zoom:RequestTimeout", "15", "at most 00:00:15" },
        { "Zoom:MaxConcurrentRequests", "0", "1 or more" },
        { "Zoom:WebhookSecretToken", " ", "is blank" },
        { "Zoom:DomainVerification", "<meta>", "letters, digits, - and _" },
        { "Sandbox:Port", "http", "from 0 to 65535" },
        { "PublicUrl", "book.example.com", "https://your.host" },
        { "PublicUrl", "ftp://book.example.com", "https://your.host" },
        { "PublicUrl", "http://book.example.com", "https://your.host" },
        { "Mail:Host", "smtp://mail.example.com", "without a port" },
        { "Mail:Host", "mail.example.com:25", "without a port" },
        { "Mail:Port", "65536", "from 1 to 65535" },
        { "Mail:Security", "TLS", "None, Auto, SslOnConnect, StartTls or StartTlsWhenAvailable" },
        { "Mail:Security", "7", "None, Auto, SslOnConnect, StartTls or StartTlsWhenAvailable" },
        { "Mail:From", "nonsense", "an email address" },
        { "Mail:From", "a@", "an email address" },
        { "Mail:TimeoutSeconds", "90", "from 5 to 45" },
        { "Mail:WaitForLinkSeconds", "-1", "from 0 to 3600" },
        { "Booking:ViewsPerMinute", "0", "1 or more" },
        { "Booking:SubmissionsPerTenMinutes", "many", "1 or more" },
        { "Booking:RequestsAtOnce", "0", "1 or more" },
        { "Booking:RequestsWaiting", "-1", "0 or more" },
        { "Connections:StreamsPerAddress", "0", "1 or more" },
        { "Connections:PagesPerAddress", "many", "1 or more" },
        { "Connections:PagesPerUser", "-1", "1 or more" },
        { "Proxy:KnownProxies", "10.0.0.5, nginx", "Write 10.0.0.5 or 10.0.0.0/8" },
        { "Proxy:KnownNetworks", "10.0.0.0/33", "Write 10.0.0.5 or 10.0.0.0/8" },
        { "Proxy:ForwardLimit", "0", "from 1 to 100" },
        { "Api:RateLimitMax", "0", "1 or more" },
        { "Api:RateLimitIntervalMilliseconds", "1.5", "1 or more" },
        { "Webhooks:AllowPrivateAddresses", "on", "true or false" },
        { "Webhooks:AllowPrivateAddresses", "true", "for Development only" },
        { "OpenIdConnect:Authority", "http://login.example.com", "https://login.example.com" },
        { "OpenIdConnect:LinkByVerifiedEmail", "on", "true or false" },
        { "Accounts:AllowRegistration", "ja", "true or false" },
        { "Accounts:FormsPerTenMinutes", "0", "1 or more" },
        { "Accounts:WrongPasswordsPerTenMinutes", "many", "1 or more" },
        { "Accounts:MessagesPerHour", "-1", "1 or more" },
        { "Accounts:MessagesPerMailboxAndHour", "0", "1 or more" },
        { "Operator:Email", "help", "an email address" },
        { "Operator:PrivacyText", "file:/nowhere.txt", "a text, or file: and the path of a text file" },
        { "Operator:TermsText", "file:", "a text, or file: and the path of a text file" },
        { "Operator:SupportText", "file:/dev/null", "Write the text into it" },
        { "Operator:ZoomGuideText", "file:/bin/sh", "a text, or file: and the path of a text file" },
        { "Demo:Enabled", "0", "true or false" },
        { "Demo:PrivateIntegrationToken", "token", "begins with pit-" },
        { "Logging:Console:FormatterName", "line", "simple, systemd, json or lines" },
        { "Logging:LogLevel:Default", "Verbose", "Trace, Debug, Information, Warning, Error, Critical or None" },
        { "OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317", "an http or https address" },
        { "OTEL_EXPORTER_OTLP_PROTOCOL", "http", "grpc or http/protobuf" },
        { "urls", "nonsense", "http://localhost:5080" },
        { "http_ports", "eighty", "port numbers" },
        { "https_ports", "443;x", "port numbers" },
    };

    [Theory]
    [MemberData(nameof(BadValues))]
    public void A_bad_value_is_refused_by_its_key_with_what_is_accepted(string key, string value, string accepted)
    {
        var problems = Problems((key, value));

        problems.Should().ContainSingle().Which.Should().StartWith(key == "DataDirectory" ? "The folder /proc/zoomcalendar" : key)
            .And.Contain(accepted).And.NotContain("   at ");
    }

    [Fact]
    public void Every_setting_that_cannot_be_any_text_is_in_the_table_above()
    {
        var tried = BadValues.Select(row => (string)row[0]).ToHashSet();
        string[] anyText =
        [
            "Zoom:ClientId", "Zoom:ClientSecret", "Mail:User", "Mail:Password", "DataProtection:CertificatePassword",
            "DataProtection:NewMasterKey",
            "Operator:Name", "Operator:Address",
            "OpenIdConnect:ClientId", "OpenIdConnect:ClientSecret", "OpenIdConnect:DisplayName", "OpenIdConnect:Scopes",
            "OpenIdConnect:SubAccountClaim", "OpenIdConnect:RoleClaim", "OpenIdConnect:AdminValue",
        ];

        KnownSettings.All.Select(setting => setting.Key).Except(anyText).Should().BeSubsetOf(tried);
    }

    [Fact]
    public void Valid_settings_cause_no_complaint()
    {
        Problems().Should().BeEmpty();
        Problems(
            ("Zoom:UseSandbox", "false"), ("Zoom:RequestTimeout", "00:00:15"), ("Mail:From",
                "Northwind <no-reply@book.example.com>"), ("Mail:Security", "starttls"),
            ("Database:Provider", "postgresql"), ("ConnectionStrings:ZoomCalendar", "Host=db;Database=zc"), ("Proxy:KnownNetworks:0",
                "10.0.0.0/8"),
            ("urls", "http://*:5080;https://[::]:5443"), ("PublicUrl", "https://book.example.com/"), ("Accounts:AllowRegistration",
                ""), ("Mail:From", "")).Should().BeEmpty();
    }

    [Fact]
    public void Outside_development_everything_that_is_missing_is_named_at_once()
    {
        var problems = new SettingsCheck(
            new ConfigurationBuilder().AddInMemoryCollection([new("DataDirectory", _folder.FullName)]).Build(),
            new Environment("Production")).Problems();

        problems.Select(problem => problem.Split(' ')[0]).Should()
            .Equal("PublicUrl", "DataProtection:MasterKey", "Zoom:ClientId", "Zoom:ClientSecret", "Mail:Host");
        problems.Should().OnlyContain(problem => problem.Contains(" is missing. "));
    }

    [Fact]
    public void In_development_nothing_has_to_be_set() =>
        new SettingsCheck(
            new ConfigurationBuilder().AddInMemoryCollection([new("DataDirectory", _folder.FullName)]).Build(),
            new Environment("Development")).Problems().Should().BeEmpty();

    [Fact]
    public void A_secret_is_not_shown_in_the_sentence_about_it()
    {
        var problems = Problems(
            ("DataProtection:MasterKey", "hunter2"),
            ("Demo:PrivateIntegrationToken", "hunter2"),
            ("ConnectionStrings:ZoomCalendar", "Host=db;Password=hunter2;Colour=hunter2"));

        problems.Should().HaveCount(3).And.OnlyContain(problem => !problem.Contains("hunter2"));
    }

    [Fact]
    public void Every_setting_that_the_code_reads_is_known()
    {
        var options = Bound.SelectMany(bound => bound.Options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(
            property => property.CanWrite).Select(property => $"{bound.Section}:{property.Name}"));
        var sources = Sources.Of("ZoomCalendar.Web").Concat(Sources.Of("ZoomCalendar.Core")).ToList();
        var raw = sources.SelectMany(source => ReadRaw().Matches(source.Text).Select(match => match.Groups["key"].Value));
        var bindings = sources.SelectMany(source => BoundSection().Matches(source.Text).Select(match => match.Groups["options"].Value));

        KnownSettings.All.Select(setting => setting.Key).Should().Contain(options).And.Contain(raw);
        Bound.Select(bound => bound.Options.Name).Should().Contain(bindings, "a class that settings are bound to is in the list above");
    }

    [Fact]
    public void The_readme_names_every_setting()
    {
        var readme = File.ReadAllText(Path.Combine(Sources.Root, "README.md"));

        KnownSettings.All.Should().OnlyContain(setting => readme.Contains($"`{setting.Key}`") || readme.Contains($"`{setting.Variable}`"));
    }

    [Theory]
    [InlineData("Zoom:ClientID2", "Did you mean Zoom:ClientId?")]
    [InlineData("Mail:Form", "Did you mean Mail:From?")]
    [InlineData("Databse:Provider", "Did you mean Database:Provider?")]
    [InlineData("DataDirectroy", "Did you mean DataDirectory?")]
    [InlineData("PUBLIC_URL", "Did you mean PublicUrl?")]
    [InlineData("DataProtection:Nothing:Like:It", "changes nothing.")]
    public void A_misspelt_key_causes_a_warning(string key, string words)
    {
        var warnings = UnknownSettings.Warnings(Settings((key, "hunter2")));

        warnings.Should().ContainSingle().Which.Should().StartWith($"{key} is not a setting of this app").And.Contain(words)
            .And.NotContain("hunter2");
    }

    [Theory]
    [InlineData("zoom:clientid")]
    [InlineData("Proxy:KnownProxies:0")]
    [InlineData("Logging:LogLevel:Default")]
    [InlineData("Kestrel:Limits:MaxRequestBodySize")]
    [InlineData("MAIL")]
    [InlineData("PATH")]
    public void Known_and_foreign_keys_cause_no_warning(string key) => UnknownSettings.Warnings(Settings((key, "1"))).Should().BeEmpty();

    public void Dispose() => _folder.Delete(recursive: true);

    private IReadOnlyList<string> Problems(params (string Key, string Value)[] changed) =>
        new SettingsCheck(Settings(changed), new Environment("Production")).Problems();

    /// <summary>All that Production needs, but for what is changed.</summary>
    private IConfiguration Settings(params (string Key, string Value)[] changed)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["DataDirectory"] = _folder.FullName,
            ["PublicUrl"] = "https://book.example.com",
            ["DataProtection:MasterKey"] = Convert.ToBase64String(new byte[32]),
            ["Zoom:ClientId"] = "id",
            ["Zoom:ClientSecret"] = "secret",
            ["Mail:Host"] = "localhost",
        };
        foreach (var (key, value) in changed)
        {
            settings[key] = value;
            if (key == "DataProtection:CertificatePath")
            {
                settings.Remove("DataProtection:MasterKey");
            }
        }

        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
    }

    [GeneratedRegex("""(?:[Cc]onfiguration|_read|_given)(?:\.GetValue(?:<[^>]+>)?\(|\[)"(?<key>[^"]+)""")]
    private static partial Regex ReadRaw();

    [GeneratedRegex(@"(?:BindConfiguration|GetSection)\((?<options>\w+Options)\.SectionName\)")]
    private static partial Regex BoundSection();

    private sealed class Environment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "ZoomCalendar.Web";

        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
