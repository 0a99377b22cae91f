using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Api;

/// <summary>The app with the demo data and a token with all scopes, called over HTTP.</summary>
public sealed class ApiHost : IAsyncLifetime
{
    public const string Token = "pit-known-beforehand-to-this-test";

    private readonly List<ApiClient> _clients = [];
    private readonly Action<IWebHostBuilder>? _settings;

    /// <summary>For use as a fixture.</summary>
    public ApiHost()
        : this(null)
    {
    }

    internal ApiHost(Action<IWebHostBuilder>? settings) => _settings = settings;

    public AppHost App { get; private set; } = default!;

    internal ApiClient Api { get; private set; } = default!;

    /// <summary>The demo's first sub-account.</summary>
    public string LocationId { get; private set; } = "";

    internal Actor Admin { get; private set; } = default!;

    public async Task InitializeAsync()
    {
        App = await AppHost.StartAsync(builder =>
        {
            Configure(builder);
            _settings?.Invoke(builder);
        });
        await using var db = await App.OpenDatabaseAsync();
        var subAccount = await db.SubAccounts.SingleAsync(row => row.Slug == "northwind");
        LocationId = subAccount.Id.ToString();
        var admin = await db.Memberships.SingleAsync(row => row.SubAccountId == subAccount.Id && row.Role == Role.Admin);
        Admin = Actor.Staff(admin) with { IsApp = true };
        Api = NewClient(Token);
    }

    public async Task DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await App.DisposeAsync();
    }

    internal static void Configure(IWebHostBuilder builder)
    {
        builder.UseSetting("Demo:PrivateIntegrationToken", Token);
        builder.UseSetting("Api:RateLimitMax", "100000");
    }

    internal ApiClient NewClient(string? token)
    {
        var client = new ApiClient(App.Address, token);
        _clients.Add(client);
        return client;
    }

    /// <summary>A token of the admin with these scopes.</summary>
    internal async Task<ApiClient> WithScopesAsync(DateTimeOffset? made, DateTimeOffset? expires, params string[] scopes)
    {
        var token = await App.Services.GetRequiredService<PrivateTokens>()
            .CreateAsync("test", scopes, expires, Admin, made ?? TimeProvider.System.GetUtcNow(), CancellationToken.None);
        return NewClient(token.Secret!.Text);
    }

    internal Task<ApiClient> WithScopesAsync(params string[] scopes) => WithScopesAsync(null, null, scopes);

    public async Task<string> CalendarIdAsync(string slug)
    {
        await using var db = await App.OpenDatabaseAsync();
        return (await db.Calendars.SingleAsync(row => row.Slug == slug)).Id.ToString();
    }

    public async Task<string> UserIdAsync(string email)
    {
        await using var db = await App.OpenDatabaseAsync();
        return (await db.Users.SingleAsync(row => row.Email == email)).Id.ToString();
    }

    /// <summary>A separate calendar that is always open, with its own host.</summary>
    public async Task<string> NewCalendarAsync(MeetingLocation? location = null, BookingRules? rules = null)
    {
        await using var db = await App.OpenDatabaseAsync();
        var now = DateTimeOffset.UnixEpoch;
        var name = Guid.NewGuid().ToString("N");
        var hours = AvailabilityJson.Serialize(Availability.Always("America/Chicago"));
        var host = new User
        {
            Id = new UserId(Guid.NewGuid()),
            Name = $"Host {name[..6]}",
            UserName = name,
            Email = $"{name}@hosts.test",
            NormalizedEmail = $"{name}@HOSTS.TEST".ToUpperInvariant(),
            NormalizedUserName = name.ToUpperInvariant(),
            SecurityStamp = name,
            TimeZone = "America/Chicago",
            Hours = hours,
        };
        var calendar = new Calendar(
            new CalendarId(Guid.NewGuid()),
            Admin.SubAccountId,
            $"Calendar {name[..6]}",
            name,
            CalendarType.Personal,
            CalendarVersion.V3,
            "America/Chicago",
            now)
        {
            Rules = rules ?? new BookingRules(),
        };
        calendar.AddMember(host.Id, location ?? new MeetingLocation(MeetingLocationKind.Phone, "+1 312 555 0100"), isPrimaryOwner: true);
        db.AddRange(host, new Membership(Admin.SubAccountId, host.Id, Role.User, now), calendar);
        await db.SaveChangesAsync();
        return calendar.Id.ToString();
    }

    public async Task<string> NewContactAsync(string name = "Jo Field")
    {
        var answer = await Api.PostAsync("/contacts/upsert", new
        {
            locationId = LocationId,
            name,
            email = $"{Guid.NewGuid():N}@example.com",
            timezone = "America/Chicago",
        });
        return answer.Body.GetProperty("contact").GetProperty("id").GetString()!;
    }

    /// <summary>Free start times of the coming days, as the API lists them.</summary>
    public async Task<IReadOnlyList<string>> FreeAsync(string calendar)
    {
        var from = TimeProvider.System.GetUtcNow().AddDays(1);
        var answer = await Api.GetAsync(
            $"/calendars/{calendar}/free-slots?startDate={from.ToUnixTimeMilliseconds()}&endDate={from.AddDays(7).ToUnixTimeMilliseconds()}");
        answer.Status.Should().Be(200);
        return [.. answer.Body.EnumerateObject().Where(day => day.Name != "traceId").SelectMany(
            day => day.Value.GetProperty("slots").EnumerateArray()).Select(slot => slot.GetString()!)];
    }

    internal async Task<ApiResponse> BookAsync(
        string calendar, string start, string? contact = null, params (string Name, string Value)[] headers) =>
        await Api.SendAsync(
        HttpMethod.Post,
        "/calendars/events/appointments",
        new
        {
            calendarId = calendar,
            locationId = LocationId,
            contactId = contact ?? await NewContactAsync(),
            startTime = start,
            title = "A talk",
        },
        headers);
}
