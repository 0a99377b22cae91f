using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace ZoomCalendar.Web.Hosting;

/// <summary>
/// Pages are in English and format dates, times and numbers for the browser's first language. A circuit keeps the culture of its first
/// request.
/// </summary>
internal static class Languages
{
    public const string Neutral = "en-GB";

    // Dates are shown in the Gregorian calendar, so languages with another calendar use the neutral format.
    public static IReadOnlyList<CultureInfo> Offered { get; } =
        [.. CultureInfo.GetCultures(CultureTypes.NeutralCultures | CultureTypes.SpecificCultures).Where(
            culture => culture.Name.Length > 0 && culture.Calendar is GregorianCalendar)];

    public static WebApplication UseLanguages(this WebApplication app)
    {
        var options = new RequestLocalizationOptions
        {
            DefaultRequestCulture = new RequestCulture(Neutral),
            SupportedCultures = [.. Offered],
            SupportedUICultures = [CultureInfo.GetCultureInfo(Neutral)],
            RequestCultureProviders = [new AcceptLanguageHeaderRequestCultureProvider()],
            FallBackToParentUICultures = false,
        };
        // The API has fixed formats, whatever language the client accepts.
        app.UseWhen(
            context => !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase),
            pages => pages.UseRequestLocalization(options));
        return app;
    }
}
