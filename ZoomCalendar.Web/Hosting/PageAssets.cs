using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.StaticAssets;

namespace ZoomCalendar.Web.Hosting;

/// <summary>
/// The fingerprinted addresses of the static assets, for components that an endpoint renders. The framework gives them only to
/// components that have a route of their own.
/// </summary>
internal static class PageAssets
{
    private const string Label = "label";

    /// <summary>Call after <c>MapStaticAssets</c>.</summary>
    public static TBuilder WithPageAssets<TBuilder>(this TBuilder pages, IEndpointRouteBuilder app)
        where TBuilder : IEndpointConventionBuilder
    {
        var assets = app.DataSources.Select(Read).First(found => found.Any());
        pages.Add(endpoint => endpoint.Metadata.Add(assets));
        return pages;
    }

    private static ResourceAssetCollection Read(EndpointDataSource source) => new(
    [
        .. from descriptor in source.Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>())
           where descriptor is { Selectors.Count: 0 }
           let label = descriptor.Properties.FirstOrDefault(property => property.Name == Label)
           where label is not null
           select new ResourceAsset(descriptor.Route, [new ResourceAssetProperty(Label, label.Value)]),
    ]);
}
