using Microsoft.EntityFrameworkCore;

namespace ZoomCalendar.Core.Storage;

/// <summary>One use case, one transaction; begun again from the start if somebody else changed the same rows meanwhile.</summary>
internal static class Writing
{
    private const int MostAttempts = 5;

    /// <summary>As the other, for what is always kept and may begin again after any conflict.</summary>
    public static Task<T> WriteAsync<T>(
        this IDbContextFactory<ZoomCalendarContext> contexts, Func<ZoomCalendarContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        contexts.WriteAsync(
            work, _ => true, exception => exception is DbUpdateConcurrencyException || DatabaseErrors.IsUniqueViolation(exception), cancellationToken);

    /// <param name="contexts">Each attempt has a context of its own.</param>
    /// <param name="work">What is tracked is saved at its end.</param>
    /// <param name="isKept">False rolls back: a refusal leaves nothing behind.</param>
    /// <param name="isTriedAgain">Besides what the database itself gave up, of which nothing happened.</param>
    /// <param name="cancellationToken">Ends the attempts.</param>
    public static async Task<T> WriteAsync<T>(
        this IDbContextFactory<ZoomCalendarContext> contexts,
        Func<ZoomCalendarContext, CancellationToken, Task<T>> work,
        Func<T, bool> isKept,
        Func<Exception, bool> isTriedAgain,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            try
            {
                return await db.WriteOnceAsync(() => work(db, cancellationToken), isKept, cancellationToken);
            }
            catch (Exception exception) when (attempt < MostAttempts && (isTriedAgain(exception) || DatabaseErrors.IsGivenUp(exception)))
            {
            }
        }
    }

    /// <summary>One attempt.</summary>
    public static async Task<T> WriteOnceAsync<T>(this ZoomCalendarContext db, Func<Task<T>> work, Func<T, bool> isKept, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var result = await work();
        if (isKept(result))
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return result;
    }
}
