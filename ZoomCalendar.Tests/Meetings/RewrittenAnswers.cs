using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>Zoom's answers with one field of one meeting replaced. The meeting is known by its topic.</summary>
internal sealed class RewrittenAnswers
{
    /// <summary>The raw JSON value for a topic; null leaves the meeting as it is.</summary>
    public Func<string, string?> ValueFor { get; set; } = _ => null;

    public required string Field { get; init; }

    private string Rewrite(string json)
    {
        if (json.Length == 0 || JsonNode.Parse(json) is not JsonObject answer)
        {
            return json;
        }

        var values = new Dictionary<string, string>();
        foreach (var meeting in answer["meetings"] is JsonArray list ? list.OfType<JsonObject>() : [answer])
        {
            if (meeting["topic"]?.GetValue<string>() is { } topic && ValueFor(topic) is { } raw)
            {
                // Replaced in the text afterwards: a JSON library would refuse to write some of these values.
                var place = $"@@{values.Count}@@";
                meeting[Field] = place;
                values[$"\"{place}\""] = raw;
            }
        }

        return values.Aggregate(answer.ToJsonString(), (text, value) => text.Replace(value.Key, value.Value));
    }

    public sealed class Handler(RewrittenAnswers rewritten) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            var body = rewritten.Rewrite(await answer.Content.ReadAsStringAsync(cancellationToken));
            answer.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            };
            return answer;
        }
    }
}
