using System.Net.Sockets;
using System.Reflection;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Hosting;

/// <summary>Reports a failed start that an operator can correct: sentences on stderr, exit code 1, no stack trace.</summary>
internal static class StartupFailure
{
    public const int ExitCode = 1;

    /// <summary>
    /// The host logs a failed start with a stack trace. Until the app has started, errors of this category are not logged.
    /// </summary>
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    private static readonly string[] SettingsReaders =
    [
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Http",
        "Microsoft.Extensions.Configuration",
        "Microsoft.Extensions.Logging",
    ];

    // A program that hosts the app (a test, a design tool) receives the exception.
    private static readonly bool IsOwnProcess = Assembly.GetEntryAssembly() == typeof(StartupFailure).Assembly;

    public static bool IsExpectedFailure(Exception exception) => IsOwnProcess && SentencesOf(exception).Count > 0;

    public static int Report(Exception exception, TextWriter errors)
    {
        var sentences = SentencesOf(exception);
        errors.WriteLine(sentences.Count == 1
            ? sentences[0]
            : "The app cannot start with these "
                + $"settings:{string.Concat(sentences.Select(sentence => $"{Environment.NewLine}- {sentence}"))}");
        return ExitCode;
    }

    /// <returns>Empty: a fault of the app, which needs its stack trace.</returns>
    public static IReadOnlyList<string> SentencesOf(Exception exception) => exception switch
    {
        StartupException start => start.Sentences,
        OptionsValidationException options => [.. options.Failures],
        AggregateException several when several.Flatten().InnerExceptions.All(inner => inner is OptionsValidationException) =>
            [.. several.Flatten().InnerExceptions.SelectMany(SentencesOf)],
        IOException { InnerException: AddressInUseException } taken =>
            [$"{taken.Message.TrimEnd('.')}. Stop the other program, or set ASPNETCORE_URLS to another address."],
        SocketException refused =>
            [$"The app cannot listen on its address: {refused.Message}. Set ASPNETCORE_URLS to an address of this machine and a port that this user may use."],
        _ when SettingsReaders.Any(reader => exception.Source?.StartsWith(reader, StringComparison.Ordinal) is true) =>
            [$"The app cannot start: {exception.Message.Split('\n')[0].Trim()}"],
        _ => [],
    };

    /// <summary>Prevents that a failed start is also logged with a stack trace.</summary>
    public static WebApplicationBuilder AddStartupFailure(this WebApplicationBuilder builder)
    {
        var hasStarted = false;
        builder.Services.AddHostedService(
            provider => new StartedCallback(provider.GetRequiredService<IHostApplicationLifetime>(), () => hasStarted = true));
        builder.Logging.AddFilter(HostCategory, level => level >= LogLevel.Information && (hasStarted || level < LogLevel.Error));
        return builder;
    }

    private sealed class StartedCallback(IHostApplicationLifetime lifetime, Action then) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.ApplicationStarted.Register(then);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
