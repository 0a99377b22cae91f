using Microsoft.Extensions.Options;
using MimeKit;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Mail;

internal sealed record StoredMessage(DateTimeOffset At, OutgoingMessage Message);

/// <summary>
/// Stands in for a mail server in development: keeps the last messages for the page <c>/dev/mailbox</c>, and each as a file in the
/// data folder's <c>mailbox</c>. Thread-safe.
/// </summary>
internal sealed class Mailbox(TimeProvider clock, AppFolders folders, IOptions<MailOptions> options) : IMailTransport
{
    private const int Kept = 200;

    private readonly Lock _gate = new();
    private readonly LinkedList<StoredMessage> _messages = [];

    /// <summary>Wakes whoever waits for a message.</summary>
    public Wakeup Arrived { get; } = new();

    /// <summary>Newest first.</summary>
    public IReadOnlyList<StoredMessage> Messages
    {
        get
        {
            lock (_gate)
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
        lock (_gate)
        {
            _messages.AddFirst(new StoredMessage(now, message));
            if (_messages.Count > Kept)
            {
                _messages.RemoveLast();
            }
        }

        Arrived.Wake();
        return MailResult.Delivered;
    }
}
