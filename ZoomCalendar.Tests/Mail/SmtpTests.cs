using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MailKit.Security;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MimeKit;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Mail;

/// <summary>Against a real SMTP server in a process of its own: Debian's python3-aiosmtpd.</summary>
public sealed class SmtpTests
{
    [SmtpServerFact]
    public async Task A_message_arrives_with_its_id_its_alternatives_and_the_invitation()
    {
        await using var server = await SmtpServer.StartAsync();
        var transport = server.NewTransport();

        var result = await transport.DeliverAsync(
            new OutgoingMessage("jo@example.test", "Grüße – booked\r\nBcc: all@example.test", "Hello\n.\nend")
            {
                ToName = "Jo \"Field\", Dr.",
                FromName = "Northwind",
                Html = "<p>Hello</p>",
                Invitation = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
                InvitationMethod = "REQUEST",
                MessageId = "abc@book.example.test",
            },
            CancellationToken.None);

        result.Should().Be(MailResult.Delivered);
        var mail = (await server.MailsAsync()).Single();
        mail.MessageId.Should().Be("abc@book.example.test");
        mail.Bcc.Count.Should().Be(0);
        mail.To.Mailboxes.Single().Name.Should().Be("Jo \"Field\", Dr.");
        mail.TextBody!.ReplaceLineEndings("\n").TrimEnd().Should().Be("Hello\n.\nend");
        mail.BodyParts.OfType<TextPart>().Where(part => part.ContentType.IsMimeType("text", "calendar")).Should().HaveCount(2)
            .And.OnlyContain(part => part.ContentType.Parameters["method"] == "REQUEST");
    }

    [Fact]
    public async Task Without_a_mail_server_no_message_counts_as_accepted()
    {
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        var free = ((IPEndPoint)port.LocalEndpoint).Port;
        port.Stop();

        var result = await SmtpServer.NewTransport(free)
            .DeliverAsync(new OutgoingMessage("jo@example.test", "Hello", "Hello"), CancellationToken.None);

        result.Should().Be(MailResult.NotTaken);
    }

    private sealed class SmtpServer(Process process, int port, string folder) : IAsyncDisposable
    {
        public static async Task<SmtpServer> StartAsync()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            listener.Stop();
            var folder = Directory.CreateTempSubdirectory("zoomcalendar-mail-").FullName;
            var process = Process.Start(new ProcessStartInfo(
                SmtpServerFactAttribute.Python,
                ["-m", "aiosmtpd", "-n", "-l", $"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Mailbox", Path.Combine(folder, "box")])
            {
                RedirectStandardError = true,
            })!;
            var server = new SmtpServer(process, port, folder);
            await server.ListeningAsync();
            return server;
        }

        public static SmtpTransport NewTransport(int port) => new(
            Options.Create(new MailOptions
            {
                Host = "127.0.0.1",
                Port = port,
                Security = SecureSocketOptions.None,
                From = "no-reply@book.example.test",
            }),
            TimeProvider.System,
            NullLogger<SmtpTransport>.Instance);

        public SmtpTransport NewTransport() => NewTransport(port);

        public async Task<List<MimeMessage>> MailsAsync()
        {
            var mails = new List<MimeMessage>();
            foreach (var file in Directory.GetFiles(Path.Combine(folder, "box", "new")))
            {
                mails.Add(await MimeMessage.LoadAsync(file));
            }

            return mails;
        }

        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            Directory.Delete(folder, recursive: true);
        }

        private Task ListeningAsync() => Eventually.HoldsAsync(AcceptsAsync, TimeSpan.FromSeconds(30), "the mail server listens");

        private async Task<bool> AcceptsAsync()
        {
            process.HasExited.Should().BeFalse("the mail server runs");
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }
    }
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmtpServerFactAttribute : FactAttribute
{
    public const string Python = "/usr/bin/python3";

    public SmtpServerFactAttribute()
    {
        if (!Directory.Exists("/usr/lib/python3/dist-packages/aiosmtpd") && !Requirements.AreAll)
        {
            Skip = "Debian's python3-aiosmtpd is not installed.";
        }
    }
}
