using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Messages;

/// <summary>Validates templates.</summary>
public static class TemplateInput
{
    private const string Broken = "A field begins with {{ and does not end with }}. Write it like {{contact.name}}.";

    /// <summary>The first problem, as a sentence that says what to do; null if the template is valid.</summary>
    public static string? Problem(string subject, string body) =>
        LineProblem(subject) ?? TextProblem(body) ?? FieldProblem(subject + "\n" + body);

    /// <summary>The first problem of a subject; null if it is valid.</summary>
    public static string? SubjectProblem(string subject) => LineProblem(subject) ?? FieldProblem(subject);

    /// <summary>The first problem of a text; null if it is valid.</summary>
    public static string? BodyProblem(string body) => TextProblem(body) ?? FieldProblem(body);

    private static string? LineProblem(string subject) => 0 switch
    {
        _ when StorableText.IsBlank(subject) => "Enter a subject.",
        _ when subject.Length > Message.SubjectMaxLength => $"The subject is too long: use at most {Message.SubjectMaxLength} characters.",
        _ when subject.Any(char.IsControl) => "The subject is one line: remove its line breaks.",
        _ when !StorableText.IsClean(subject) => "The subject holds a character that cannot be stored. Type it again.",
        _ => null,
    };

    private static string? TextProblem(string body) => 0 switch
    {
        _ when StorableText.IsBlank(body) => "Enter a text.",
        _ when !StorableText.IsClean(body) => "The text holds a character that cannot be stored. Type it again.",
        _ when body.Length > MessageTemplate.BodyMaxLength =>
            $"The text is too long: use at most {MessageTemplate.BodyMaxLength:N0} characters.",
        _ => null,
    };

    private static string? FieldProblem(string text) =>
        MergeFields.Unknown(text) is [_, ..] unknown ? Unknown(unknown) : MergeFields.HasBrokenField(text) ? Broken : null;

    private static string Unknown(IReadOnlyList<string> names) =>
        $"{string.Join(", ", names.Select(name => $"{{{{{name}}}}}"))} {(names.Count == 1 ? "is not a field" : "are not fields")}. "
        + "Choose from the list of fields.";
}
