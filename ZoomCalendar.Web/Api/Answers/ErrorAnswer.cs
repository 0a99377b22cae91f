using System.Text.Json.Serialization;

namespace ZoomCalendar.Web.Api.Answers;

/// <summary>Why a request was refused.</summary>
internal sealed record ErrorAnswer : ApiAnswer
{
    public required int StatusCode { get; init; }

    /// <summary>A sentence; with 422 an array of them.</summary>
    public required object Message { get; init; }

    public required string Error { get; init; }

    /// <summary>More about a refused time.</summary>
    public string? Detail { get; init; }

    /// <summary>Free starts near a refused one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Nearest { get; init; }
}
