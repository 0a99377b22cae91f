namespace ZoomCalendar.Core.Zoom;

/// <summary>The outcome of one attempt: a response, or the transport error.</summary>
internal sealed record ZoomExchange(ZoomResponse? Response, ZoomError? TransportError)
{
    public static ZoomExchange Answered(ZoomResponse response) => new(response, null);

    public static ZoomExchange Failed(ZoomErrorKind kind, string why) => new(null, new ZoomError(kind) { Message = why });
}
