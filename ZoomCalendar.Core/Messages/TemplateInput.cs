using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Messages;

/// <summary>Validates templates.</summary>
public static class TemplateInput
{
    /// <summary>The first problem, as a sentence that says what to do; null if the template is valid.</summary>
    public static string? Problem(string subject, string body) => 0 switch
    {
        _ when StorableText.IsBlank(subject) => "Enter a subject.",
        _ when StorableText.IsBlank(body) => "Enter a text.",
        _ when subject.Length > Message.SubjectMaxLength => $"The subject is too long: use at most {Message.SubjectMaxLength} characters.",
        _ when subject.Any(char.IsControl) => "The subject is one line: remove its line breaks.",
        _ when !StorableText.IsClean(subject) || !StorableText.IsClean(body) =>
            "The subject or the text holds a character that cannot be stored. Type it again.",
        _ when body.Length > MessageTemplate.BodyMaxLength =>
            $"The text is too long: use at most {MessageTemplate.BodyMaxLength:N0} characters.",
        _ when MergeFields.Unknown(subject + "\n" + body) is [_, ..] unknown => Unknown(unknown),
        _ when MergeFields.HasBrokenField(subject) || MergeFields.HasBrokenField(body) =>
            "A field begins with {{ and does not end with }}. Write it like {{contact.name}}.",
        _ => null,
    };

    private static string Unknown(IReadOnlyList<string> names) =>
        $"{string.Join(", ", names.Select(name => $"{{{{{name}}}}}"))} {(names.Count == 1 ? "is not a field" : "are not fields")}. "
        + "Choose from the list of fields.";
}
