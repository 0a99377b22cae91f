using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;
using ZoomCalendar.Tests.Api;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Fuzzing;

/// <summary>The app with demo data, without limits for a visitor's requests, and what it logs as an error.</summary>
public sealed class FuzzHost : IAsyncLifetime, ILoggerProvider
{
    private readonly ConcurrentQueue<string> _errors = new();

    public ApiHost Api { get; private set; } = null!;

    public AppHost App => Api.App;

    public async Task InitializeAsync()
    {
        Api = new ApiHost(builder =>
        {
            builder.UseSetting("Booking:SubmissionsPerTenMinutes", "100000000").UseSetting("Booking:ViewsPerMinute", "100000000");
            builder.UseSetting("Accounts:FormsPerTenMinutes", "100000000").UseSetting("Api:RateLimitMax", "100000000");
            builder.UseSetting("Accounts:WrongPasswordsPerTenMinutes", "100000000").UseSetting("Accounts:MessagesPerHour", "100000000");
            builder.ConfigureLogging(logging => logging.AddProvider(this));
        });
        await Api.InitializeAsync();
    }

    public Task DisposeAsync() => Api.DisposeAsync();

    /// <summary>What was logged as an error since the last time, on one line each; null: nothing.</summary>
    public string? TakeErrors()
    {
        List<string> lines = [];
        while (_errors.TryDequeue(out var line))
        {
            lines.Add(line);
        }

        return lines.Count == 0 ? null : string.Join('\n', lines);
    }

    /// <summary>Somebody signed in, with the cookies apart, for a web socket.</summary>
    public async Task<(HttpClient Http, CookieContainer Cookies)> SignedInAsync(string email)
    {
        var cookies = new CookieContainer();
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies };
        var http = new HttpClient(handler) { BaseAddress = App.Address };
        using var answer = await http.PostFormAsync(
            "/account/sign-in", "sign-in", ("Input.Email", email), ("Input.Password", "Zoom-Calendar-1"));
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        return (http, cookies);
    }

    /// <summary>What is wrong with an answer to a page or form; null: nothing.</summary>
    public async Task<string?> JudgeAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return (int)answer.StatusCode >= 500 || text.Contains("The fault is ours", StringComparison.Ordinal)
            ? $"{(int)answer.StatusCode}: {TakeErrors()}"
            : TakeErrors();
    }

    ILogger ILoggerProvider.CreateLogger(string categoryName) => new Errors(this, categoryName);

    void IDisposable.Dispose()
    {
    }

    private sealed class Errors(FuzzHost owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        // A part of a page that fails is a warning to Blazor.
        private readonly LogLevel _from =
            category == "Microsoft.AspNetCore.Components.Web.ErrorBoundary" ? LogLevel.Warning : LogLevel.Error;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= _from;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // A component of MudBlazor that goes on while its page is closed meets a browser that is gone, which nobody sees.
            if (IsEnabled(logLevel) && exception is not JSDisconnectedException)
            {
                owner._errors.Enqueue($"{category}: {formatter(state, exception)} {exception}");
            }
        }
    }
}

/// <summary>The fuzzers of the app run one after the other: what one logs is not the other's.</summary>
[CollectionDefinition(nameof(FuzzHost))]
public sealed class FuzzHostCollection : ICollectionFixture<FuzzHost>;
