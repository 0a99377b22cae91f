using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>
/// A process of its own that reconciles: this assembly run by itself. It answers "ready", and from then on, for each line of its input,
/// works until nothing is due that another process does not work on, and answers with how many requests it has sent so far.
/// </summary>
internal static class ReconcilerWorker
{
    public const string Argument = "reconciler";

    public static async Task RunAsync()
    {
        var share = JsonSerializer.Deserialize<ReconcilerShare>((await Console.In.ReadLineAsync())!)!;
        var sent = 0;
        var services = TestReconcilerServices.Of(
            TestDatabase.Open(share.Provider, share.ConnectionString),
            new ShiftedTime(share.Now),
            new GivenTokens(share.Tokens),
            share.Zoom);
        services.ConfigureHttpClientDefaults(
            client => client.AddHttpMessageHandler(() => new Counter(() => Interlocked.Increment(ref sent))));
        await using var process = services.BuildServiceProvider();
        var reconciler = process.GetRequiredService<MeetingReconciler>();
        await Console.Out.WriteLineAsync("ready");
        while (await Console.In.ReadLineAsync() is not null)
        {
            await reconciler.ReconcileAsync(CancellationToken.None);
            await Console.Out.WriteLineAsync($"{Volatile.Read(ref sent)}");
        }
    }

    private sealed class GivenTokens(IReadOnlyDictionary<string, string> tokens) : IAccessTokenProvider
    {
        public Task<ZoomTokenResult> GetAsync(string zoomUserKey, string? refused, CancellationToken cancellationToken) =>
            Task.FromResult(new ZoomTokenResult(ZoomTokenState.Ready, tokens[zoomUserKey]));
    }

    private sealed class Counter(Action count) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method != HttpMethod.Get)
            {
                count();
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}

/// <summary>Where a process is to work.</summary>
internal sealed record ReconcilerShare(
    DatabaseProvider Provider, string ConnectionString, string Zoom, IReadOnlyDictionary<string, string> Tokens, DateTimeOffset Now);
