using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ZoomCalendar.Core.Storage.Keys;

public static class KeyRingRegistration
{
    /// <summary>
    /// The key ring in the database, wrapped by the master key outside it; the same on every node, so that a cookie or token of one opens on all.
    /// </summary>
    public static IServiceCollection AddKeyRing(this IServiceCollection services, MasterKey masterKey)
    {
        services.AddSingleton(masterKey);
        services.AddSingleton<KeyRingCheck>();
        services.AddDataProtection()
            .SetApplicationName("ZoomCalendar")
            .PersistKeysToDbContext<ZoomCalendarContext>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlEncryptor = new KeyWrap(masterKey)));
        return services;
    }
}
