using Microsoft.Extensions.Options;
using MimeKit;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Mail;

internal sealed record StoredMessage(DateTimeOffset At, OutgoingMessage Message);

/// <summary>
/// Replaces a mail server in Development: keeps the last messages in memory for the page <c>/dev/mailbox</c> and writes each to the folder
/// <c>mailbox</c> in the data folder. Thread-safe.
/// </summary>
internal sealed class Mailbox(TimeProvider clock, AppFolders folders, IOptions<MailOptions> options) : IMailTransport
{
    private const int Capacity = 200;

    private readonly Lock _lock = new();
    private readonly LinkedList<StoredMessage> _messages = [];

    /// <summary>Signals each new message.</summary>
    public Wakeup Arrived { get; } = new();

    /// <summary>Newest first.</summary>
    public IReadOnlyList<StoredMessage> Messages
    {
        get
        {
            lock (_lock)
            {
                return [.. _messages];
            }
        }
    }

    public async Task<MailResult> DeliverAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var folder = Directory.CreateDirectory(Path.Combine(folders.Data, "mailbox"));
        var file = Path.Combine(folder.FullName, $"{now:yyyyMMdd-HHmmss-fff}-{Guid.NewGuid().ToString("N")[..6]}.eml");
        await MimeMessages.Of(message, MailboxAddress.Parse(options.Value.From), now).WriteToAsync(file, cancellationToken);
        lock (_lock)
        {
            _messages.AddFirst(new StoredMessage(now, message));
            if (_messages.Count > Capacity)
            {
                _messages.RemoveLast();
            }
        }

        Arrived.Wake();
        return MailResult.Delivered;
    }
}
