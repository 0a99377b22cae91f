using System.Net.Http.Headers;

namespace ZoomCalendar.Core.Zoom;

/// <summary>A request to be made, once or (reads alone) twice. Of its address a log may say the template alone: the path with ids left out.</summary>
internal sealed record ZoomCall(HttpMethod Method, string Template, Uri Address, AuthenticationHeaderValue Authorization)
{
    public byte[] Body { get; init; } = [];

    public string? MediaType { get; init; }

    public bool IsRead => Method == HttpMethod.Get;

    /// <summary>For figures: one of a short list.</summary>
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
            // Also a DELETE gets a body, an empty one: .NET repeats a request without any body by itself when an
            // idle connection turns out to be closed, and that second request would go uncounted.
            message.Content = new ByteArrayContent(Body);
            message.Content.Headers.ContentType = MediaType is null ? null : new MediaTypeHeaderValue(MediaType);
        }

        return message;
    }

    public override string ToString() => $"{Method} {Template}";
}
