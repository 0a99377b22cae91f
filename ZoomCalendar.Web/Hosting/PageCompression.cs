using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.StaticAssets;

namespace ZoomCalendar.Web.Hosting;

/// <summary>
/// Pages are sent compressed, except to requests that another site started: see docs/adr/0019. Static assets were compressed when the
/// app was built.
/// </summary>
internal static class PageCompression
{
    private const string FetchSite = "Sec-Fetch-Site";

    // Another site starts most requests for these. They are the same for everybody, or contain no constant secret beside text that a
    // stranger can choose.
    private static readonly PathString[] PublicPages = ["/book", "/legal", "/support", "/docs"];

    public static WebApplicationBuilder AddPageCompression(this WebApplicationBuilder builder)
    {
        builder.Services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });
        builder.Services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        return builder;
    }

    public static WebApplication UsePageCompression(this WebApplication app)
    {
        app.UseWhen(IsCompressed, pages => pages.UseResponseCompression());
        return app;
    }

    private static bool IsCompressed(HttpContext context)
    {
        var request = context.Request;
        return !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            && !request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase)
            && context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is null
            && (IsStartedHere(request) || request.Path == "/"
                || PublicPages.Any(start => request.Path.StartsWithSegments(start, StringComparison.Ordinal)));
    }

    // "none": by the person, in the address bar. Without the header: not a browser of today.
    private static bool IsStartedHere(HttpRequest request) => request.Headers[FetchSite].ToString() is "" or "same-origin" or "none";
}
