namespace ZoomCalendar.Tests.Architecture;

/// <summary>Lines of source files have at most 140 columns. Raw strings and addresses may be longer.</summary>
public sealed class LineLengthTests
{
    private const int MaxColumns = 140;

    // The projects whose lines are wrapped. The others follow.
    [Theory]
    [InlineData("ZoomCalendar.Core")]
    public void Lines_of_a_project_have_at_most_140_columns(string project) =>
        Sources.Of(project)
            .Where(file => !file.Path.EndsWith(".csproj", StringComparison.Ordinal))
            .SelectMany(file => LongLines(file.Text).Select(line => $"{file.Path}:{line}"))
            .Should().BeEmpty();

    [Fact]
    public void Raw_strings_and_addresses_may_be_longer()
    {
        var filler = new string('x', MaxColumns + 1);

        LongLines($"short\n{filler}").Should().Equal(2);
        LongLines($"var text = \"\"\"\n{filler}\n\"\"\";\n// https://example.com/{filler}").Should().BeEmpty();
    }

    private static IEnumerable<int> LongLines(string text)
    {
        var isRaw = false;
        foreach (var (index, line) in text.Split('\n').Index())
        {
            var quotes = line.Split("\"\"\"").Length - 1;
            if (line.Length > MaxColumns && !isRaw && quotes == 0 && !line.Contains("://", StringComparison.Ordinal))
            {
                yield return index + 1;
            }

            isRaw ^= quotes % 2 == 1;
        }
    }
}
