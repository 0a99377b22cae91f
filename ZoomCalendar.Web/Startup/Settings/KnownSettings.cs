using System.Globalization;
using MailKit.Security;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Zoom;
using ZoomCalendar.Web.Demo;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Legal;
using ZoomCalendar.Web.Mail;
using ZoomCalendar.Web.Startup.Logs;
using ZoomCalendar.Web.Startup.Telemetry;

namespace ZoomCalendar.Web.Startup.Settings;

/// <summary>
/// Every setting that the app reads, and those of the framework that can prevent its start. A test compares them with the code and the
/// README.
/// </summary>
internal static class KnownSettings
{
    public static readonly IReadOnlyList<Setting> All =
    [
        Setting.Secret($"ConnectionStrings:{DatabaseOptions.ConnectionStringName}"),
        Setting.OneOf<DatabaseProvider>("Database:Provider"),
        new("DataDirectory"),
        Setting.Secret("DataProtection:MasterKey"),
        Setting.Secret("DataProtection:NewMasterKey"),
        new("DataProtection:CertificatePath"),
        Setting.Secret("DataProtection:CertificatePassword"),
        new("Zoom:ClientId"),
        Setting.Secret("Zoom:ClientSecret"),
        Setting.Secret("Zoom:WebhookSecretToken"),
        new("Zoom:OAuthBaseUrl"),
        new("Zoom:ApiBaseUrl"),
        Setting.Switch("Zoom:UseSandbox", mayBeEmpty: true),
        Setting.Whole("Zoom:QuotaReserve", 0, ZoomOptions.RequestsPerDay),
        Setting.Span("Zoom:RequestTimeout", ZoomOptions.MaxRequestTimeout),
        Setting.Whole("Zoom:MaxConcurrentRequests", 1),
        new(
            "Zoom:DomainVerification",
            $"the code that Zoom shows: letters, digits, - and _, at most {SiteOperator.MaxVerificationLength}",
            SiteOperator.IsVerificationCode),
        Setting.Whole("Sandbox:Port", 0, 65_535),
        new(PublicUrl.Key),
        new(
            "Mail:Host",
            "the name or address of a mail server, without a port (Mail:Port is for that)",
            text => text.Length == 0 || Uri.CheckHostName(text) is not UriHostNameType.Unknown),
        Setting.Whole("Mail:Port", 1, 65_535),
        Setting.OneOf<SecureSocketOptions>("Mail:Security"),
        new("Mail:User"),
        Setting.Secret("Mail:Password"),
        new("Mail:From", "an email address, such as no-reply@your.domain", text => text.Length == 0 || MailOptions.IsAddress(text)),
        // Shorter than the lease of a message, so that no other node sends it meanwhile.
        Setting.Whole("Mail:TimeoutSeconds", 5, 45),
        Setting.Whole("Mail:WaitForLinkSeconds", 0, 3_600),
        Setting.Whole("Booking:ViewsPerMinute", 1),
        Setting.Whole("Booking:SubmissionsPerTenMinutes", 1),
        Setting.Whole("Booking:RequestsAtOnce", 1),
        Setting.Whole("Booking:RequestsWaiting", 0),
        Setting.Whole("Connections:StreamsPerAddress", 1),
        Setting.Whole("Connections:PagesPerAddress", 1),
        Setting.Whole("Connections:PagesPerUser", 1),
        new("Proxy:KnownProxies"),
        new("Proxy:KnownNetworks"),
        Setting.Whole("Proxy:ForwardLimit", 1, 100),
        Setting.Whole("Api:RateLimitMax", 1),
        Setting.Whole("Api:RateLimitIntervalMilliseconds", 1),
        Setting.Switch("Webhooks:AllowPrivateAddresses"),
        Setting.Switch("Accounts:AllowRegistration", mayBeEmpty: true),
        Setting.Whole("Accounts:FormsPerTenMinutes", 1),
        Setting.Whole("Accounts:WrongPasswordsPerTenMinutes", 1),
        Setting.Whole("Accounts:MessagesPerHour", 1),
        Setting.Whole("Accounts:MessagesPerMailboxAndHour", 1),
        new("OpenIdConnect:Authority"),
        new("OpenIdConnect:ClientId"),
        Setting.Secret("OpenIdConnect:ClientSecret"),
        new("OpenIdConnect:DisplayName"),
        new("OpenIdConnect:Scopes"),
        Setting.Switch("OpenIdConnect:LinkByVerifiedEmail"),
        new("OpenIdConnect:SubAccountClaim"),
        new("OpenIdConnect:RoleClaim"),
        new("OpenIdConnect:AdminValue"),
        new("Operator:Name"),
        new("Operator:Address"),
        new("Operator:Email", "an email address, such as help@your.domain", text => text.Length == 0 || EmailAddress.IsValid(text)),
        new(OwnText.PrivacyKey),
        new(OwnText.TermsKey),
        new(OwnText.SupportKey),
        new(OwnText.ZoomGuideKey),
        Setting.Switch("Demo:Enabled"),
        new(
            DemoToken.Key,
            $"a token that begins with {TokenSecret.Prefix} and has 12 to 200 characters",
            text => text.Length == 0 || TokenSecret.Read(text) is not null) { IsSecret = true },
        Setting.OneOf("Logging:Console:FormatterName", "simple", "systemd", "json", JsonLinesFormatter.FormatterName),
        Setting.HttpAddress(TelemetrySetup.Endpoint),
        Setting.OneOf("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", "http/protobuf"),
        new(WebHostDefaults.ServerUrlsKey, "addresses to listen on, separated by semicolons, such as http://localhost:5080", AreListenable)
        {
            Variable = "ASPNETCORE_URLS",
        },
        new(WebHostDefaults.HttpPortsKey, "port numbers, separated by semicolons", ArePorts) { Variable = "ASPNETCORE_HTTP_PORTS" },
        new(WebHostDefaults.HttpsPortsKey, "port numbers, separated by semicolons", ArePorts) { Variable = "ASPNETCORE_HTTPS_PORTS" },
    ];

    /// <summary>The sections that contain only settings of this app, and the names of its settings without a section.</summary>
    public static readonly IReadOnlySet<string> Roots = All.Select(setting => setting.Key.Split(':')[0])
        .Where(root => root != "Logging" && !char.IsLower(root[0]) && !root.Contains('_'))
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static bool AreListenable(string text) => Parts(text).All(part =>
    {
        try
        {
            return BindingAddress.Parse(part).Scheme is "http" or "https";
        }
        catch (FormatException)
        {
            return false;
        }
    });

    private static bool ArePorts(string text) =>
        Parts(text).All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65_535);

    private static string[] Parts(string text) => text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
