using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ZoomCalendar.Tests.Testing;

/// <summary>Localizers that read the app's resource files, for classes that get one from their caller.</summary>
internal static class Localizers
{
    public static IStringLocalizer<TStrings> Of<TStrings>() => new StringLocalizer<TStrings>(
        new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance));
}
