using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Mail;

/// <summary>
/// Reads events and writes messages: at once after a commit of this process, within a second after one of another process.
/// </summary>
internal sealed class MessageWriterService(
    MessageWriter writer, Signals signals, TimeProvider clock, ILogger<MessageWriterService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await writer.StartAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => PollingLoop.RunAsync(
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

/// <summary>Sends messages when they are due.</summary>
internal sealed class MessageSenderService(
    MessageSender sender, MessageQueue queue, Signals signals, TimeProvider clock, ILogger<MessageSenderService> logger) : BackgroundService
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => PollingLoop.RunAsync(
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
