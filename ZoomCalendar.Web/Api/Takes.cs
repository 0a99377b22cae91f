namespace ZoomCalendar.Web.Api;

/// <summary>
/// Describes the body of an endpoint for the document. Not <c>Accepts</c>: clients send various content types, and a wrong
/// one would be refused before our code runs.
/// </summary>
internal sealed record BodyType(Type Type);

internal static class BodyTypes
{
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new BodyType(typeof(T)));
}
