using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Mail;

internal static class MailSetup
{
    public static WebApplicationBuilder AddMail(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new PublicUrl(builder.Configuration, builder.Environment));
        builder.Services.AddSingleton<Mailbox>();
        builder.Services.AddSingleton<IMessages>(services => services.GetRequiredService<Mailbox>());
        return builder;
    }
}
