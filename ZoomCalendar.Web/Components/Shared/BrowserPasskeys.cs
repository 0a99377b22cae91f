using Microsoft.JSInterop;

namespace ZoomCalendar.Web.Components.Shared;

/// <summary>What a browser answered.</summary>
/// <param name="Credential">JSON; null: there is none.</param>
/// <param name="Problem">The reason in one word: <c>cancelled</c>, <c>known</c> or <c>failed</c>.</param>
internal sealed record PasskeyAnswer(string? Credential, string? Problem);

/// <summary>The browser's calls for passkeys (<c>passkey.js</c>).</summary>
internal sealed class BrowserPasskeys(IJSRuntime script) : IAsyncDisposable
{
    private IJSObjectReference? _module;

    public async Task<bool> AreAvailableAsync() => await (await ModuleAsync()).InvokeAsync<bool>("isAvailable");

    public async Task<PasskeyAnswer> CreateAsync(string options, CancellationToken cancellationToken) =>
        await (await ModuleAsync()).InvokeAsync<PasskeyAnswer>("create", cancellationToken, options);

    public async Task<PasskeyAnswer> GetAsync(string options, CancellationToken cancellationToken) =>
        await (await ModuleAsync()).InvokeAsync<PasskeyAnswer>("get", cancellationToken, options);

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone.
        }
    }

    private async Task<IJSObjectReference> ModuleAsync() =>
        _module ??= await script.InvokeAsync<IJSObjectReference>("import", "./passkey.js");
}
