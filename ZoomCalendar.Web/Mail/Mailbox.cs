namespace ZoomCalendar.Web.Mail;

internal sealed record StoredMessage(DateTimeOffset At, OutgoingMessage Message);

/// <summary>Stands in for a mail server: keeps the last messages in memory, for the page <c>/dev/mailbox</c>. Thread-safe.</summary>
internal sealed class Mailbox(TimeProvider clock) : IMessages
{
    private const int Kept = 200;

    private readonly Lock _gate = new();
    private readonly LinkedList<StoredMessage> _messages = [];

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

    public Task SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _messages.AddFirst(new StoredMessage(clock.GetUtcNow(), message));
            if (_messages.Count > Kept)
            {
                _messages.RemoveLast();
            }
        }

        return Task.CompletedTask;
    }
}
