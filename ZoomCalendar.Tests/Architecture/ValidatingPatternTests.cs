using System.Text.RegularExpressions;

namespace ZoomCalendar.Tests.Architecture;

/// <summary>
/// A dollar sign in a regular expression also matches before a final line break, so the pattern accepts more than intended.
/// </summary>
public sealed partial class ValidatingPatternTests
{
    private static readonly string[] Projects = ["ZoomCalendar.Core", "ZoomCalendar.Web", "ZoomCalendar.Sandbox"];

    [Fact]
    public void No_pattern_ends_with_a_dollar_sign() =>
        Projects.SelectMany(Sources.Of)
            .SelectMany(file => Pattern().Matches(file.Text).Where(
                match => Dollar().IsMatch(match.Groups["pattern"].Value)).Select(match => $"{file.Path}: {match.Groups["pattern"].Value}"))
            .Should().BeEmpty("\\z ends a pattern where the text ends");

    [Theory]
    [InlineData("[GeneratedRegex(\"^[a-z]+$\")]", true)]
    [InlineData("[GeneratedRegex(@\"^a$|^b\\z\", RegexOptions.IgnoreCase)]", true)]
    [InlineData("new Regex(\"a$\")", true)]
    [InlineData("Regex.IsMatch(text, \"^a$\")", true)]
    [InlineData("[RegularExpression(\"a$\")]", true)]
    [InlineData("[GeneratedRegex(@\"\\A[a-z]+\\z\")]", false)]
    [InlineData("[GeneratedRegex(@\"costs \\$5[$]\")]", false)]
    public void The_rule_finds_patterns_that_end_with_a_dollar_sign(string code, bool isFound) =>
        Pattern().Matches(code).Any(match => Dollar().IsMatch(match.Groups["pattern"].Value)).Should().Be(isFound);

    [GeneratedRegex("""\b(?:GeneratedRegex|RegularExpression|Regex|Regex\.\w+)\s*\((?:[^"()]*,\s*)?(?:"{3}(?<pattern>.*?)"{3}|@?"(?<pattern>(?:[^"\\]|\\.|"")*)")""", RegexOptions.Singleline)]
    private static partial Regex Pattern();

    // Not escaped, and not one of the characters between brackets.
    [GeneratedRegex("""(?<!\\)\$(?![^\[\]]*\])""")]
    private static partial Regex Dollar();
}
