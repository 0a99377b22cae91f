using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Operations.Feedback;

/// <summary>An answer to "Was this article helpful?", with the reader's text after a "no".</summary>
public sealed class ArticleFeedback
{
    public const int ArticleMaxLength = 40;
    public const int TextMaxLength = 2_000;

    public required Guid Id { get; init; }

    public required SubAccountId SubAccountId { get; init; }

    public required UserId UserId { get; init; }

    public required string Article { get; init; }

    public required bool IsHelpful { get; init; }

    public string Text { get; set; } = "";

    public required DateTimeOffset At { get; init; }
}
