using System.Threading.Channels;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Accounts;

/// <summary>
/// Writes refused sign-ins of existing users to the audit log, after the answer: otherwise the time of the answer would tell that the
/// account exists.
/// </summary>
internal sealed partial class RefusedSignIns(AuditLog audit, ILogger<RefusedSignIns> logger) : BackgroundService
{
    private const int Longest = 1_000;

    private readonly Channel<Refused> _queue = Channel.CreateBounded<Refused>(
        new BoundedChannelOptions(Longest) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Add(UserId user, DateTimeOffset now) => _queue.Writer.TryWrite(new Refused(user, RequestOrigin.Current, now));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What is in the queue is written before the app ends.
        _queue.Writer.TryComplete();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var refused in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await audit.RecordAccountEventAsync(
                    AuditKind.SignInRefused, refused.User, "", refused.Origin, refused.At, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, exception);
            }
        }
    }

    private sealed record Refused(UserId User, RequestOrigin Origin, DateTimeOffset At);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A refused sign-in could not be written to the audit log")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
