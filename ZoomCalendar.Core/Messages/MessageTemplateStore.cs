using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Messages;

/// <summary>The present text of one message.</summary>
/// <param name="Kind">The kind of message.</param>
/// <param name="Receiver">The receiver.</param>
/// <param name="Subject">The subject, with fields.</param>
/// <param name="Body">The body, with fields.</param>
/// <param name="IsOwn">The text is the sub-account's own, not the default.</param>
/// <param name="Version">The version as read; 0 if it was never changed.</param>
public sealed record TemplateText(MessageKind Kind, MessageReceiver Receiver, string Subject, string Body, bool IsOwn, int Version);

/// <summary>Reads and changes a sub-account's message templates. Only for admins. Thread-safe.</summary>
public sealed class MessageTemplateStore(IDbContextFactory<ZoomCalendarContext> contexts, Signals signals)
{
    /// <summary>All editable messages; empty for actors who are not admins.</summary>
    public async Task<IReadOnlyList<TemplateText>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.CurrentRoleAsync(actor, cancellationToken) is not Role.Admin)
        {
            return [];
        }

        var own = await db.MessageTemplates.AsNoTracking().Where(row => row.SubAccountId == actor.SubAccountId)
            .ToListAsync(cancellationToken);
        return
        [
            .. from each in DefaultTemplates.Editable
               let row = own.FirstOrDefault(row => row.Kind == each.Kind && row.Receiver == each.Receiver)
               let text = row is { IsDefault: false } ? (row.Subject, row.Body) : DefaultTemplates.Of(each.Kind, each.Receiver)
               select new TemplateText(each.Kind, each.Receiver, text.Subject, text.Body, row is { IsDefault: false }, row?.Version ?? 0),
        ];
    }

    /// <summary>Stores a sub-account's own text.</summary>
    /// <param name="text">The new text, with the version that was read.</param>
    /// <param name="actor">The admin.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Cancels the statements.</param>
    public Task<ChangeOutcome> SaveAsync(TemplateText text, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        TemplateInput.Problem(text.Subject, text.Body) is { } problem
            ? Task.FromResult(ChangeOutcome.Invalid(problem))
            : WriteAsync(
                text, text.Subject.Trim(), text.Body.ReplaceLineEndings("\n").Trim('\n'), "changed", actor, now, cancellationToken);

    /// <summary>Resets a message to the default text, including its later changes.</summary>
    public Task<ChangeOutcome> ResetAsync(TemplateText seen, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(seen, "", "", "set back to the default", actor, now, cancellationToken);

    private Task<ChangeOutcome> WriteAsync(
        TemplateText seen,
        string subject,
        string body,
        string what,
        Actor actor,
        DateTimeOffset now,
        CancellationToken cancellationToken) =>
        contexts.ChangeAsync(
            signals,
            async db =>
            {
                if (await db.CurrentRoleAsync(actor, cancellationToken) is not Role.Admin)
                {
                    return ChangeOutcome.Forbidden(AccountTexts.AdminsOnly);
                }

                if (!DefaultTemplates.Editable.Contains((seen.Kind, seen.Receiver)))
                {
                    return ChangeOutcome.NotFound("There is no such message.");
                }

                var row = await db.MessageTemplates.FirstOrDefaultAsync(
                    each => each.SubAccountId == actor.SubAccountId && each.Kind == seen.Kind && each.Receiver == seen.Receiver,
                    cancellationToken);
                if ((row?.Version ?? 0) != seen.Version)
                {
                    return ChangeOutcome.Changed();
                }

                if (row is null)
                {
                    db.MessageTemplates.Add(row = new MessageTemplate
                    {
                        SubAccountId = actor.SubAccountId,
                        Kind = seen.Kind,
                        Receiver = seen.Receiver,
                        Subject = "",
                        Body = "",
                    });
                }

                (row.Subject, row.Body, row.Version) = (subject, body, row.Version + 1);
                db.AddEvent(actor, EventKind.MessagesChanged, null, null, $"{TemplateNames.Of(seen.Kind, seen.Receiver)}: {what}.", now);
                return ChangeOutcome.Done();
            },
            cancellationToken);
}
