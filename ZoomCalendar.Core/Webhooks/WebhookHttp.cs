using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;

namespace ZoomCalendar.Core.Webhooks;

/// <summary>The result of one attempt. Status is null if there was no response.</summary>
public sealed record WebhookResponse(int? Status, string Error)
{
    public bool IsAccepted => Status is >= 200 and < 300;

    /// <summary>There was no response, or the receiver is temporarily unavailable. Any other status refuses this message only.</summary>
    public bool IsUnavailable => IsTemporary(Status);

    /// <summary>True for a status that says nothing about the message itself. Null: there was no response.</summary>
    internal static bool IsTemporary(int? status) => status is null or >= 500 or 408 or 425 or 429;
}

/// <summary>
/// Posts to URLs that customers entered. It connects to public addresses only and checks them at each connection, because a name may
/// resolve differently later (DNS rebinding). It follows no redirects, uses no proxy and reads only the response headers. Thread-safe.
/// </summary>
public sealed class WebhookHttp : IDisposable
{
    public const string SignatureHeader = "x-ghl-signature";
    public const string NotPublic = "The address is not a public one.";

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly bool _allowsPrivateAddresses;

    public WebhookHttp(IOptions<WebhookOptions> options)
    {
        _allowsPrivateAddresses = options.Value.AllowPrivateAddresses;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 16,
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = RequestTimeout,
        };
    }

    /// <summary>Posts a body. Network failures are results; only the caller's cancellation throws.</summary>
    public async Task<WebhookResponse> PostAsync(string url, byte[] body, string signature, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new("application/json") { CharSet = Encoding.UTF8.WebName };
            request.Headers.TryAddWithoutValidation(SignatureHeader, signature);
            request.Headers.TryAddWithoutValidation("User-Agent", "ZoomCalendar-Webhooks");
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var status = (int)answer.StatusCode;
            return new WebhookResponse(status, answer.IsSuccessStatusCode ? "" : $"Answered {status}.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WebhookResponse(null, $"No answer within {RequestTimeout.TotalSeconds:0} seconds.");
        }
        catch (HttpRequestException exception)
        {
            return new WebhookResponse(
                null, exception.InnerException is NotPublicException ? NotPublic : $"Could not connect ({exception.HttpRequestError}).");
        }
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        // One private address among public ones indicates an attack.
        if (addresses.Length == 0 || (!_allowsPrivateAddresses && !addresses.All(PublicAddresses.IsPublic)))
        {
            throw new NotPublicException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // Connects to the checked addresses: resolving the name again could give others.
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class NotPublicException() : IOException(NotPublic);
}
