using System.Collections.Concurrent;
using System.Security.Cryptography;
using ZoomCalendar.Sandbox.State;

namespace ZoomCalendar.Sandbox.Pages;

/// <summary>The signed-in user of each browser. In memory: a restart signs everybody out.</summary>
internal sealed class SignInSessions(UserDirectory users)
{
    private const string Cookie = "zoom-sandbox";

    private readonly ConcurrentDictionary<string, string> _sessions = [];

    public SandboxUser? Current(HttpContext context) =>
        context.Request.Cookies[Cookie] is { } id && _sessions.TryGetValue(id, out var userId) ? users.ById(userId) : null;

    public void SignIn(HttpContext context, SandboxUser user)
    {
        var id = RandomNumberGenerator.GetHexString(32);
        _sessions[id] = user.Id;
        context.Response.Cookies.Append(Cookie, id, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax });
    }

    public void SignOut(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is { } id)
        {
            _sessions.TryRemove(id, out _);
        }

        context.Response.Cookies.Delete(Cookie);
    }
}
