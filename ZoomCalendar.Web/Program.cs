using ZoomCalendar.Web.Accounts;
using ZoomCalendar.Web.Api;
using ZoomCalendar.Web.Booking;
using ZoomCalendar.Web.Booking.Endpoints;
using ZoomCalendar.Web.Components;
using ZoomCalendar.Web.Components.Pages.Landing;
using ZoomCalendar.Web.Components.Pages.Legal;
using ZoomCalendar.Web.Components.Pages.Privacy;
using ZoomCalendar.Web.Components.Pages.Schedule;
using ZoomCalendar.Web.Connect;
using ZoomCalendar.Web.Demo;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Legal;
using ZoomCalendar.Web.Mail;
using ZoomCalendar.Web.Startup;
using ZoomCalendar.Web.Startup.Commands;
using ZoomCalendar.Web.Startup.Health;
using ZoomCalendar.Web.Startup.Settings;
using ZoomCalendar.Web.Workspaces;

if (await CommandLine.RunAsync(args) is { } exitCode)
{
    return exitCode;
}

try
{
    await ServeAsync(args);
    return 0;
}
catch (Exception exception) when (StartupFailure.IsExpectedFailure(exception))
{
    return StartupFailure.Report(exception, Console.Error);
}

static async Task ServeAsync(string[] args)
{
    // The settings are beside the assembly, whatever the working directory is.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.CheckSettings();
    builder.AddStartupFailure();
    builder.WebHost.UseStaticWebAssets();

    builder.AddDatabase();
    builder.AddOperations();
    builder.AddZoom();
    builder.AddBooking();
    builder.AddMail();
    builder.AddSignIn();
    builder.AddWorkspaces();
    builder.AddUserInterface();
    builder.AddOpenPageLimits();
    builder.AddSchedule();
    builder.AddPublicBooking();
    builder.AddSiteOperator();
    builder.AddApi();
    builder.AddPrivacy();
    builder.AddSettings();
    builder.AddDemo();

    var app = builder.Build();
    app.WarnOfUnknownSettings();
    await app.StartSandboxAsync();
    await app.MigrateDatabaseAsync();
    await app.SeedDemoAsync();
    await app.HintAtFirstAdminAsync();

    app.UseProxy();
    app.UseUnreadBodies();
    app.UseOwnAddress();
    app.UseRequestOrigin();
    app.UseErrorPages();
    app.UseSecurityHeaders();
    app.UseLanguages();
    app.UsePageCompression();
    app.UseRateLimiter();
    app.UseBookingCapacity();
    app.UseOwnOrigin();
    app.UseApi();
    app.UseAuthentication();
    app.UseOpenPageLimits();
    app.UseChosenClock();
    app.UseUnknownAddresses();
    app.UseAuthorization();
    app.UseAntiforgery();
    app.UseFormValidation();

    app.MapUserInterface();
    app.MapAccount();
    app.MapProvider();
    app.MapZoom();
    app.MapPublicBooking();
    app.MapLandingPage();
    app.MapLegalPages();
    app.MapPrivacy();
    app.MapBarePaths();
    app.MapApi();
    app.MapHealth();

    await app.RunAsync();
}

public partial class Program;
