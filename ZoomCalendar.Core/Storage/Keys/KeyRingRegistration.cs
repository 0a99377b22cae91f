using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ZoomCalendar.Core.Storage.Keys;

/// <summary>Registers Data Protection.</summary>
public static class KeyRingRegistration
{
    /// <summary>
    /// Stores the Data Protection key ring in the database, encrypted with the master key. All nodes share it, so each can read the cookies
    /// and tokens of the others.
    /// </summary>
    public static IServiceCollection AddKeyRing(this IServiceCollection services, MasterKey masterKey)
    {
        services.AddSingleton(masterKey);
        services.AddSingleton<KeyRingCheck>();
        services.AddSingleton<HashKey>();
        services.AddDataProtection()
            .SetApplicationName("ZoomCalendar")
            .PersistKeysToDbContext<ZoomCalendarContext>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlEncryptor = new KeyWrap(masterKey)));
        return services;
    }
}
