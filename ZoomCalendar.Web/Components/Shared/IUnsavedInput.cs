namespace ZoomCalendar.Web.Components.Shared;

/// <summary>A form or a dialog as long as it is open: whether what it holds would be lost.</summary>
internal interface IUnsavedInput
{
    bool IsDirty { get; }

    /// <summary>What would be lost, in a sentence.</summary>
    string Warning { get; }

    /// <summary>Whether it is still open, with its input, at another address.</summary>
    bool StaysOpenAt(Uri target);

    /// <summary>Asks, if there is something to lose.</summary>
    /// <returns>False: the user stays.</returns>
    Task<bool> LetGoAsync();

    /// <summary>Saved or given up: nothing is kept and nothing is asked any more.</summary>
    Task ForgetAsync();
}
