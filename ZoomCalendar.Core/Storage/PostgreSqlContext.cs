using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ZoomCalendar.Core.Storage;

/// <summary>The context for PostgreSQL. Instants are stored as timestamptz.</summary>
public sealed class PostgreSqlContext(DbContextOptions<PostgreSqlContext> options) : ZoomCalendarContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        // timestamptz accepts UTC only.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
    }

    private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTimeOffset>(
        instant => UtcMicroseconds(instant),
        instant => instant);
}
