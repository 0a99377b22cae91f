using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace ZoomCalendar.Web.Api;

/// <summary>
/// The API's document, made on the first request and kept: anybody may ask for it, and making it takes long. Thread-safe.
/// </summary>
internal sealed class ApiDocumentCache([FromKeyedServices(ApiDocument.Name)] IOpenApiDocumentProvider documents)
{
    private readonly Lock _lock = new();
    private Task<(byte[] Json, EntityTagHeaderValue Tag)>? _made;

    /// <summary>How often it was made.</summary>
    public int Count { get; private set; }

    public Task<(byte[] Json, EntityTagHeaderValue Tag)> ReadAsync()
    {
        lock (_lock)
        {
            // A failure is not kept. The one who asks does not cancel it for the others.
            return _made is null or { IsFaulted: true } or { IsCanceled: true } ? _made = MakeAsync() : _made;
        }
    }

    private async Task<(byte[] Json, EntityTagHeaderValue Tag)> MakeAsync()
    {
        Count++;
        var document = await documents.GetOpenApiDocumentAsync(CancellationToken.None);
        var text = new StringWriter(CultureInfo.InvariantCulture);
        document.SerializeAsV31(new OpenApiJsonWriter(text));
        var json = Encoding.UTF8.GetBytes(text.ToString());
        return (json, new EntityTagHeaderValue($"\"{Convert.ToHexString(SHA256.HashData(json), 0, 16)}\""));
    }
}
