using System.Text.Json;
using ZoomCalendar.Sandbox.Api;

namespace ZoomCalendar.Sandbox.Faults;

/// <summary>Applies the ordered fault to one request.</summary>
internal sealed class FaultyAnswer(PublicAddress address, State.SandboxClock clock)
{
    private const string WrongTypes =
        """{"id":{"oops":true},"uuid":7,"join_url":42,"start_url":[],"meetings":"none","next_page_token":{},"password":false,"start_time":[1],"email":9,"type":"two","access_token":[],"expires_in":"soon","code":"x","message":{}}""";

    /// <summary>The answer for the caller. Null: the connection is cut.</summary>
    public async Task<SandboxAnswer?> MakeAsync(HttpContext context, SandboxFault fault, Func<Task<SandboxAnswer>> act)
    {
        if (fault.Mode == FaultMode.Late)
        {
            await OutliveTheCallerAsync(context);
        }

        if (fault.Mode is FaultMode.Delay or FaultMode.Late)
        {
            await WaitAsync(fault, context.RequestAborted);
        }

        var answer = ActsFirst(fault) ? await act() : null;

        if (fault.Mode == FaultMode.DelayAnswer)
        {
            await WaitAsync(fault, context.RequestAborted);
        }

        // A faulty answer has a body, which 204 must not have.
        var status = answer is null or { Status: StatusCodes.Status204NoContent } ? StatusCodes.Status200OK : answer.Status;

        return fault.Mode switch
        {
            FaultMode.CutBefore or FaultMode.CutAfter => null,
            FaultMode.Status => SandboxAnswer.Of(fault.Status, fault.Body ?? ErrorBody(fault), fault.Headers),
            FaultMode.RateLimit => RateLimits.SandboxAnswer(fault.Limit, fault.RetryAfter, clock.Now),
            FaultMode.Malformed => SandboxAnswer.Of(status, fault.Body ?? """{"id":81234567890,"uuid":"Zx""", fault.Headers),
            FaultMode.WrongTyped => SandboxAnswer.Of(status, fault.Body ?? WrongTypes, fault.Headers),
            FaultMode.Enormous => SandboxAnswer.Of(status, $$"""{"padding":"{{new string('x', fault.Size)}}"}""", fault.Headers),
            FaultMode.Redirect => SandboxAnswer.Of(
                StatusCodes.Status302Found,
                "",
                new Dictionary<string, string> { ["Location"] = fault.Location ?? $"{address.Base}sandbox/elsewhere" }),
            FaultMode.Slow => answer! with { BytePause = TimeSpan.FromMilliseconds(fault.DelayMs) },
            _ => answer,
        };
    }

    private static bool ActsFirst(SandboxFault fault) =>
        fault.Mode switch
        {
            FaultMode.CutBefore => false,
            FaultMode.CutAfter or FaultMode.Delay or FaultMode.Late or FaultMode.DelayAnswer or FaultMode.Slow => true,
            FaultMode.Status or FaultMode.RateLimit or FaultMode.Redirect => fault.ActFirst ?? false,
            _ => fault.ActFirst ?? true,
        };

    private static async Task OutliveTheCallerAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        body.Position = 0;
        context.Request.Body = body;
        context.RequestAborted = CancellationToken.None;
    }

    private static string ErrorBody(SandboxFault fault) =>
        JsonSerializer.Serialize(new
        {
            code = fault.Code ?? fault.Status,
            message = fault.Message ?? "Internal server error.",
        }, SandboxJson.Plain);

    // Real time: a caller's timeout does not follow the sandbox's clock.
    private static Task WaitAsync(SandboxFault fault, CancellationToken cancellationToken) => Task.Delay(fault.DelayMs, cancellationToken);
}
