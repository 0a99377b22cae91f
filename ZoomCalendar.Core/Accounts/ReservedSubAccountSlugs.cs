using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

/// <summary>
/// Businesses that an earlier version named with a reserved word get the end of their id behind it: their booking pages could not be
/// reached otherwise.
/// </summary>
internal sealed class ReservedSubAccountSlugs : IHandWrittenSql
{
    private static readonly IReadOnlyList<string> Both =
    [
        $"""
        UPDATE sub_accounts SET "Slug" = "Slug" || '-' || lower(substr(replace(CAST("Id" AS text), '-', ''), 25))
        WHERE "Slug" IN ({string.Join(", ", Slug.Reserved.Select(word => $"'{word}'"))})
        """,
    ];

    public IReadOnlyList<string> Sqlite => Both;

    public IReadOnlyList<string> PostgreSql => Both;
}
