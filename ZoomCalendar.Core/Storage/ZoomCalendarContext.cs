using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace ZoomCalendar.Core.Storage;

/// <summary>
/// The EF Core context. Each room of Core adds its own entities, mappings and sets. <see cref="SqliteContext"/> and
/// <see cref="PostgreSqlContext"/> contain what differs between the databases.
/// </summary>
public abstract class ZoomCalendarContext(DbContextOptions options)
    : DbContext(options), IDataProtectionKeyContext
{
    public DbSet<Installation> Installations => Set<Installation>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Truncates an instant to microseconds, PostgreSQL's precision, so that both databases store the same value.</summary>
    private protected static DateTimeOffset UtcMicroseconds(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(ZoomCalendarContext).Assembly);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        foreach (var id in typeof(ZoomCalendarContext).Assembly.GetTypes().Where(IsTypedId))
        {
            configurationBuilder.Properties(id).HaveConversion(typeof(TypedIdConverter<>).MakeGenericType(id));
        }

        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(30);
        configurationBuilder.Properties<TimeSpan>().HaveConversion<long>();
        configurationBuilder.Properties<string>().HaveConversion<StorableTextConverter>();
    }

    private static bool IsTypedId(Type type) =>
        type.IsValueType && type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(ITypedId<>));
}
