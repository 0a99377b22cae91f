using ZoomCalendar.Core.Operations.Privacy;

namespace ZoomCalendar.Web.Components.Pages.Privacy;

internal static class PrivacySetup
{
    public static WebApplicationBuilder AddPrivacy(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BookerDataReader>();
        builder.Services.AddSingleton<BookerErasure>();
        builder.Services.AddSingleton<RetentionSettings>();
        builder.Services.AddSingleton<RetentionSweep>();
        builder.Services.AddHostedService<RetentionService>();
        return builder;
    }

    public static WebApplication MapPrivacy(this WebApplication app)
    {
        app.MapPost(BookerExportEndpoint.Path, BookerExportEndpoint.ExportAsync).RequireAuthorization();
        return app;
    }
}
