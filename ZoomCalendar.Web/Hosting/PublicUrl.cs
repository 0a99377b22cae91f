namespace ZoomCalendar.Web.Hosting;

/// <summary>
/// The address that links in messages begin with: setting <c>PublicUrl</c>. In Development the request's own will do; elsewhere never,
/// because whoever sends the request chooses its host name.
/// </summary>
internal sealed class PublicUrl
{
    public const string Key = "PublicUrl";

    private readonly Uri? _base;

    public PublicUrl(IConfiguration configuration, IHostEnvironment environment)
    {
        if (configuration[Key] is { Length: > 0 } text)
        {
            _base = Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                ? uri
                : throw new InvalidOperationException($"{Key} is not an address: \"{text}\". Set it to https://your.host.");
        }
        else if (!environment.IsDevelopment())
        {
            throw new InvalidOperationException($"{Key} is missing. Messages hold links to this app; set {Key} to https://your.host.");
        }
    }

    public string Of(HttpRequest request, string path) =>
        (_base?.ToString().TrimEnd('/') ?? $"{request.Scheme}://{request.Host}") + path;
}
