using System.Text.RegularExpressions;

namespace ZoomCalendar.Tests.Architecture;

/// <summary>Lines of C# files have at most 140 columns. Raw strings, long texts and addresses may be longer.</summary>
public sealed partial class LineLengthTests
{
    private const int MaxColumns = 140;

    [Theory]
    [InlineData("ZoomCalendar.Core")]
    [InlineData("ZoomCalendar.Web")]
    [InlineData("ZoomCalendar.Sandbox")]
    [InlineData("ZoomCalendar.Tests")]
    [InlineData("ZoomCalendar.Benchmarks")]
    public void Lines_of_a_project_have_at_most_140_columns(string project) =>
        Sources.Of(project)
            .Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(file => LongLines(file.Text).Select(line => $"{file.Path}:{line}"))
            .Should().BeEmpty();

    [Fact]
    public void Raw_strings_long_texts_and_addresses_may_be_longer()
    {
        var filler = new string('x', MaxColumns + 1);

        LongLines($"short\n{filler}").Should().Equal(2);
        LongLines($"Say(\"{filler}\");").Should().BeEmpty();
        LongLines($"var text = \"\"\"\n{filler}\n\"\"\";\n// https://example.com/{filler}").Should().BeEmpty();
    }

    private static IEnumerable<int> LongLines(string text)
    {
        var isRaw = false;
        foreach (var (index, line) in text.Split('\n').Index())
        {
            var quotes = line.Split("\"\"\"").Length - 1;
            var isLong = line.Length > MaxColumns && Text().Replace(line, "").Length > MaxColumns - 20;
            if (isLong && !isRaw && quotes == 0 && !line.Contains("://", StringComparison.Ordinal))
            {
                yield return index + 1;
            }

            isRaw ^= quotes % 2 == 1;
        }
    }

    /// <summary>The text of a string literal.</summary>
    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Text();
}
