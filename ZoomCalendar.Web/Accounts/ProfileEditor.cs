using Microsoft.EntityFrameworkCore;
using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Accounts;

/// <summary>The part of a profile that its user can edit.</summary>
internal sealed record ProfileDetails(string Name, string TimeZone, ClockFormat? Clock = null);

/// <summary>Reads and saves a user's own profile. A save is refused if the profile has changed since it was read.</summary>
internal sealed class ProfileEditor(IDbContextFactory<ZoomCalendarContext> contexts)
{
    public const string ChangedElsewhere =
        "Your profile was changed in another window in the meantime. The current values are shown now, and nothing was overwritten.";

    public async Task<ProfileDetails> ReadAsync(UserId user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Users.Where(row => row.Id == user).Select(row => new ProfileDetails(row.Name, row.TimeZone, row.Clock))
            .SingleAsync(cancellationToken);
    }

    /// <summary>The problem with a name, in a sentence that says what to do. Null: valid.</summary>
    public static string? NameProblem(string name) => StorableText.IsBlank(name) ? "Enter your name."
        : StorableText.OneLine(name).Length > User.NameMaxLength ? $"Enter a name of at most {User.NameMaxLength} characters."
        : null;

    /// <returns>A sentence about the problem; null: saved.</returns>
    public async Task<string?> SaveAsync(UserId user, ProfileDetails seen, ProfileDetails wanted, CancellationToken cancellationToken)
    {
        var name = StorableText.OneLine(wanted.Name);
        if (NameProblem(name) is { } problem)
        {
            return problem;
        }

        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(wanted.TimeZone) is null)
        {
            return "Choose a time zone from the list.";
        }

        if (wanted.Clock is { } clock && !Enum.IsDefined(clock))
        {
            return "Choose a time format from the list.";
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var saved = await db.Users
            .Where(row => row.Id == user && row.Name == seen.Name && row.TimeZone == seen.TimeZone && row.Clock == seen.Clock)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Name, name).SetProperty(row => row.TimeZone, wanted.TimeZone)
                    .SetProperty(row => row.Clock, wanted.Clock),
                cancellationToken);
        return saved == 1 ? null : ChangedElsewhere;
    }
}
