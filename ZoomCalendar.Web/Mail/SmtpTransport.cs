using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ZoomCalendar.Web.Mail;

/// <summary>Delivers over SMTP, with one connection for each message.</summary>
internal sealed partial class SmtpTransport(
    IOptions<MailOptions> options, TimeProvider clock, ILogger<SmtpTransport> logger) : IMailTransport
{
    private const int FirstPermanent = 500;

    public async Task<MailResult> DeliverAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var isSending = false;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(settings.TimeoutSeconds));
        try
        {
            var mime = MimeMessages.Of(message, MailboxAddress.Parse(settings.From), clock.GetUtcNow());
            using var client = new SmtpClient();
            await client.ConnectAsync(settings.Host, settings.Port, settings.Security, limit.Token);
            if (settings.User.Length > 0)
            {
                await client.AuthenticateAsync(settings.User, settings.Password, limit.Token);
            }

            isSending = true;
            await client.SendAsync(mime, limit.Token);
            await CloseAsync(client, limit.Token);
            return MailResult.Delivered;
        }
        catch (SmtpCommandException refused)
        {
            Log.Refused(logger, (int)refused.StatusCode);
            // A failed sign-in can succeed later; a refused recipient or message cannot.
            return (int)refused.StatusCode >= FirstPermanent && refused.ErrorCode is SmtpErrorCode.RecipientNotAccepted
                or SmtpErrorCode.MessageNotAccepted
                ? MailResult.Refused
                : MailResult.NotTaken;
        }
        catch (ParseException)
        {
            return MailResult.Refused;
        }
        catch (Exception exception) when (IsExpected(exception) && !cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, exception.GetType().Name);
            return isSending ? MailResult.Unknown : MailResult.NotTaken;
        }
    }

    // The message is already delivered, so a failed disconnect is ignored.
    private static async Task CloseAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception exception) when (IsExpected(exception))
        {
        }
    }

    private static bool IsExpected(Exception exception) =>
        exception is IOException or SocketException or ProtocolException or OperationCanceledException or AuthenticationException
            or SslHandshakeException or ServiceNotConnectedException;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The mail server answered {Status}")]
        public static partial void Refused(ILogger logger, int status);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The mail server could not be used: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
