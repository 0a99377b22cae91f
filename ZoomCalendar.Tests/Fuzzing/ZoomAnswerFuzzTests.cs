using System.Text;
using System.Text.Json.Nodes;
using ZoomCalendar.Core.Zoom;
using ZoomCalendar.Tests.Zoom;
using static ZoomCalendar.Tests.Fuzzing.HostileText;

namespace ZoomCalendar.Tests.Fuzzing;

/// <summary>Whatever Zoom answers: a result that says what it was, never an exception.</summary>
public sealed class ZoomAnswerFuzzTests
{
    private const int Cases = 1_500;

    private const string Webhook = """{"event":"EVENT","event_ts":1700000000000,"payload":{"plainToken":"p","user_id":"u1","account_id":"a","client_id":"c","deauthorization_time":"2026-11-22T10:00:00Z","signature":"s","object":{"id":"81234567890","uuid":"u==","host_id":"h"}}}""";

    private static readonly AccessToken Token = new("t0ken");

    private static readonly (string Name, string Answer, Func<StubZoom, Task> CallAsync)[] Calls =
    [
        ("create", """{"id":81234567890,"uuid":"u==","host_id":"h","topic":"T","type":2,"status":"waiting","start_time":"2026-12-01T10:00:00Z","duration":30,"timezone":"Etc/UTC","agenda":"Ref: zc-1-2","created_at":"2026-11-22T10:00:00Z","join_url":"https://zoom.us/j/81234567890?pwd=a","password":"p","settings":{"waiting_room":true,"approval_type":2}}""",
            zoom => zoom.Client().CreateMeetingAsync(Token, ZoomClientTests.Request(), default)),
        ("get", """{"id":81234567890,"uuid":"u==","start_time":"2026-12-01T10:00:00Z","duration":30,"join_url":"https://zoom.us/j/1","settings":{}}""",
            zoom => zoom.Client().GetMeetingAsync(Token, 81234567890, default)),
        ("start", """{"start_url":"https://zoom.us/s/1?zak=x"}""", zoom => zoom.Client().GetStartUrlAsync(Token, 1, default)),
        ("me", """{"id":"u1","account_id":"a1","email":"ada@zoom.test","display_name":"Ada","type":1,"timezone":"Etc/UTC","status":"active"}""",
            zoom => zoom.Client().GetMeAsync(Token, default)),
        ("list", """{"next_page_token":"","meetings":[{"id":1,"uuid":"u","agenda":"Ref: zc-1-2","start_time":"2026-12-01T10:00:00Z","join_url":"https://zoom.us/j/1"}]}""",
            zoom => zoom.Client().ListUpcomingMeetingsAsync(Token, default)),
        ("update", "", zoom => zoom.Client().UpdateMeetingAsync(Token, 1, ZoomClientTests.Request(), default)),
        ("delete", "", zoom => zoom.Client().DeleteMeetingAsync(Token, 1, default)),
        ("token", """{"access_token":"a1","refresh_token":"r2","token_type":"bearer","expires_in":3599,"scope":"meeting:read:meeting"}""",
            zoom => zoom.OAuth().RefreshAsync(new RefreshToken("r1"), default)),
        ("revoke", """{"status":"success"}""", zoom => zoom.OAuth().RevokeAsync(Token, default)),
    ];

    [Fact]
    public Task Random_answers_of_Zoom_are_results_and_never_exceptions() => Fuzz.RunAsync(Cases, random =>
    {
        var (name, answer, _) = Pick(random, Calls);
        return new FuzzInput(name,
        [
            new("status", $"{Pick(random, [200, 201, 204, 200, 201, 400, 401, 403, 404, 409, 429, 500, 503, 302, 299])}", "200"),
            new("body", Altered(answer, random), answer),
            new("Retry-After", random.Next(4) == 0 ? Header(random) : "", ""),
            new("Date", random.Next(4) == 0 ? Header(random) : "", ""),
            new("x-zm-trackingid", random.Next(8) == 0 ? Header(random) : "", ""),
        ]);
    }, async input =>
    {
        var zoom = new StubZoom();
        var headers = input.Parts.Skip(2).Where(part => part.Value.Length > 0).Select(part => (part.Name, part.Value)).ToArray();
        var status = int.Parse(input.Parts[0].Value, System.Globalization.CultureInfo.InvariantCulture);
        // A list goes on as long as Zoom says so.
        for (var i = 0; i < 200; i++)
        {
            zoom.Answers(status, Encoding.UTF8.GetBytes(input.Parts[1].Value), headers);
        }

        try
        {
            await Calls.Single(call => call.Name == input.Target).CallAsync(zoom);
            return null;
        }
        catch (Exception fault)
        {
            return fault.ToString();
        }
    });

    [Fact]
    public Task Random_webhooks_are_read_or_refused_and_never_exceptions() => Fuzz.RunAsync(
        Cases, random => new FuzzInput("parse", [new("body", WebhookBody(random), "")]), input =>
        {
            try
            {
                ZoomWebhook.Parse(Encoding.UTF8.GetBytes(input.Parts[0].Value));
                return Task.FromResult<string?>(null);
            }
            catch (Exception fault)
            {
                return Task.FromResult<string?>(fault.ToString());
            }
        });

    internal static string WebhookBody(Random random) => Altered(Webhook.Replace(
        "EVENT",
        Pick(random, ["meeting.deleted", "meeting.updated", "app_deauthorized", "endpoint.url_validation", "meeting.started", "x"]),
        StringComparison.Ordinal), random);

    /// <summary>A valid answer with one to three members that hold something else, or another text altogether.</summary>
    internal static string Altered(string json, Random random)
    {
        if (json.Length == 0 || random.Next(6) == 0)
        {
            return random.Next(2) == 0 ? NextJson(random) : json.Length == 0 ? Next(random) : json[..random.Next(json.Length)];
        }

        var root = JsonNode.Parse(json)!;
        Dictionary<string, string> values = [];
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var objects = Objects(root).Where(each => each.Count > 0).ToList();
            if (objects.Count == 0)
            {
                break;
            }

            var chosen = Pick(random, objects);
            var name = Pick(random, chosen.Select(member => member.Key).ToList());
            if (random.Next(5) == 0)
            {
                chosen.Remove(name);
            }
            else
            {
                // Put in afterwards, so that it may be no JSON at all.
                values[$"@@{i}@@"] = random.Next(5) == 0 ? Quoted(new string('x', random.Next(100_000))) : NextJson(random);
                chosen[name] = $"@@{i}@@";
            }
        }

        return values.Aggregate(
            root.ToJsonString(), (text, value) => text.Replace($"\"{value.Key}\"", value.Value, StringComparison.Ordinal));
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject members => [members, .. members.SelectMany(member => Objects(member.Value))],
        JsonArray items => items.SelectMany(Objects),
        _ => [],
    };

    // A header holds no line break: HTTP itself would end it there.
    private static string Header(Random random) =>
        string.Concat(Next(random).Take(200).Select(character => character is < ' ' or > '~' ? '?' : character)).Trim();
}
