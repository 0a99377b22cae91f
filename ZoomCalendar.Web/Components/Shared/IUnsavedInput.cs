namespace ZoomCalendar.Web.Components.Shared;

/// <summary>An open form or dialog with input that may be lost.</summary>
internal interface IUnsavedInput
{
    bool IsDirty { get; }

    /// <summary>The sentence that says what would be lost.</summary>
    string Warning { get; }

    /// <summary>Whether it is still open, with its input, at another address.</summary>
    bool StaysOpenAt(Uri target);

    /// <summary>Some value may have changed without a DOM event that bubbles, as in a MudSelect.</summary>
    void LookAgain();

    /// <summary>Asks if there is unsaved input.</summary>
    /// <returns>False: the user stays.</returns>
    Task<bool> LetGoAsync();

    /// <summary>Saved or discarded: the stored input is removed and leaving asks nothing.</summary>
    Task ForgetAsync();
}
