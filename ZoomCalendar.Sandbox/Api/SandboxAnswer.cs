using System.Text;

namespace ZoomCalendar.Sandbox.Api;

/// <summary>A complete answer, held back until the fault to apply is known.</summary>
internal sealed record SandboxAnswer(int Status, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public TimeSpan? BytePause { get; init; }

    public static SandboxAnswer Of(int status, string body, IReadOnlyDictionary<string, string>? headers = null)
    {
        var all = new Dictionary<string, string> { ["Content-Type"] = "application/json;charset=UTF-8" };

        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
        {
            all[name] = value;
        }

        return new SandboxAnswer(status, Encoding.UTF8.GetBytes(body), all);
    }

    public async Task SendAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;

        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        if (Body.Length == 0)
        {
            return;
        }

        response.ContentLength = Body.Length;

        if (BytePause is not { } pause)
        {
            await response.Body.WriteAsync(Body, context.RequestAborted);
            return;
        }

        foreach (var one in Body)
        {
            await response.Body.WriteAsync(new[] { one }, context.RequestAborted);
            await response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(pause, context.RequestAborted);
        }
    }
}
