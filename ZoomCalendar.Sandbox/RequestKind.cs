namespace ZoomCalendar.Sandbox;

public enum RequestKind
{
    Other,
    Create,
    Update,
    Delete,
    Get,
    List,
    Me,
    Token,
    Revoke,
}

internal static class RequestKinds
{
    /// <summary>The three kinds that count toward Zoom's 100 requests a day.</summary>
    public static bool IsCounted(this RequestKind kind) => kind is RequestKind.Create or RequestKind.Update or RequestKind.Delete;

    public static RequestKind Of(HttpRequest request)
    {
        var parts = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);

        return (request.Method, parts) switch
        {
            ("POST", ["oauth", "token"]) => RequestKind.Token,
            ("POST", ["oauth", "revoke"]) => RequestKind.Revoke,
            ("POST", ["v2", "users", _, "meetings"]) => RequestKind.Create,
            ("GET", ["v2", "users", _, "meetings"]) => RequestKind.List,
            ("GET", ["v2", "users", _]) => RequestKind.Me,
            ("PATCH", ["v2", "meetings", _]) => RequestKind.Update,
            ("DELETE", ["v2", "meetings", _]) => RequestKind.Delete,
            ("GET", ["v2", "meetings", _]) => RequestKind.Get,
            _ => RequestKind.Other,
        };
    }
}
