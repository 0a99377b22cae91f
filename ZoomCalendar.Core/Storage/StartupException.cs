namespace ZoomCalendar.Core.Storage;

/// <summary>
/// The app cannot start. Each sentence is for the operator: it names the setting and the remedy, and contains no secrets.
/// </summary>
public sealed class StartupException : InvalidOperationException
{
    public StartupException(string sentence, Exception? inner = null)
        : base(sentence, inner) => Sentences = [sentence];

    public StartupException(IReadOnlyList<string> sentences)
        : base(string.Join(Environment.NewLine, sentences)) => Sentences = sentences;

    public IReadOnlyList<string> Sentences { get; }
}
