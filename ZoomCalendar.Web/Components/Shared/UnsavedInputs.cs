using System.Text.Json;

namespace ZoomCalendar.Web.Components.Shared;

/// <summary>All unsaved input of the open page and its storage in this browser tab.</summary>
/// <param name="drafts">Where it is kept.</param>
/// <param name="ask">Shows the question whether to leave, with what would be lost; answers true for leaving.</param>
internal sealed class UnsavedInputs(Drafts drafts, Func<string, CancellationToken, Task<bool>> ask)
{
    private readonly List<IUnsavedInput> _open = [];

    /// <summary>The owner of the input. Another user of the same tab has other keys.</summary>
    public string Owner { get; set; } = "";

    public void Open(IUnsavedInput input) => _open.Add(input);

    public void Close(IUnsavedInput input) => _open.Remove(input);

    /// <summary>For controls whose change no DOM event tells, such as a MudSelect inside a form that another component owns.</summary>
    public void LookAgain() => _open.ForEach(input => input.LookAgain());

    /// <summary>The input that would be lost by navigating to an address.</summary>
    public IReadOnlyList<IUnsavedInput> LostAt(Uri target)
    {
        LookAgain();
        return [.. _open.Where(input => input.IsDirty && !input.StaysOpenAt(target))];
    }

    /// <returns>True: leave.</returns>
    public Task<bool> AskAsync(IReadOnlyCollection<IUnsavedInput> lost, CancellationToken cancellationToken = default) =>
        ask(string.Join(' ', lost.Select(input => input.Warning).Distinct()), cancellationToken);

    public Task KeepAsync(string key, string draft) => drafts.KeepAsync(KeyOf(key), draft);

    public Task ForgetAsync(string key) => drafts.ForgetAsync(KeyOf(key));

    public Task<string?> FindAsync(string key) => drafts.FindAsync(KeyOf(key));

    /// <summary>Null: none is stored, or it was stored by another version of the app.</summary>
    public async Task<TDraft?> FindAsync<TDraft>(string key)
        where TDraft : class
    {
        try
        {
            return await FindAsync(key) is { } kept ? JsonSerializer.Deserialize<TDraft>(kept) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string KeyOf(string key) => $"{Owner}:{key}";
}
