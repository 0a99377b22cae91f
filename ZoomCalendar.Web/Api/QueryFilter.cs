using System.Reflection;

namespace ZoomCalendar.Web.Api;

/// <summary>Query parameters that an endpoint reads in addition to its handler's parameters.</summary>
internal sealed record ReadParameters(IReadOnlyList<string> Names);

/// <summary>
/// A query parameter is used or refused, never ignored. The accepted ones are those that the handler reads. Our document lists the same,
/// and a test compares it with the platform's.
/// </summary>
internal static class QueryFilter
{
    private const string Location = "locationId";

    // Clients send their list's range with every request. For a resource named by its id it has no effect.
    private static readonly string[] Ranges = ["startTime", "endTime", "startDate", "endDate"];

    public static RouteHandlerBuilder Reads(this RouteHandlerBuilder endpoint, params string[] names) =>
        endpoint.WithMetadata(new ReadParameters(names));

    public static async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<RequiredScope>() is null)
        {
            return await next(context);
        }

        var read = Of(endpoint);
        if (http.Request.Query[Location].ToString() is { Length: > 0 } location
            && !(Guid.TryParse(location, out var id) && id == http.Holder()?.Actor.SubAccountId.Value))
        {
            return ApiResult.NotFound("Location not found");
        }

        var isRead = HttpMethods.IsGet(http.Request.Method);
        var ignored = http.Request.Query
            .Where(parameter => !read.Contains(parameter.Key, StringComparer.OrdinalIgnoreCase) && parameter.Value.Any(Says))
            .Select(parameter => parameter.Key)
            .Where(name => isRead || !Ranges.Contains(name, StringComparer.OrdinalIgnoreCase))
            .ToList();
        if (ignored.Count == 0)
        {
            return await next(context);
        }

        // A missing resource is answered with 404 first. A change is refused before it has any effect.
        var answer = isRead ? await next(context) : null;
        return answer is ApiResult { Status: >= StatusCodes.Status400BadRequest }
            ? answer
            : ApiResult.Unprocessable([.. ignored.Select(name => Sentence(name, read))]);
    }

    /// <summary>The names of all query parameters that the endpoint reads.</summary>
    public static IReadOnlyList<string> Of(Endpoint endpoint)
    {
        var path = (endpoint as RouteEndpoint)?.RoutePattern.Parameters.Select(parameter => parameter.Name).ToList() ?? [];
        var handler = endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [];
        return
        [
            .. handler.Where(parameter => parameter.ParameterType == typeof(string)).Select(parameter => parameter.Name!).Except(path),
            .. endpoint.Metadata.GetMetadata<ReadParameters>()?.Names ?? [],
            // A token belongs to one location. Any other location is not found.
            Location,
        ];
    }

    // As in bodies, empty values and false request nothing.
    private static bool Says(string? value) => value is not (null or "" or "false");

    private static string Sentence(string name, IReadOnlyList<string> read) =>
        $"{(name.Length > 60 ? name[..60] + "…" : name)} is not available here. This request reads {string.Join(", ", read.Distinct())}.";
}
