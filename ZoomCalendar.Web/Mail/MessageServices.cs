using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Messages;

namespace ZoomCalendar.Web.Mail;

/// <summary>Reads events and writes messages: at once after a commit here, within a second after one elsewhere.</summary>
internal sealed class MessageWriterService(MessageWriter writer, Signals signals, TimeProvider clock, ILogger<MessageWriterService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await writer.StartAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => MessageLoop.RunAsync(
        () => signals.EventsWritten.Next,
        async () =>
        {
            while (await writer.ReadAsync(clock.GetUtcNow(), stoppingToken) > 0)
            {
                signals.MessagesDue.Wake();
            }

            return Interval;
        },
        clock,
        logger,
        stoppingToken);
}

/// <summary>Sends what is due, when it is due.</summary>
internal sealed class MessageSenderService(MessageSender sender, MessageQueue queue, Signals signals, TimeProvider clock, ILogger<MessageSenderService> logger) : BackgroundService
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => MessageLoop.RunAsync(
        () => signals.MessagesDue.Next,
        async () =>
        {
            await sender.SendDueAsync(stoppingToken);
            var pause = await queue.NextDueAsync(stoppingToken) - clock.GetUtcNow();
            return pause is { } wait && wait < Longest ? (wait > TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1)) : Longest;
        },
        clock,
        logger,
        stoppingToken);
}

internal static partial class MessageLoop
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    /// <summary>Works, then waits for the wake-up or as long as the work says.</summary>
    public static async Task RunAsync(Func<Task> wakeup, Func<Task<TimeSpan>> work, TimeProvider clock, ILogger logger, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Taken before the work, so that nothing written during it is missed.
            var woken = wakeup();
            TimeSpan pause;
            try
            {
                pause = await work();
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.PassFailed(logger, exception);
                pause = AfterFailure;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(woken, Task.Delay(pause, clock, stop.Token));
            await stop.CancelAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Messages could not be worked on; trying again in a few seconds")]
        public static partial void PassFailed(ILogger logger, Exception exception);
    }
}
