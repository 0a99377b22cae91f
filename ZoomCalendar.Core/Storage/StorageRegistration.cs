using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ZoomCalendar.Core.Storage;

/// <summary>Registers the database context.</summary>
public static class StorageRegistration
{
    /// <summary>
    /// Registers <see cref="IDbContextFactory{TContext}"/> of <see cref="ZoomCalendarContext"/> for the configured database, and the scoped
    /// context that Identity needs.
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, DatabaseOptions options)
    {
        services.AddSingleton(options);
        return options.Provider switch
        {
            DatabaseProvider.PostgreSql => services.AddContext<PostgreSqlContext>(builder => builder.UseNpgsql(options.ConnectionString)),
            _ => services.AddContext<SqliteContext>(builder => UseSqlite(builder, options.ConnectionString)),
        };
    }

    internal static void UseSqlite(DbContextOptionsBuilder builder, string connectionString) =>
        builder
            .UseSqlite(new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = 30 }.ToString())
            .AddInterceptors(new SqliteConnectionInterceptor());

    private static IServiceCollection AddContext<TContext>(this IServiceCollection services, Action<DbContextOptionsBuilder> configure)
        where TContext : ZoomCalendarContext
    {
        services.AddPooledDbContextFactory<TContext>(configure);
        services.AddSingleton<IDbContextFactory<ZoomCalendarContext>, Factory<TContext>>();
        services.AddScoped<ZoomCalendarContext>(provider => provider.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext());
        return services;
    }

    private sealed class Factory<TContext>(IDbContextFactory<TContext> inner) : IDbContextFactory<ZoomCalendarContext>
        where TContext : ZoomCalendarContext
    {
        public ZoomCalendarContext CreateDbContext() => inner.CreateDbContext();
    }
}
