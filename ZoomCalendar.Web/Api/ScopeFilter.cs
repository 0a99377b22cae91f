namespace ZoomCalendar.Web.Api;

/// <summary>The scope that an endpoint asks for, also for the document.</summary>
internal sealed record RequiredScope(string Name);

internal static class ScopeFilter
{
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder endpoint, string scope) =>
        endpoint.WithMetadata(new RequiredScope(scope));

    public static async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var holder = http.Holder();
        if (holder is null)
        {
            return ApiResult.Unauthorized("Invalid token: access token is invalid");
        }

        if (!http.RequestServices.GetRequiredService<RateLimiter>().Take($"token {holder.TokenId}", http.Response))
        {
            return ApiResult.TooMany(ApiPipeline.TooMany);
        }

        return http.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>() is { } scope && !holder.Scopes.Contains(scope.Name)
            ? ApiResult.Forbidden($"This token lacks the scope {scope.Name}.")
            : await next(context);
    }
}
