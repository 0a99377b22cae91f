namespace ZoomCalendar.Core.Storage;

/// <summary>Why the app cannot start, in sentences for whoever operates it: each names the setting and how to put it right. Free of secrets.</summary>
public sealed class StartupException : InvalidOperationException
{
    public StartupException(string sentence, Exception? inner = null)
        : base(sentence, inner) => Sentences = [sentence];

    public StartupException(IReadOnlyList<string> sentences)
        : base(string.Join(Environment.NewLine, sentences)) => Sentences = sentences;

    public IReadOnlyList<string> Sentences { get; }
}
