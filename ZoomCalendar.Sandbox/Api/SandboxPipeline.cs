using System.Globalization;
using ZoomCalendar.Sandbox.Faults;
using ZoomCalendar.Sandbox.OAuth;
using ZoomCalendar.Sandbox.State;

namespace ZoomCalendar.Sandbox.Api;

/// <summary>
/// Handles every request to the token endpoint and the API: authenticates, counts, applies ordered faults, logs and answers.
/// </summary>
internal sealed class SandboxPipeline(
    CallReader reader,
    RateLimits limits,
    FaultSwitches faults,
    FaultyAnswer faulty,
    TokenStore vault,
    UserDirectory users,
    RequestLog log,
    SandboxClock clock) : IMiddleware
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments("/v2", StringComparison.OrdinalIgnoreCase)
            && RequestKinds.Of(context.Request) is not (RequestKind.Token or RequestKind.Revoke))
        {
            await next(context);
            return;
        }

        // The sandbox's clock, not the web server's: callers rely on it.
        context.Response.Headers.Date = clock.Now.UtcDateTime.ToString("r", CultureInfo.InvariantCulture);
        context.Response.Headers["x-zm-trackingid"] = $"v=2.0;clid=sandbox;rid=WEB_{Guid.NewGuid():N}";

        var call = reader.Read(context.Request);
        var owner = call.User?.Email ?? await OwnerOfTokenAsync(context.Request, call.Kind);
        call = call with { CountedAs = call.Kind.IsCounted() && call.User is { } host ? limits.Count(host) : null };
        context.Items[typeof(SandboxCall)] = call;

        var fault = faults.Take(call.Kind, owner);
        var answer = await AnswerAsync(context, next, call, fault, owner);

        // Logged before the answer is sent, so that a test can read it at once.
        Write(context.Request, call, answer?.Status ?? 0, fault, owner);

        if (answer is null)
        {
            context.Abort();
            return;
        }

        await answer.SendAsync(context);
    }

    private static async Task<SandboxAnswer> RunAsync(HttpContext context, RequestDelegate next)
    {
        var original = context.Response.Body;
        using var buffer = new MemoryStream();
        context.Response.Body = buffer;

        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = original;
        }

        var type = context.Response.ContentType is { } written ? new Dictionary<string, string> { ["Content-Type"] = written } : [];
        context.Response.ContentType = null;
        context.Response.ContentLength = null;

        return new SandboxAnswer(context.Response.StatusCode, buffer.ToArray(), type);
    }

    private async Task<SandboxAnswer?> AnswerAsync(
        HttpContext context, RequestDelegate next, SandboxCall call, SandboxFault? fault, string? owner)
    {
        Task<SandboxAnswer> ActAsync()
        {
            var refusal = call.Refusal ?? (call.User is null ? null : limits.RefusalOf(call.User, call.CountedAs));
            return refusal is not null ? Task.FromResult(refusal) : RunAsync(context, next);
        }

        try
        {
            return fault is null ? await ActAsync() : await faulty.MakeAsync(context, fault, ActAsync);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            Write(context.Request, call, 0, fault, owner);
            throw;
        }
    }

    private async Task<string?> OwnerOfTokenAsync(HttpRequest request, RequestKind kind)
    {
        if (kind is not (RequestKind.Token or RequestKind.Revoke) || !request.HasFormContentType)
        {
            return null;
        }

        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var userId = vault.OwnerOf(form["refresh_token"]) ?? vault.OwnerOf(form["token"]) ?? vault.OwnerOf(form["code"]);

        return userId is null ? null : users.ById(userId)?.Email;
    }

    private void Write(HttpRequest request, SandboxCall call, int status, SandboxFault? fault, string? owner) =>
        log.Add(new SandboxRequest(
            clock.Now, owner, call.Kind, request.Method, request.Path, status, call.CountedAs is not null, fault?.Mode.ToString()));
}
