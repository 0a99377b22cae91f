using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Components.Server.ProtectedBrowserStorage;
using Microsoft.JSInterop;

namespace ZoomCalendar.Web.Components.Shared;

/// <summary>
/// Stores unsaved input encrypted in this browser tab, so that it survives the circuit: a restart of the server, a lost connection,
/// the round trip to Zoom. Input that cannot be stored or read is ignored.
/// </summary>
internal sealed class Drafts(ProtectedSessionStorage storage)
{
    /// <summary>
    /// In characters. Longer input is not kept: read back, six bytes for a character and encrypted, it would exceed what a browser may send
    /// in one message, and that ends the circuit. See <see cref="UserInterface.MaxMessageBytes"/>.
    /// </summary>
    public const int MaxLength = 30_000;

    private const string Prefix = "draft:";

    public async Task KeepAsync(string key, string draft)
    {
        if (draft.Length > MaxLength)
        {
            await ForgetAsync(key);
            return;
        }

        await TryAsync(() => storage.SetAsync(Prefix + key, draft).AsTask());
    }

    public Task ForgetAsync(string key) => TryAsync(() => storage.DeleteAsync(Prefix + key).AsTask());

    /// <summary>Null: none is stored, or it can no longer be read.</summary>
    public async Task<string?> FindAsync(string key)
    {
        try
        {
            var kept = await storage.GetAsync<string>(Prefix + key);
            return kept.Success ? kept.Value : null;
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException or FormatException)
        {
            await ForgetAsync(key);
            return null;
        }
        catch (Exception exception) when (IsOutOfReach(exception))
        {
            return null;
        }
    }

    private static async Task TryAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception exception) when (IsOutOfReach(exception))
        {
            // The browser has disconnected, or storage is not available.
        }
    }

    private static bool IsOutOfReach(Exception exception) =>
        exception is JSException or JSDisconnectedException or OperationCanceledException;
}
