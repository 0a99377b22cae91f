using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

/// <summary>
/// Some use cases need a fresh proof of who acts: a password, a code or a passkey in the same session, at most ten minutes ago. Who
/// finds an open page can neither make tokens nor change the team. Programs with an API token have no session: these use cases refuse them.
/// </summary>
public static class FreshProof
{
    /// <summary>How long a proof is fresh.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>The refusal in a sentence.</summary>
    public const string Needed = "Confirm that it is you first. Nothing was changed.";

    /// <summary>True if the use case has to be refused with <see cref="Refusal.ProofNeeded"/>.</summary>
    public static async Task<bool> LacksProofAsync(
        this ZoomCalendarContext db, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (actor.IsApp)
        {
            return false;
        }

        var oldest = now - Lifetime;
        return actor is not { SessionId: { } session, UserId: { } user }
            || !await db.Sessions.AnyAsync(row => row.Id == session && row.UserId == user && row.ProvenAt > oldest, cancellationToken);
    }
}
