using System.Net.Http.Headers;

namespace ZoomCalendar.Core.Zoom;

/// <summary>
/// An HTTP request to Zoom. It is sent once; reads are retried once. Only the template may be logged: the path without ids.
/// </summary>
internal sealed record ZoomCall(HttpMethod Method, string Template, Uri Address, AuthenticationHeaderValue Authorization)
{
    public byte[] Body { get; init; } = [];

    public string? MediaType { get; init; }

    public bool IsRead => Method == HttpMethod.Get;

    /// <summary>The kind for metrics, from a short list.</summary>
    public string Kind => (Method.Method, Template) switch
    {
        ("POST", "/users/me/meetings") => "create",
        ("PATCH", _) => "update",
        ("DELETE", _) => "delete",
        ("GET", "/users/me/meetings") => "list",
        ("GET", "/meetings/{id}") => "read",
        ("GET", "/users/me") => "me",
        (_, "/oauth/token") => "token",
        (_, "/oauth/revoke") => "revoke",
        _ => "other",
    };

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(Method, Address);
        message.Headers.Authorization = Authorization;

        if (!IsRead)
        {
            // A DELETE also gets an (empty) body: .NET silently resends a request without a body when an idle connection was closed, and
            // the second request would not be counted.
            message.Content = new ByteArrayContent(Body);
            message.Content.Headers.ContentType = MediaType is null ? null : new MediaTypeHeaderValue(MediaType);
        }

        return message;
    }

    public override string ToString() => $"{Method} {Template}";
}
