using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Storage.Keys;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Startup;

/// <summary>Registers the database of the settings <c>Database:Provider</c> and <c>ConnectionStrings:ZoomCalendar</c>.</summary>
internal static class DatabaseSetup
{
    public static WebApplicationBuilder AddDatabase(this WebApplicationBuilder builder)
    {
        var folders = new AppFolders(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(folders);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddStorage(OptionsOf(builder.Configuration, folders));
        builder.Services.AddSingleton<DatabaseMigrator>();
        return builder;
    }

    /// <summary>Must run before the app serves and before the key ring, which is in the database, is read.</summary>
    public static async Task MigrateDatabaseAsync(this WebApplication app)
    {
        await DatabaseProbe.CheckAsync(app.Services.GetRequiredService<DatabaseOptions>(), app.Lifetime.ApplicationStopping);
        await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(app.Lifetime.ApplicationStopping);
        // When several nodes start on an empty database, the first creates the first key of the key ring, and the others use it.
        await using var alone = await StartupLock.AcquireAsync(
            app.Services.GetRequiredService<IDbContextFactory<ZoomCalendarContext>>(), app.Lifetime.ApplicationStopping);
        await app.Services.GetRequiredService<KeyRingCheck>().EnsureMasterKeyMatchesAsync(app.Lifetime.ApplicationStopping);
        app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("first key").Protect([]);
    }

    internal static DatabaseOptions OptionsOf(IConfiguration configuration, AppFolders folders)
    {
        var provider = configuration.GetValue($"{DatabaseOptions.SectionName}:Provider", DatabaseProvider.Sqlite);
        var connectionString = configuration.GetConnectionString(DatabaseOptions.ConnectionStringName) ?? "";
        return provider switch
        {
            DatabaseProvider.PostgreSql when connectionString.Length == 0 => throw new StartupException(
                $"ConnectionStrings:{DatabaseOptions.ConnectionStringName} is missing. Database:Provider is PostgreSql; set "
                    + $"ConnectionStrings__{DatabaseOptions.ConnectionStringName}."),
            DatabaseProvider.PostgreSql => new DatabaseOptions { Provider = provider, ConnectionString = connectionString },
            _ => new DatabaseOptions { Provider = provider, ConnectionString = SqliteFile(connectionString, folders) },
        };
    }

    private static string SqliteFile(string connectionString, AppFolders folders)
    {
        var settings = new SqliteConnectionStringBuilder(connectionString);
        var file = settings.DataSource is { Length: > 0 } path ? folders.Resolve(path) : Path.Combine(folders.Data, "zoomcalendar.db");
        MakeFolder(Path.GetDirectoryName(file)!);
        // A folder that the settings name elsewhere may be shared with others on purpose.
        OwnerOnly.CloseFolder(folders.Data);
        settings.DataSource = file;
        return settings.ToString();
    }

    private static void MakeFolder(string folder)
    {
        try
        {
            OwnerOnly.CreateFolder(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"The folder {folder} cannot be made ({exception.Message}). DataDirectory must be a folder that this user may "
                    + "write to; set DataDirectory to another one.",
                exception);
        }
    }
}
