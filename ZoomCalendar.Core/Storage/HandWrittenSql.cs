using Microsoft.EntityFrameworkCore;

namespace ZoomCalendar.Core.Storage;

/// <summary>
/// Triggers and constraints that the model cannot express. Each room writes its own; they are found in the assembly. Every statement can be repeated.
/// </summary>
internal interface IHandWrittenSql
{
    IReadOnlyList<string> Sqlite => [];

    IReadOnlyList<string> PostgreSql => [];
}

/// <summary>
/// Applied after each migration and not inside one, because EF Core rebuilds a SQLite table to change it and drops its triggers: docs/adr/0009.
/// </summary>
internal static class HandWrittenSql
{
    private static readonly IReadOnlyList<IHandWrittenSql> All =
    [
        .. typeof(IHandWrittenSql).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IHandWrittenSql)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (IHandWrittenSql)Activator.CreateInstance(type)!),
    ];

    /// <summary>Repeatable; several processes may start at once.</summary>
    public static async Task ApplyAsync(ZoomCalendarContext db, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (db.Database.IsNpgsql())
        {
            // Several nodes start at once; the constant is arbitrary.
            await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(7163540191)", cancellationToken);
        }

        foreach (var statement in All.SelectMany(room => db.Database.IsNpgsql() ? room.PostgreSql : room.Sqlite))
        {
            await db.Database.ExecuteSqlRawAsync(statement, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
