using System.Text;
using System.Text.RegularExpressions;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Legal;

/// <summary>
/// A text that the operator shows in place of ours. Plain text: an empty line ends a paragraph, a line that begins with <c># </c> is a
/// heading, and one that begins with <c>- </c> is an item of a list. Markup has no meaning.
/// </summary>
internal static partial class OwnText
{
    public const string FilePrefix = "file:";
    public const int MaxBytes = 200 * 1024;

    public const string PrivacyKey = $"{OperatorOptions.SectionName}:{nameof(OperatorOptions.PrivacyText)}";
    public const string TermsKey = $"{OperatorOptions.SectionName}:{nameof(OperatorOptions.TermsText)}";
    public const string SupportKey = $"{OperatorOptions.SectionName}:{nameof(OperatorOptions.SupportText)}";
    public const string ZoomGuideKey = $"{OperatorOptions.SectionName}:{nameof(OperatorOptions.ZoomGuideText)}";

    /// <summary>The settings that hold a text.</summary>
    public static readonly IReadOnlyList<string> Keys = [PrivacyKey, TermsKey, SupportKey, ZoomGuideKey];

    /// <summary>Reads a setting that holds a text.</summary>
    /// <param name="key">The key of the setting, for the message.</param>
    /// <param name="setting">The value of the setting.</param>
    /// <param name="folders">A relative path starts at their root.</param>
    /// <returns>Empty: our text is shown.</returns>
    /// <exception cref="StartupException">The file cannot be read, is empty, is too large, or is not UTF-8.</exception>
    public static IReadOnlyList<TextBlock> Read(string key, string? setting, AppFolders folders) =>
        setting is null || !setting.StartsWith(FilePrefix, StringComparison.Ordinal)
            ? Parse(setting ?? "")
            : Parse(ReadFile(key, folders.Resolve(setting[FilePrefix.Length..])));

    public static IReadOnlyList<TextBlock> Parse(string text)
    {
        List<TextBlock> blocks = [];
        var isInParagraph = false;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()))
        {
            if (line.StartsWith('#'))
            {
                blocks.Add(new(TextBlockKind.Heading, line.TrimStart('#').Trim()));
            }
            else if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                blocks.Add(new(TextBlockKind.ListItem, line[2..].Trim()));
            }
            else if (line.Length > 0)
            {
                if (isInParagraph)
                {
                    blocks[^1] = blocks[^1] with { Text = $"{blocks[^1].Text}\n{line}" };
                }
                else
                {
                    blocks.Add(new(TextBlockKind.Paragraph, line));
                }
            }

            isInParagraph = line.Length > 0 && blocks[^1].Kind is TextBlockKind.Paragraph;
        }

        return [.. blocks.Where(block => block.Text.Length > 0)];
    }

    /// <summary>
    /// The text in pieces, of which each second one is an https address. A point or bracket after it belongs to the sentence.
    /// </summary>
    public static IReadOnlyList<string> SplitAtLinks(string text) => Link().Split(text);

    private static string ReadFile(string key, string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Length > MaxBytes)
            {
                throw new StartupException($"{key} names {path}, which is larger than {MaxBytes / 1024} kB. Use a smaller text file.");
            }

            var text = File.ReadAllText(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            return string.IsNullOrWhiteSpace(text)
                ? throw new StartupException($"{key} names {path}, which is empty. Write the text into it, or remove the setting.")
                : text;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DecoderFallbackException
            or ArgumentException or NotSupportedException)
        {
            throw new StartupException(
                $"{key} names {path}, which cannot be read as a text in UTF-8. It must be a text, or file: and the path of a text file.");
        }
    }

    [GeneratedRegex("""(https://[^\s<>"]*[^\s<>".,;:!?)])""")]
    private static partial Regex Link();
}
