using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Booking;

internal static class Expecting
{
    /// <summary>The newest message to somebody whose subject begins so; waits for it.</summary>
    public static async Task<OutgoingMessage> ExpectAsync(this Mailbox mailbox, string to, string subject)
    {
        while (true)
        {
            var arrived = mailbox.Arrived.Next;
            if (mailbox.Messages.FirstOrDefault(
                stored => stored.Message.To == to && stored.Message.Subject.StartsWith(subject, StringComparison.Ordinal)) is { } found)
            {
                return found.Message;
            }

            await arrived.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }
}
