namespace ZoomCalendar.Core.Zoom;

/// <summary>What one attempt came to: an answer, or the way in which none arrived.</summary>
internal sealed record ZoomExchange(ZoomResponse? Reply, ZoomError? TransportError)
{
    public static ZoomExchange Answered(ZoomResponse reply) => new(reply, null);

    public static ZoomExchange Failed(ZoomErrorKind kind, string why) => new(null, new ZoomError(kind) { Message = why });
}
