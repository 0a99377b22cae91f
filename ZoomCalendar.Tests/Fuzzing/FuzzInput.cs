using System.Text;

namespace ZoomCalendar.Tests.Fuzzing;

/// <summary>One thing that is sent: to whom, and which values.</summary>
internal sealed record FuzzInput(string Target, IReadOnlyList<FuzzPart> Parts)
{
    /// <summary>Simpler ones, the simplest first.</summary>
    public IEnumerable<FuzzInput> Simpler()
    {
        foreach (var (part, index) in Parts.Select((part, index) => (part, index)).Where(each => each.part.Value != each.part.Usual))
        {
            string[] values = [part.Usual, .. Shorter(part.Value)];
            foreach (var value in values)
            {
                yield return this with { Parts = [.. Parts.Take(index), part with { Value = value }, .. Parts.Skip(index + 1)] };
            }
        }
    }

    /// <summary>Readable whatever it holds, and so that it can be copied into a test.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Target);
        foreach (var part in Parts.Where(part => part.Value != part.Usual))
        {
            text.Append($"\n  {part.Name} = \"");
            foreach (var character in part.Value.Length > 500 ? part.Value[..500] : part.Value)
            {
                text.Append(character is >= ' ' and <= '~' and not ('"' or '\\') ? character : $"\\u{(int)character:x4}");
            }

            text.Append(part.Value.Length > 500 ? $"\" … ({part.Value.Length} characters)" : "\"");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Shorter(string value)
    {
        for (var length = value.Length / 2; length > 0; length /= 2)
        {
            for (var from = 0; from + length <= value.Length && from < 8 * length; from += length)
            {
                yield return value.Remove(from, length);
            }
        }
    }
}

/// <param name="Usual">What a person would send; a simpler input has it.</param>
internal sealed record FuzzPart(string Name, string Value, string Usual);
