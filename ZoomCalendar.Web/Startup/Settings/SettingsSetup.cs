using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Startup.Settings;

internal static partial class SettingsSetup
{
    /// <summary>Throws a <see cref="StartupException"/> with a sentence for each missing or invalid setting.</summary>
    public static WebApplicationBuilder CheckSettings(this WebApplicationBuilder builder) =>
        new SettingsCheck(builder.Configuration, builder.Environment).Problems() is { Count: > 0 } problems
            ? throw new StartupException(problems)
            : builder;

    public static WebApplication WarnOfUnknownSettings(this WebApplication app)
    {
        foreach (var warning in UnknownSettings.Warnings(app.Configuration))
        {
            Log.Unknown(app.Logger, warning);
        }

        return app;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Sentence}")]
        public static partial void Unknown(ILogger logger, string sentence);
    }
}
