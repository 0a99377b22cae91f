using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;

namespace ZoomCalendar.Core.Webhooks;

/// <summary>What came of one try. The status is null if nobody answered.</summary>
public sealed record WebhookResponse(int? Status, string Error)
{
    public bool IsAccepted => Status is >= 200 and < 300;

    /// <summary>Nobody answered, or whoever did could not take anything at the moment. Any other refusal is about this message.</summary>
    public bool IsUnavailable => Status is null or >= 500 or 408 or 425 or 429;
}

/// <summary>
/// Posts to addresses that strangers chose: connects to public addresses only, judged anew at each connection (a name may answer otherwise than
/// when it was entered), follows no redirect, uses no proxy, and reads next to nothing of the answer.
/// </summary>
public sealed class WebhookHttp : IDisposable
{
    public const string SignatureHeader = "x-ghl-signature";
    public const string NotPublic = "The address is not a public one.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly bool _anywhere;

    public WebhookHttp(IOptions<WebhookOptions> options)
    {
        _anywhere = options.Value.AllowPrivateAddresses;
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
            Timeout = Patience,
        };
    }

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
            return new WebhookResponse(null, $"No answer within {Patience.TotalSeconds:0} seconds.");
        }
        catch (HttpRequestException exception)
        {
            return new WebhookResponse(null, exception.InnerException is NotPublicException ? NotPublic : $"Could not connect ({exception.HttpRequestError}).");
        }
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        // One private address among public ones is a trap, not a choice.
        if (addresses.Length == 0 || (!_anywhere && !addresses.All(PublicAddresses.IsPublic)))
        {
            throw new NotPublicException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // To the addresses just judged: asking for the name again could be answered otherwise.
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
