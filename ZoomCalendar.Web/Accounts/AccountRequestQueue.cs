using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Accounts;

/// <summary>
/// Stores what visitors ask for by an e-mail address, within the limits on messages. It does not find out whether an account exists.
/// </summary>
internal sealed class AccountRequestQueue(
    IDbContextFactory<ZoomCalendarContext> contexts,
    AccountLimits limits,
    AttemptCounters attempts,
    PublicUrl publicUrl,
    TimeProvider clock)
{
    /// <summary>A request was stored.</summary>
    public Wakeup Added { get; } = new();

    /// <returns>A sentence about the problem; null: stored.</returns>
    public async Task<string?> AddAsync(AccountRequestKind kind, string email, string content, HttpContext context)
    {
        var (now, stop, mailbox) = (clock.GetUtcNow(), context.RequestAborted, EmailAddress.UpperKey(email));
        if (await attempts.TakeAsync(limits.MessagesOfVisitor, VisitorAddress.Of(context), now, stop) is { } wait)
        {
            return context.TooMany("Too many messages were requested from your network.", wait);
        }

        if (await attempts.TakeAsync(limits.MessagesToMailbox, mailbox, now, stop) is { } pause)
        {
            return context.TooMany("Several messages to this address were already requested. Check its spam folder, too.", pause);
        }

        if (await attempts.TakeAsync(limits.AllMessages, "", now, stop) is { } rest)
        {
            return context.TooMany("Too many messages are requested at the moment.", rest);
        }

        await using var db = await contexts.CreateDbContextAsync(stop);
        db.AccountRequests.Add(new AccountRequest
        {
            Id = Guid.CreateVersion7(now),
            Kind = kind,
            Email = email,
            Origin = publicUrl.Of(context.Request, ""),
            Content = content,
            CreatedAt = now,
        });
        await db.SaveChangesAsync(stop);
        Added.Wake();
        return null;
    }
}
