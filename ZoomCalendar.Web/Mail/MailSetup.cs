using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Mail;

/// <summary>
/// Registers messages: a durable queue that a reader of events fills, sent over SMTP or, in Development without a mail server, written to a
/// folder.
/// </summary>
internal static class MailSetup
{
    public static WebApplicationBuilder AddMail(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<PublicUrl>();
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.SectionName)
            .PostConfigure<PublicUrl>((options,
                publicUrl) => options.From = options.From is "" or MailOptions.UnsetFrom ? $"no-reply@{publicUrl.HostName}" : options.From);
        services.AddSingleton<Mailbox>();
        if (builder.Configuration[$"{MailOptions.SectionName}:{nameof(MailOptions.Host)}"] is { Length: > 0 })
        {
            services.AddSingleton<IMailTransport, SmtpTransport>();
        }
        else
        {
            services.AddSingleton<IMailTransport>(provider => provider.GetRequiredService<Mailbox>());
        }

        services.AddSingleton<MessageOutbox>();
        services.AddSingleton<IMessageOutbox>(provider => provider.GetRequiredService<MessageOutbox>());
        services.TryAddSingleton<Signals>();
        services.AddSingleton<MessageIds>();
        services.AddSingleton(provider => new MessageSettings
        {
            WaitForLink = TimeSpan.FromSeconds(provider.GetRequiredService<IOptions<MailOptions>>().Value.WaitForLinkSeconds),
        });
        services.AddSingleton<MessageWriter>();
        services.AddSingleton<MessageQueue>();
        services.AddSingleton<MessageRenderer>();
        services.AddSingleton<WaitingListMessages>();
        services.AddSingleton<NoticeMessages>();
        services.AddSingleton<ConnectionProblemReader>();
        services.AddSingleton<MessageTemplateStore>();
        services.AddSingleton<MessagePreviews>();
        services.AddSingleton<MessageSender>();
        services.AddHostedService<MessageWriterService>();
        services.AddHostedService<MessageSenderService>();
        return builder;
    }
}
