namespace ZoomCalendar.Tests.Testing;

/// <summary>
/// Of PostgreSQL alone. Without its programs it is skipped with the reason, unless everything is required: then it fails.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class OnPostgreSqlAttribute : Attribute;

/// <summary>Of SQLite alone.</summary>
/// <param name="because">Why there is nothing to test on PostgreSQL, or where it is tested.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class OnSqliteAttribute(string because) : Attribute
{
    public string Because { get; } = because;
}

/// <summary>
/// A test of an abstract class that is run for each database by a sealed class of its own, even where no database is chosen for the run.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DatabaseFactAttribute : FactAttribute;

/// <inheritdoc cref="DatabaseFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DatabaseTheoryAttribute : TheoryAttribute;
