namespace ZoomCalendar.Web.Legal;

/// <summary>Who runs this installation. A text is the text itself, or <c>file:</c> and the path of a text file.</summary>
internal sealed record OperatorOptions
{
    public const string SectionName = "Operator";

    public string Name { get; init; } = "";

    /// <summary>The postal address. It may have several lines.</summary>
    public string Address { get; init; } = "";

    public string Email { get; init; } = "";

    public string PrivacyText { get; init; } = "";

    public string TermsText { get; init; } = "";

    public string SupportText { get; init; } = "";

    public string ZoomGuideText { get; init; } = "";
}
