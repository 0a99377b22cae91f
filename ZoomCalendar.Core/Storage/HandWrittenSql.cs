using Microsoft.EntityFrameworkCore;

namespace ZoomCalendar.Core.Storage;

/// <summary>
/// Triggers and constraints that the EF Core model cannot express. Each room has its own implementations, found by reflection. Every
/// statement must be idempotent.
/// </summary>
internal interface IHandWrittenSql
{
    IReadOnlyList<string> Sqlite => [];

    IReadOnlyList<string> PostgreSql => [];
}

/// <summary>
/// Applies all <see cref="IHandWrittenSql"/> after the migrations. EF Core rebuilds a SQLite table to change it, which drops its triggers:
/// docs/adr/0009.
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

    /// <summary>Idempotent. Several processes may call this at the same time.</summary>
    public static async Task ApplyAsync(ZoomCalendarContext db, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        if (db.Database.IsNpgsql())
        {
            // Serializes nodes that start at the same time. The key is arbitrary.
            await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(7163540191)", cancellationToken);
        }

        foreach (var statement in All.SelectMany(room => db.Database.IsNpgsql() ? room.PostgreSql : room.Sqlite))
        {
            await db.Database.ExecuteSqlRawAsync(statement, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
