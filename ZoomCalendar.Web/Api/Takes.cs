namespace ZoomCalendar.Web.Api;

/// <summary>
/// The body that an endpoint reads by itself, for the document. Not <c>Accepts</c>: clients send all sorts of content types, and a wrong
/// one would be answered before we are asked.
/// </summary>
internal sealed record BodyType(Type Type);

internal static class BodyTypes
{
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new BodyType(typeof(T)));
}
