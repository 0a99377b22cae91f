using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Operations.Feedback;

/// <summary>An answer in the list for admins.</summary>
public sealed record FeedbackRow(DateTimeOffset At, string UserName, bool IsHelpful, string Text);

/// <summary>Stores readers' feedback about a help article, and lists it for admins.</summary>
public sealed class FeedbackService(IDbContextFactory<ZoomCalendarContext> contexts)
{
    private const int Shown = 100;

    /// <summary>Stores an answer and returns its id, for the text that may follow. Null: the caller is not a member.</summary>
    public async Task<Guid?> AnswerAsync(
        string article, bool isHelpful, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (article.Length > ArticleFeedback.ArticleMaxLength || await db.CurrentRoleAsync(actor, cancellationToken) is null)
        {
            return null;
        }

        var id = Guid.CreateVersion7(now);
        db.ArticleFeedback.Add(new ArticleFeedback
        {
            Id = id,
            SubAccountId = actor.SubAccountId,
            UserId = actor.UserId!.Value,
            Article = article,
            IsHelpful = isHelpful,
            At = now,
        });
        await db.SaveChangesAsync(cancellationToken);
        return id;
    }

    /// <summary>Adds what was missing to one's own answer.</summary>
    /// <returns>The problem in a sentence. Null: stored.</returns>
    public async Task<string?> ExplainAsync(Guid id, string text, Actor actor, CancellationToken cancellationToken)
    {
        var words = StorableText.Clean(text).Trim();
        if (StorableText.IsBlank(words) || words.Length > ArticleFeedback.TextMaxLength)
        {
            return $"Tell us in a few words what was missing, in at most {ArticleFeedback.TextMaxLength:N0} characters.";
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var stored = await db.ArticleFeedback
            .Where(row => row.Id == id && row.SubAccountId == actor.SubAccountId && row.UserId == actor.UserId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Text, words), cancellationToken);
        return stored == 1 ? null : "This answer is no longer known. Reload the page and answer again.";
    }

    /// <summary>The answers, newest first. Empty unless the caller is an admin.</summary>
    public async Task<IReadOnlyList<FeedbackRow>> ReadAsync(string article, Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.CurrentRoleAsync(actor, cancellationToken) is not Role.Admin)
        {
            return [];
        }

        return await (
            from feedback in db.ArticleFeedback
            join user in db.Users on feedback.UserId equals user.Id into users
            from user in users.DefaultIfEmpty()
            where feedback.SubAccountId == actor.SubAccountId && feedback.Article == article
            orderby feedback.At descending
            select new FeedbackRow(feedback.At, user.Name ?? "", feedback.IsHelpful, feedback.Text))
            .Take(Shown).ToListAsync(cancellationToken);
    }
}
