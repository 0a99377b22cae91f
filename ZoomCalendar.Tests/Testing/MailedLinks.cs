using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Testing;

/// <summary>Links in messages that the app sent in Development.</summary>
internal static class MailedLinks
{
    /// <summary>The path and query of the newest link to a page that was sent to an address.</summary>
    public static async Task<string> LinkToAsync(this AppHost app, string email, string page)
    {
        var mailbox = app.Services.GetRequiredService<Mailbox>();
        await Eventually.HoldsAsync(() => mailbox.Messages.Any(IsIt), TimeSpan.FromSeconds(60), $"a message to {email} is sent");
        return new Uri(Regex.Match(mailbox.Messages.First(IsIt).Message.Body, @"https?://\S+").Value).PathAndQuery;

        bool IsIt(StoredMessage stored) => stored.Message.To == email && stored.Message.Body.Contains(page, StringComparison.Ordinal);
    }

    /// <summary>Opens the link that confirms a registration, and presses Finish.</summary>
    public static async Task<HttpResponseMessage> ConfirmRegistrationAsync(this AppHost app, HttpClient visitor, string email) =>
        await visitor.PostFormAsync(await app.LinkToAsync(email, "/account/confirm-registration"), "confirm-registration");
}
