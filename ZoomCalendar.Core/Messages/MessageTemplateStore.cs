using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Messages;

/// <summary>The words of one kind of message as they are now.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Receiver">To whom.</param>
/// <param name="Subject">With fields.</param>
/// <param name="Body">With fields.</param>
/// <param name="IsOwn">The sub-account's own words, not the default's.</param>
/// <param name="Version">As seen; 0: never changed.</param>
public sealed record TemplateText(MessageKind Kind, MessageReceiver Receiver, string Subject, string Body, bool IsOwn, int Version);

/// <summary>A sub-account's messages, in the words of its admins.</summary>
public sealed class MessageTemplateStore(IDbContextFactory<ZoomCalendarContext> contexts, Signals signals)
{
    /// <summary>All that can be edited; empty for everybody but admins.</summary>
    public async Task<IReadOnlyList<TemplateText>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.CurrentRoleAsync(actor, cancellationToken) is not Role.Admin)
        {
            return [];
        }

        var own = await db.MessageTemplates.AsNoTracking().Where(row => row.SubAccountId == actor.SubAccountId).ToListAsync(cancellationToken);
        return
        [
            .. from each in DefaultTemplates.Editable
               let row = own.FirstOrDefault(row => row.Kind == each.Kind && row.Receiver == each.Receiver)
               let words = row is { IsDefault: false } ? (row.Subject, row.Body) : DefaultTemplates.Of(each.Kind, each.Receiver)
               select new TemplateText(each.Kind, each.Receiver, words.Subject, words.Body, row is { IsDefault: false }, row?.Version ?? 0),
        ];
    }

    /// <param name="words">The new ones, and the version that was seen.</param>
    /// <param name="actor">Who saves.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<ChangeOutcome> SaveAsync(TemplateText words, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        TemplateInput.Problem(words.Subject, words.Body) is { } problem
            ? Task.FromResult(ChangeOutcome.Invalid(problem))
            : WriteAsync(words, words.Subject.Trim(), words.Body.ReplaceLineEndings("\n").Trim('\n'), "changed", actor, now, cancellationToken);

    /// <summary>Back to the default's words, also when those change one day.</summary>
    public Task<ChangeOutcome> ResetAsync(TemplateText seen, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(seen, "", "", "set back to the default", actor, now, cancellationToken);

    private Task<ChangeOutcome> WriteAsync(
        TemplateText seen, string subject, string body, string what, Actor actor, DateTimeOffset now, CancellationToken cancellationToken) =>
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
                    each => each.SubAccountId == actor.SubAccountId && each.Kind == seen.Kind && each.Receiver == seen.Receiver, cancellationToken);
                if ((row?.Version ?? 0) != seen.Version)
                {
                    return ChangeOutcome.Changed();
                }

                if (row is null)
                {
                    db.MessageTemplates.Add(row = new MessageTemplate { SubAccountId = actor.SubAccountId, Kind = seen.Kind, Receiver = seen.Receiver, Subject = "", Body = "" });
                }

                (row.Subject, row.Body, row.Version) = (subject, body, row.Version + 1);
                db.AddEvent(actor, EventKind.MessagesChanged, null, null, $"{TemplateNames.Of(seen.Kind, seen.Receiver)}: {what}.", now);
                return ChangeOutcome.Done();
            },
            cancellationToken);
}
