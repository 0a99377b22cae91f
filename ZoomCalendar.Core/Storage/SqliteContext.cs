using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ZoomCalendar.Core.Storage;

/// <summary>The context for SQLite. Instants are stored as UTC ticks.</summary>
public sealed class SqliteContext(DbContextOptions<SqliteContext> options) : ZoomCalendarContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        // SQLite can neither compare nor order a DateTimeOffset, but it can compare UTC ticks.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }

    private sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
        instant => UtcMicroseconds(instant).Ticks,
        ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
