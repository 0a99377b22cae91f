using System.Net.Sockets;
using System.Reflection;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Hosting;

/// <summary>What an operator can put right is told in sentences on stderr, with exit code 1 and without a trace.</summary>
internal static class StartFailure
{
    public const int ExitCode = 1;

    /// <summary>The host logs its own failure with a trace, while nobody has started yet; from then on everything is logged.</summary>
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    private static readonly string[] ReadersOfSettings = ["Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http", "Microsoft.Extensions.Configuration", "Microsoft.Extensions.Logging"];

    // Another program that hosts the app (a test, a design tool) gets the exception itself.
    private static readonly bool IsOwnProcess = Assembly.GetEntryAssembly() == typeof(StartFailure).Assembly;

    public static bool IsForeseen(Exception exception) => IsOwnProcess && SentencesOf(exception).Count > 0;

    public static int Report(Exception exception, TextWriter errors)
    {
        var sentences = SentencesOf(exception);
        errors.WriteLine(sentences.Count == 1
            ? sentences[0]
            : $"The app cannot start with these settings:{string.Concat(sentences.Select(sentence => $"{Environment.NewLine}- {sentence}"))}");
        return ExitCode;
    }

    /// <returns>Empty: a fault of the app, whose trace is wanted.</returns>
    public static IReadOnlyList<string> SentencesOf(Exception exception) => exception switch
    {
        StartupException start => start.Sentences,
        OptionsValidationException options => [.. options.Failures],
        AggregateException several when several.Flatten().InnerExceptions.All(inner => inner is OptionsValidationException) =>
            [.. several.Flatten().InnerExceptions.SelectMany(SentencesOf)],
        IOException { InnerException: AddressInUseException } taken => [$"{taken.Message.TrimEnd('.')}. Stop the other program, or set ASPNETCORE_URLS to another address."],
        SocketException refused => [$"The app cannot listen on its address: {refused.Message}. Set ASPNETCORE_URLS to an address of this machine and a port that this user may use."],
        _ when ReadersOfSettings.Any(reader => exception.Source?.StartsWith(reader, StringComparison.Ordinal) is true) => [$"The app cannot start: {exception.Message.Split('\n')[0].Trim()}"],
        _ => [],
    };

    /// <summary>What is said in sentences is not said again as a trace.</summary>
    public static WebApplicationBuilder AddStartFailure(this WebApplicationBuilder builder)
    {
        var hasStarted = false;
        builder.Services.AddHostedService(provider => new Started(provider.GetRequiredService<IHostApplicationLifetime>(), () => hasStarted = true));
        builder.Logging.AddFilter(HostCategory, level => level >= LogLevel.Information && (hasStarted || level < LogLevel.Error));
        return builder;
    }

    private sealed class Started(IHostApplicationLifetime lifetime, Action then) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.ApplicationStarted.Register(then);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
