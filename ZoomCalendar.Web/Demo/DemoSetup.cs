using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Demo;

internal static class DemoSetup
{
    public static WebApplicationBuilder AddDemo(this WebApplicationBuilder builder)
    {
        var isWanted = builder.Configuration.GetValue("Demo:Enabled", builder.Environment.IsDevelopment());
        builder.Services.AddSingleton(new DemoOptions(isWanted && !builder.Environment.IsProduction()));
        builder.Services.AddScoped<DemoSeed>().AddScoped<DemoAppointments>();
        return builder;
    }

    /// <summary>Once per database. Changes to the demo data are kept.</summary>
    public static async Task SeedDemoAsync(this WebApplication app)
    {
        if (app.Services.GetRequiredService<DemoOptions>().IsOn)
        {
            var contexts = app.Services.GetRequiredService<IDbContextFactory<ZoomCalendarContext>>();
            await using var alone = await StartupLock.AcquireAsync(contexts, app.Lifetime.ApplicationStopping);
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<DemoSeed>().SeedAsync(app.Lifetime.ApplicationStopping);
            await DemoToken.AddAsync(app, scope.ServiceProvider, app.Lifetime.ApplicationStopping);
        }
    }
}
