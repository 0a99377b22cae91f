using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Tests.Web.Telemetry;
using ZoomCalendar.Web.Accounts;

namespace ZoomCalendar.Tests.Web;

/// <summary>The account that an operator makes where strangers may not register. The command itself is tried in ProductionTests.</summary>
public sealed class FirstAdminTests(AppHost app) : IClassFixture<AppHost>
{
    [Fact]
    public async Task The_command_can_be_repeated_until_a_password_is_chosen()
    {
        var first = await CreateAsync("dee@example.com", "Dee's");
        var again = await CreateAsync("dee@example.com", "Dee's");
        using var visitor = app.NewVisitor();

        (await (await ChooseAsync(visitor, again, "a long password")).TextAsync()).Should().Contain("Your password has been changed.");
        (await (await ChooseAsync(visitor, first, "another long one")).TextAsync()).Should().Contain("no longer valid");
        (await ProblemAsync("dee@example.com", "Dee's")).Should()
            .StartWith("dee@example.com has an account and a password already. Sign in, or");
        using var dee = await app.SignedInAsync("dee@example.com", "a long password");
        (await dee.GetAsync("/a/dee-s/settings/team")).StatusCode.Should()
            .Be(HttpStatusCode.OK, "one sub-account was made, and it is theirs");
        (await dee.GetAsync("/a/dee-s-2/settings/team")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("nobody", "A business", "--email is not an email address.")]
    [InlineData("eve@example.com", " ", "--business has 1 to 100 characters")]
    public async Task Invalid_arguments_are_answered_with_a_sentence(string email, string business, string sentence) =>
        (await ProblemAsync(email, business)).Should().StartWith(sentence);

    [Fact]
    public void The_link_lives_for_two_hours() =>
        app.Services.GetRequiredService<IOptions<DataProtectionTokenProviderOptions>>().Value.TokenLifespan.Should()
            .Be(TimeSpan.FromHours(2));

    [Fact]
    public async Task While_nobody_has_an_account_and_registration_is_closed_the_log_names_the_command()
    {
        (await LogOfStartAsync(("Accounts:AllowRegistration", "false"), ("Demo:Enabled", "false"))).Should()
            .ContainSingle(line => line.Contains("create-admin --email"));
        (await LogOfStartAsync(("Accounts:AllowRegistration", "false"))).Should().NotContain(line => line.Contains("create-admin"));
        (await LogOfStartAsync(("Demo:Enabled", "false"))).Should().NotContain(line => line.Contains("create-admin"));
    }

    [Fact]
    public async Task The_command_creates_the_first_admin_of_an_empty_database_in_Production()
    {
        await using var data = await AppData.CreateAsync();

        var (exit, output, errors) = await RunAsync(data, "create-admin", "--email", "dee@example.com", "--business", "Dee's");

        exit.Should().Be(0, errors);
        output.Should().Contain("https://book.example.com/account/reset-password");
        await using var db = data.Database.CreateDbContext();
        (await db.Users.Select(user => user.Email).ToListAsync()).Should().Equal("dee@example.com");
        (await db.Memberships.Select(membership => membership.Role).ToListAsync()).Should().Equal(Role.Admin);
        (exit, _, errors) = await RunAsync(data, "create-admin", "--email", "dee", "--business", "Dee's");
        (exit, errors).Should().Be((1, "--email is not an email address. Write --email you@your.domain.\n"));
    }

    [Fact]
    public async Task The_command_removes_a_lost_second_factor_in_Production()
    {
        await using var data = await AppData.CreateAsync();
        (await RunAsync(data, "create-admin", "--email", "dee@example.com", "--business", "Dee's")).Exit.Should().Be(0);
        await data.Database.WriteAsync(async db => (await db.Users.SingleAsync()).TwoFactorEnabled = true);

        var (exit, output, errors) = await RunAsync(data, "reset-second-factor", "--email", "dee@example.com");

        (exit, errors).Should().Be((0, ""));
        output.Should().StartWith("dee@example.com signs in with the password alone");
        await using var db = data.Database.CreateDbContext();
        (await db.Users.SingleAsync()).TwoFactorEnabled.Should().BeFalse();
        (exit, _, errors) = await RunAsync(data, "reset-second-factor", "--email", "nobody@example.com");
        (exit, errors).Should().Be((1, "nobody@example.com has no account.\n"));
    }

    [Fact]
    public void Outside_development_a_password_costs_210_000_rounds()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.AddSignIn();
        using var services = builder.Services.BuildServiceProvider();

        services.GetRequiredService<IOptions<PasswordHasherOptions>>().Value.IterationCount.Should().Be(210_000);
    }

    private static async Task<IReadOnlyList<string>> LogOfStartAsync(params (string Key, string Value)[] settings)
    {
        var log = new LogLines();
        await using var own = await AppHost.StartAsync(host =>
        {
            foreach (var (key, value) in settings)
            {
                host.UseSetting(key, value);
            }

            host.ConfigureServices(services => services.AddSingleton<ILoggerProvider>(log));
        });
        return log.All;
    }

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(AppData data, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ZoomCalendar.Web.dll"), .. arguments])
        {
            WorkingDirectory = data.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var settings = new Dictionary<string, string>(data.Settings)
        {
            ["PublicUrl"] = "https://book.example.com",
            ["DataProtection:MasterKey"] = Convert.ToBase64String(new byte[32]),
            ["Zoom:ClientId"] = "id",
            ["Zoom:ClientSecret"] = "secret",
            ["Mail:Host"] = "localhost",
        };
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private static Task<HttpResponseMessage> ChooseAsync(HttpClient visitor, string link, string password) =>
        visitor.PostFormAsync(new Uri(link).PathAndQuery, "reset-password", ("Input.Password", password));

    private async Task<string> ProblemAsync(string email, string business) =>
        (await FluentActions.Awaiting(() => CreateAsync(email, business)).Should().ThrowAsync<StartupException>()).Which.Message;

    private async Task<string> CreateAsync(string email, string business)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await ActivatorUtilities.CreateInstance<FirstAdmin>(scope.ServiceProvider)
            .CreateAsync(email, null, business, CancellationToken.None);
    }
}
