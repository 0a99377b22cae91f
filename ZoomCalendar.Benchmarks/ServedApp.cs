extern alias web;

using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Benchmarks;

/// <summary>The whole app on Kestrel and loopback, with demo data and a known token.</summary>
public sealed class ServedApp : IAsyncDisposable
{
    public const string Token = "pit-known-beforehand-to-benchmarks";

    private readonly string _folder = Directory.CreateTempSubdirectory("zoomcalendar-benchmarks-").FullName;
    private readonly WebApplicationFactory<web::Program> _factory;

    private ServedApp(string? postgreSql)
    {
        _factory = new Factory(builder =>
        {
            builder.UseEnvironment("Development").UseContentRoot(AppContext.BaseDirectory);
            builder.ConfigureLogging(logging => logging.ClearProviders());
            builder.UseSetting("DataDirectory", _folder).UseSetting("Sandbox:Port", "0");
            builder.UseSetting("Demo:PrivateIntegrationToken", Token);
            builder.UseSetting("Api:RateLimitMax", "100000000").UseSetting("Booking:ViewsPerMinute", "100000000");
            builder.UseSetting("Booking:SubmissionsPerTenMinutes", "100000000");
            if (postgreSql is not null)
            {
                builder.UseSetting("Database:Provider", "PostgreSql").UseSetting("ConnectionStrings:ZoomCalendar", postgreSql);
            }

            builder.ConfigureServices(services =>
            {
                services.AddSingleton(Requests).AddSingleton<IStartupFilter>(new StartupFilter(Requests));
                services.ConfigureDbContext<SqliteContext>(options => options.AddInterceptors(Requests));
                services.ConfigureDbContext<PostgreSqlContext>(options => options.AddInterceptors(Requests));
            });
        });
        _factory.UseKestrel(0);
    }

    public RequestTimes Requests { get; } = new();

    public Uri Address { get; private set; } = default!;

    public string LocationId { get; private set; } = "";

    /// <param name="postgreSql">A connection string; null: a SQLite file.</param>
    public static async Task<ServedApp> StartAsync(string? postgreSql = null)
    {
        var app = new ServedApp(postgreSql);
        app._factory.StartServer();
        var listening = app._factory.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        app.Address = new Uri($"http://localhost:{new Uri(listening).Port}");
        await using var db = await app.OpenDatabaseAsync();
        app.LocationId = (await db.SubAccounts.SingleAsync(row => row.Slug == "northwind")).Id.ToString();
        return app;
    }

    public HttpClient NewClient() => new(new SocketsHttpHandler()) { BaseAddress = Address };

    /// <summary>Calendars that are always open, on Zoom, each with its own host.</summary>
    public async Task<IReadOnlyList<string>> NewCalendarsAsync(int count)
    {
        await using var db = await OpenDatabaseAsync();
        var (now, subAccount) = (TimeProvider.System.GetUtcNow(), new SubAccountId(Guid.Parse(LocationId)));
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var id = CalendarId.New(now);
            var host = new User
            {
                Id = UserId.New(now),
                Name = $"Host {i}",
                UserName = $"{id}@hosts.test",
                NormalizedUserName = $"{id}@HOSTS.TEST".ToUpperInvariant(),
                Hours = AvailabilityJson.Serialize(Availability.Always("Etc/UTC")),
            };
            var calendar = new Calendar(id, subAccount, "Talk", $"talk-{id}", CalendarType.Personal, CalendarVersion.V3, "Etc/UTC", now)
            {
                Rules = new BookingRules { HorizonDays = 730 },
            };
            calendar.AddMember(host.Id, MeetingLocation.Zoom, isPrimaryOwner: true);
            db.AddRange(host, new Membership(subAccount, host.Id, Role.User, now), calendar);
            ids.Add(id.ToString());
        }

        await db.SaveChangesAsync();
        return ids;
    }

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<ZoomCalendarContext> OpenDatabaseAsync() =>
        _factory.Services.GetRequiredService<IDbContextFactory<ZoomCalendarContext>>().CreateDbContextAsync();

    private sealed class Factory(Action<IWebHostBuilder> configure) : WebApplicationFactory<web::Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder) => configure(builder);
    }
}
