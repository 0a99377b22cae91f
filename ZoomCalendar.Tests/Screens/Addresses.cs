using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Web.Booking;

namespace ZoomCalendar.Tests.Screens;

/// <summary>One route of the app as its code declares it.</summary>
internal sealed record AppRoute(string Method, string Template)
{
    public override string ToString() => $"{Method} {Template}";
}

/// <summary>
/// All routes of the app with an address for each in the demo data. A parameter that is not known here fails the test:
/// a new route must say what it shows.
/// </summary>
internal sealed partial class Addresses(IReadOnlyList<(string Part, string Value)> values)
{
    public static async Task<Addresses> OfAsync(ScreenTestHost screens) => new(
    [
        ("/zoom/confirm/{Id:guid}", $"/zoom/confirm/{screens.Question}"),
        ("zoom/confirm/{Id:guid}", $"zoom/confirm/{screens.Question}"),
        ("settings/calendars/{Id}", $"settings/calendars/{(await screens.CalendarAsync("intro-call")).Value}"),
        ("settings/team/{Id}", $"settings/team/{(await screens.UserAsync(ScreenTestHost.Ben)).Value}"),
        ("/a/{Slug}", "/a/northwind"),
        ("/a/{slug}", "/a/northwind"),
        ("/status/{Code:int}", "/status/404"),
        ("/account/invitation", $"/account/invitation?token={Uri.EscapeDataString(screens.Invitation)}"),
        ("/confirmed/{token}", $"/confirmed/{await screens.PersonalLinkAsync(LinkPurpose.Confirmed)}"),
        ("/book/cancel/{token}", $"/book/cancel/{await screens.PersonalLinkAsync(LinkPurpose.Cancel)}"),
        ("/book/change/{token}", $"/book/change/{await screens.PersonalLinkAsync(LinkPurpose.Change)}"),
        ("/book/waiting/{token}", $"/book/waiting/{screens.PlaceInLine()}"),
        ("/your-data/{token}", $"/your-data/{await screens.DataLinkAsync()}"),
        ("/book/{business}/{calendar}", "/book/northwind/intro-call"),
        ("/book/{old}", "/book/intro-call"),
        ("/openapi/{documentName}.json", "/openapi/v1.json"),
        ("/api-docs/{documentName?}", "/api-docs/"),
        ("{**path:file}", "none.txt"),
    ]);

    public static IReadOnlyList<AppRoute> Routes(ScreenTestHost screens) =>
    [
        .. screens.App.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => !endpoint.Metadata.Any(item => item.GetType().Name is "StaticAssetDescriptor"))
            .SelectMany(
                endpoint => Methods(endpoint).Select(method => new AppRoute(method, "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))))
            .Distinct().OrderBy(route => route.Template, StringComparer.Ordinal).ThenBy(route => route.Method, StringComparer.Ordinal),
    ];

    public string Of(string template)
    {
        if (template.StartsWith("/api/", StringComparison.Ordinal))
        {
            // For the API: authentication comes before routing details.
            return Parameter().Replace(template, "0");
        }

        var address = values.Aggregate(template, (text, value) => text.Replace(value.Part, value.Value, StringComparison.Ordinal));
        // The question is asked in the other sub-account.
        address = address.Contains("zoom/confirm/", StringComparison.Ordinal)
            ? address.Replace("/a/northwind/", "/a/southside/", StringComparison.Ordinal)
            : address;
        return address.Contains('{', StringComparison.Ordinal)
            ? throw new InvalidOperationException(
                $"Nobody has said what stands for the parameter in {template}: add it to {nameof(Addresses)}.")
            : address;
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    private static IEnumerable<string> Methods(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods ? ["ANY"]
        // A page answers posts of its own forms.
        : methods.Contains("GET") ? ["GET"]
        : methods;
}
