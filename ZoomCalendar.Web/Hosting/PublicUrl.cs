using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Hosting;

/// <summary>
/// The base address of links in messages: setting <c>PublicUrl</c>. In Development it defaults to the request's address; elsewhere it does
/// not, because the client chooses the host name of a request.
/// </summary>
internal sealed class PublicUrl
{
    public const string Key = "PublicUrl";

    private readonly Uri? _base;
    private readonly IServer _server;
    private readonly string? _listening;

    public PublicUrl(IConfiguration configuration, IHostEnvironment environment, IServer server)
    {
        _server = server;
        _listening = configuration[WebHostDefaults.ServerUrlsKey];
        _base = Read(configuration, environment);
    }

    /// <returns>Null: not set, in Development. Throws a <see cref="StartupException"/> if it is missing elsewhere, or invalid.</returns>
    public static Uri? Read(IConfiguration configuration, IHostEnvironment environment)
    {
        if (configuration[Key] is { Length: > 0 } text)
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
                || uri.Scheme is not ("http" or "https")
                || uri is not { Query.Length: 0, Fragment.Length: 0, UserInfo.Length: 0 })
            {
                throw new StartupException($"{Key} is not an address: \"{text}\". Set it to https://your.host.");
            }

            return uri.Scheme is "https" || environment.IsDevelopment()
                ? uri
                : throw new StartupException(
                    $"{Key} is \"{text}\", which is not encrypted. Outside Development passwords and links are sent over TLS only: set it to "
                        + "https://your.host.");
        }

        return environment.IsDevelopment()
            ? null
            : throw new StartupException($"{Key} is missing. Messages hold links to this app; set {Key} to https://your.host.");
    }

    public string Of(HttpRequest request, string path) =>
        (_base?.ToString().TrimEnd('/') ?? $"{request.Scheme}://{request.Host}") + path;

    /// <summary>Outside a request, for messages.</summary>
    public string Of(string path) => Base.ToString().TrimEnd('/') + path;

    public string HostName => _base?.IdnHost ?? "localhost";

    // In Development: the address on which this process listens, or would listen if it is a command, with localhost as its host.
    private Uri Base => _base
        ?? (_server.Features.Get<IServerAddressesFeature>()?.Addresses is { Count: > 0 } addresses
                ? addresses
                : _listening?.Split(';') ?? [])
            .Select(WithLocalhost)
            .FirstOrDefault(address => address is not null)
        ?? new Uri("http://localhost");

    private static Uri? WithLocalhost(string address)
    {
        var text = address
            .Replace("[::]", "localhost", StringComparison.Ordinal)
            .Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
            .Replace("*", "localhost", StringComparison.Ordinal);
        return Uri.TryCreate(text, UriKind.Absolute, out var uri)
            ? new UriBuilder(uri) { Host = uri.IsLoopback ? "localhost" : uri.Host }.Uri
            : null;
    }
}
