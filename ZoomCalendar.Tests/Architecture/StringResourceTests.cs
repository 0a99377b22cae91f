using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ZoomCalendar.Tests.Architecture;

/// <summary>What a page says stands in its folder's resource file, so that a language is added without touching a page.</summary>
public sealed partial class StringResourceTests
{
    private const string Components = "ZoomCalendar.Web/Components/";

    [Fact]
    public void Each_string_of_a_folder_is_in_its_resource_file_and_none_besides()
    {
        List<string> faults = [];
        foreach (var (folder, resource) in Resources())
        {
            var used = Files(folder).SelectMany(file => Keys(file.Text)).ToHashSet();
            var kept = Entries(resource);
            faults.AddRange(used.Except(kept.Keys).Select(key => $"{resource} lacks: {key}"));
            faults.AddRange(kept.Keys.Except(used).Select(key => $"{resource} has, and nothing uses: {key}"));
        }

        faults.Should().BeEmpty();
    }

    [Fact]
    public void A_translation_has_the_same_strings_and_placeholders()
    {
        List<string> faults = [];
        foreach (var (_, resource) in Resources())
        {
            var english = Entries(resource);
            foreach (var translation in Directory.EnumerateFiles(
                Path.Combine(Sources.Root, Path.GetDirectoryName(resource)!), Path.GetFileNameWithoutExtension(resource) + "*.resx"))
            {
                var entries = Entries(translation);
                var name = Path.GetFileName(translation);
                faults.AddRange(english.Keys.Except(entries.Keys).Select(key => $"{name} lacks: {key}"));
                faults.AddRange(entries.Where(entry => !Placeholders(entry.Value).SetEquals(Placeholders(entry.Key)))
                    .Select(entry => $"{name} has other placeholders in: {entry.Key}"));
            }
        }

        faults.Should().BeEmpty();
    }

    [Fact]
    public void No_component_with_a_resource_file_has_words_of_its_own()
    {
        var faults = Resources().SelectMany(each => Files(each.Folder))
            .Where(file => file.Path.EndsWith(".razor", StringComparison.Ordinal))
            .SelectMany(file => WordsIn(file.Text).Select(words => $"{file.Path[Components.Length..]}: {words}"));

        faults.Should().BeEmpty();
    }

    [Theory]
    [InlineData("<p>Hello</p>", "Hello")]
    [InlineData("<MudTextField Label=\"Your name\" Class=\"wide\" />", "Your name")]
    [InlineData("@if (_isOpen)\n{\n    <b title=\"@Loc[\"Open\"]\">@Loc[\"It is open.\"]</b>\n}", null)]
    [InlineData("<p>@Loc[\"From {0}\", When(\"x\")] @_name, ok</p>", "ok")]
    public void Words_are_found_in_markup(string markup, string? words) =>
        WordsIn(markup).Should().BeEquivalentTo(words is null ? Array.Empty<string>() : [words]);

    /// <summary>Folders that own sentences, and their resource file.</summary>
    private static IEnumerable<(string Folder, string Resource)> Resources() =>
        Sources.Of("ZoomCalendar.Web").Where(file => file.Path.EndsWith("Strings.cs", StringComparison.Ordinal))
            .Select(file => (FolderOf(file.Path), Path.ChangeExtension(file.Path, ".resx")));

    /// <summary>The files of a folder and of those below that own no sentences.</summary>
    private static IEnumerable<(string Path, string Text)> Files(string folder)
    {
        var below = Resources().Select(each => each.Folder)
            .Where(each => each != folder && each.StartsWith(folder, StringComparison.Ordinal)).ToList();
        return Sources.Of("ZoomCalendar.Web").Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal)
            && !below.Any(each => file.Path.StartsWith(each, StringComparison.Ordinal)));
    }

    private static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];

    private static Dictionary<string, string> Entries(string resource) =>
        XDocument.Load(Path.Combine(Sources.Root, resource)).Root!.Elements("data")
            .ToDictionary(entry => entry.Attribute("name")!.Value, entry => entry.Element("value")!.Value);

    private static IEnumerable<string> Keys(string text) => Key().Matches(text)
        .Select(match => Joint().Replace(match.Groups[1].Value, ""))
        .Select(key => key.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal));

    private static HashSet<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(match => match.Value)];

    /// <summary>Text between tags and in attributes that people read, without what comes from C#.</summary>
    private static IEnumerable<string> WordsIn(string razor)
    {
        var markup = Comment().Replace(razor, "");
        var code = CodeBlock().Match(markup);
        markup = Expression().Replace(Directive().Replace(code.Success ? markup[..code.Index] : markup, ""), "");
        var attributes = Spoken().Matches(markup).Select(match => match.Groups[1].Value);
        var text = Statement().Replace(Tag().Replace(markup, "\n"), "").Split('\n');
        return attributes.Concat(text).Select(words => words.Trim(' ', '.', ',', ':', ';', '·', '(', ')', '{', '}'))
            .Where(words => Letters().IsMatch(Entity().Replace(words, "")));
    }

    // A long sentence may be written as several literals, joined by +.
    [GeneratedRegex("""\b[Ll]oc\[\s*"((?:[^"\\]|\\.|"\s*\+\s*")*)""", RegexOptions.Singleline)]
    private static partial Regex Key();

    [GeneratedRegex("""(?<!\\)"\s*\+\s*[\"]""")]
    private static partial Regex Joint();

    [GeneratedRegex(@"\{\d+(?:[:,][^}]*)?\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^@code\b", RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^@(?:page|using|inject|inherits|implements|attribute|layout|typeparam|namespace|rendermode)\b.*$", RegexOptions.Multiline)]
    private static partial Regex Directive();

    // @(…) and @name.Member(…)[…] with balanced brackets.
    [GeneratedRegex("""@(?!if|foreach|for|switch|while|else|key|bind|on|ref|attributes)[A-Za-z_][\w.?!]*(?:(?<open>[(\[])(?:[^()\[\]"]|"(?:[^"\\]|\\.)*"|(?<open>[(\[])|(?<-open>[)\]]))*?(?<-open>[)\]])(?(open)(?!))[\w.?!]*)*|@(?<open>\()(?:[^()\[\]"]|"(?:[^"\\]|\\.)*"|(?<open>[(\[])|(?<-open>[)\]]))*?(?<-open>\))(?(open)(?!))""")]
    private static partial Regex Expression();

    [GeneratedRegex("""\b(?:Label|HelperText|Title|Text|Placeholder|RequiredError|CheckedText|aria-label|title|placeholder|alt)="([^"@]*)""")]
    private static partial Regex Spoken();

    [GeneratedRegex("""<[/!]?[A-Za-z](?:[^<>"]|"[^"]*")*>""")]
    private static partial Regex Tag();

    [GeneratedRegex(@"^\s*(?:@?(?:if|else|foreach|for|switch|while|case|default|break|var|return)\b.*|\}.*|\{.*|@\w.*|.*;)$", RegexOptions.Multiline)]
    private static partial Regex Statement();

    [GeneratedRegex(@"&#?\w+;")]
    private static partial Regex Entity();

    [GeneratedRegex(@"\p{L}{2,}")]
    private static partial Regex Letters();
}
