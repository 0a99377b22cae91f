using ZoomCalendar.Core.Events;
using ZoomCalendar.Web.Accounts;
using ZoomCalendar.Web.Connect;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Startup.Settings;

namespace ZoomCalendar.Web.Startup.Commands;

/// <summary>
/// <c>create-admin</c>: creates a business and its admin. Only the services for accounts are registered, and nothing is served.
/// </summary>
internal static class AdminCommand
{
    public static async Task CreateAsync(CommandArguments arguments, ProgressPrinter printer, CancellationToken cancellationToken)
    {
        await using var app = Build();
        await app.MigrateDatabaseAsync();
        await using var scope = app.Services.CreateAsyncScope();
        var link = await scope.ServiceProvider.GetRequiredService<FirstAdmin>()
            .CreateAsync(arguments["email"], arguments.Find("name"), arguments["business"], cancellationToken);
        printer.Say(
            $"""
             The admin of {arguments["business"]} is made: {arguments["email"]}. Choose a password here within {PasswordLinks.Lifespan.TotalHours} hours; the link works once:
             {link}
             If it has expired unused, run the same command again.
             """);
    }

    /// <summary>
    /// <c>reset-second-factor</c>: for a user who has lost the phone and the recovery codes, or the device
    /// with the passkeys.
    /// </summary>
    public static async Task ResetSecondFactorAsync(
        CommandArguments arguments, ProgressPrinter printer, CancellationToken cancellationToken)
    {
        await using var app = Build();
        await app.MigrateDatabaseAsync();
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SecondFactorReset>().ResetAsync(arguments["email"], cancellationToken);
        printer.Say(
            $"{arguments["email"]} signs in with the password alone, and was signed out everywhere. Tell them to set up a new second factor.");
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.CheckSettings();
        builder.AddDatabase().AddKeys().AddSignIn();
        builder.Services.AddSingleton<PublicUrl>().AddSingleton<Signals>().AddScoped<FirstAdmin>();
        // Validation would fail, because only some services are registered. Logs would hide the link that is printed.
        builder.Host.UseDefaultServiceProvider(options => options.ValidateOnBuild = false);
        builder.Logging.ClearProviders();
        return builder.Build();
    }
}
