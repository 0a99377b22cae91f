using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using ZoomCalendar.Sandbox;

namespace ZoomCalendar.Tests.Sandbox;

/// <summary>A sandbox with a stopped clock and a client.</summary>
public abstract class SandboxTest : IAsyncLifetime
{
    protected const string Ada = "ada@zoom.test";

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));

    protected SandboxServer Server { get; private set; } = null!;

    protected SandboxControl Control => Server.Control;

    private protected SandboxClient Client { get; private set; } = null!;

    protected virtual SandboxOptions Options => new() { Port = 0 };

    protected DateTimeOffset Tomorrow => Clock.GetUtcNow().AddDays(1);

    public async Task InitializeAsync() => await StartAsync();

    public async Task DisposeAsync() => await StopAsync();

    protected async Task StartAsync()
    {
        Server = await SandboxServer.StartAsync(Options, Clock);
        Client = new SandboxClient(Server);
    }

    protected async Task StopAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }

    protected SandboxTokens Connect(string email = Ada)
    {
        var tokens = Control.IssueTokens(email);
        Client.AccessToken = tokens.AccessToken;
        return tokens;
    }

    protected static async Task<JsonObject> JsonOf(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonObject>())!;

    protected static async Task<JsonObject> JsonOf(Task<HttpResponseMessage> answer) => await JsonOf(await answer);

    protected async Task<long> CreatedIdAsync() => (await JsonOf(Client.CreateAsync(Tomorrow)))["id"]!.GetValue<long>();
}
