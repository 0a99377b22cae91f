namespace ZoomCalendar.Web.Legal;

public enum TextBlockKind
{
    Paragraph,
    Heading,
    ListItem,
}

/// <summary>A part of an operator's text.</summary>
public sealed record TextBlock(TextBlockKind Kind, string Text);
