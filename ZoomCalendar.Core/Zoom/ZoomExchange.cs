namespace ZoomCalendar.Core.Zoom;

/// <summary>What one attempt came to: an answer, or the way in which none arrived.</summary>
internal sealed record ZoomExchange(ZoomReply? Reply, ZoomError? Broken)
{
    public static ZoomExchange Answered(ZoomReply reply) => new(reply, null);

    public static ZoomExchange Failed(ZoomErrorKind kind, string why) => new(null, new ZoomError(kind) { Message = why });
}
