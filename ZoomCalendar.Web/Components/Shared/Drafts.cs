using Microsoft.AspNetCore.Components.Server.ProtectedBrowserStorage;
using System.Security.Cryptography;
using System.Text.Json;

namespace ZoomCalendar.Web.Components.Shared;

/// <summary>
/// Unsaved edits over a round trip that leaves the page, such as connecting Zoom: kept encrypted in this browser tab,
/// taken back once by the page whose address says <c>draft=1</c>.
/// </summary>
internal sealed class Drafts(ProtectedSessionStorage storage)
{
    public const string Parameter = "draft";

    public async Task KeepAsync<T>(string key, T draft)
        where T : notnull => await storage.SetAsync(Key(key), draft);

    public async Task ForgetAsync(string key) => await storage.DeleteAsync(Key(key));

    /// <summary>Null: none was kept, or it can no longer be read.</summary>
    public async Task<T?> TakeAsync<T>(string key)
        where T : class
    {
        try
        {
            var kept = await storage.GetAsync<T>(Key(key));
            await storage.DeleteAsync(Key(key));
            return kept.Success ? kept.Value : null;
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException)
        {
            await storage.DeleteAsync(Key(key));
            return null;
        }
    }

    private static string Key(string key) => "draft:" + key;
}
