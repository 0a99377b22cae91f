using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace ZoomCalendar.Web.Hosting;

/// <summary>
/// Pages speak English and write dates, times and numbers as the browser's first language does. A circuit keeps what its first request asked for.
/// </summary>
internal static class Languages
{
    public const string Neutral = "en-GB";

    // Dates are kept in one calendar, so languages that count years otherwise are shown the neutral format.
    public static IReadOnlyList<CultureInfo> Offered { get; } =
        [.. CultureInfo.GetCultures(CultureTypes.NeutralCultures | CultureTypes.SpecificCultures).Where(culture => culture.Name.Length > 0 && culture.Calendar is GregorianCalendar)];

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
        // Programs get the formats that the interface promises, whatever they accept.
        app.UseWhen(context => !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase), pages => pages.UseRequestLocalization(options));
        return app;
    }
}
