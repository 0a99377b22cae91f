using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Tests.Connect;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Connect;

namespace ZoomCalendar.Tests.Api;

/// <summary>The platform's own npm client with only its base address changed. The script is <c>official-client/story.mjs</c>.</summary>
public sealed class OfficialClientTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Ben = "ben@demo.test";
    private const string BenZoom = "ben.story@zoom.test";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [NodeFact]
    public async Task The_platforms_own_client_books_with_a_zoom_link_moves_cancels_and_gets_its_typed_errors()
    {
        await ConnectBenAsync();
        var calendar = await OnZoomAsync("intro-call");
        var readOnly = await host.App.Services.GetRequiredService<PrivateTokens>().CreateAsync(
            "Reader", [TokenScopes.ReadCalendars], null, host.Admin, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await using var limited = await AppHost.StartAsync(builder =>
        {
            ApiHost.Configure(builder);
            builder.UseSetting("Api:RateLimitMax", "3");
            builder.UseSetting("Api:RateLimitIntervalMilliseconds", "600000");
        });
        var folder = Directory.CreateTempSubdirectory("zc-official-client-").FullName;
        try
        {
            foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Api", "official-client")))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }

            await RunAsync(folder, [], "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
            var told = await RunAsync(
                folder,
                [
                    ("BASE", host.App.Address + "api"), ("LIMITED_BASE", limited.Address + "api"), ("TOKEN", ApiHost.Token),
                    ("READ_ONLY_TOKEN", readOnly.Secret!.Text), ("LOCATION", host.LocationId), ("CALENDAR", calendar),
                ],
                "node",
                "story.mjs");

            told.Should().Contain("The story is told.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task ConnectBenAsync()
    {
        var zoom = host.App.Services.GetRequiredService<SandboxHost>().Server!;
        zoom.Control.AddUser(BenZoom);
        var ben = await Person.SignedInAsync(host.App, zoom, Ben);
        await ben.ConnectAsync("northwind", BenZoom);
    }

    private async Task<string> OnZoomAsync(string slug)
    {
        await using var db = await host.App.OpenDatabaseAsync();
        var calendar = await db.Calendars.Include(row => row.Members).SingleAsync(row => row.Slug == slug);
        calendar.ChangeLocation(calendar.PrimaryOwner!.UserId, MeetingLocation.Zoom);
        await db.SaveChangesAsync();
        return calendar.Id.ToString();
    }

    private static async Task<string> RunAsync(
        string folder, (string Name, string Value)[] settings, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.ExitCode.Should().Be(0, "{0} said: {1} {2}", program, await output, await errors);
        return await output;
    }
}
