namespace ZoomCalendar.Web.Hosting;

/// <summary>
/// The names of cookies. With the prefix <c>__Host-</c> a browser keeps a cookie only if it is Secure, for all paths, and for this host
/// alone: no subdomain and no page without TLS can set one in its place.
/// </summary>
internal static class CookieNames
{
    public const string Prefix = "__Host-";

    /// <summary>Development has no TLS, so the prefix is left out there.</summary>
    public static string Of(string name, IHostEnvironment environment) => environment.IsDevelopment() ? name : Prefix + name;

    /// <summary>Of a cookie that is set with this request.</summary>
    public static string Of(string name, HttpRequest request) => request.IsHttps ? Prefix + name : name;
}
