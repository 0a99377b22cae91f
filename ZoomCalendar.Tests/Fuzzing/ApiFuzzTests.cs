using System.Text;
using System.Text.Json;
using ZoomCalendar.Tests.Api;
using static ZoomCalendar.Tests.Fuzzing.HostileText;

namespace ZoomCalendar.Tests.Fuzzing;

/// <summary>Whatever a program sends to the API: a JSON answer, never a fault of ours.</summary>
[Collection(nameof(FuzzHost))]
public sealed class ApiFuzzTests(FuzzHost host)
{
    private const int Cases = 250;
    private const string Left = "";

    [Fact]
    public async Task Random_requests_to_the_API_are_answered_in_JSON_and_cause_no_server_error()
    {
        using var http = host.App.NewVisitor();
        http.DefaultRequestHeaders.Authorization = new("Bearer", ApiHost.Token);
        using var document = JsonDocument.Parse(await http.GetStringAsync("/openapi/v1.json"));
        var endpoints = EveryEndpointTests.Host.Read(document.RootElement).ToList();
        var known = await KnownAsync();

        await Fuzz.RunAsync(Cases, Next, JudgeAsync);

        FuzzInput Next(Random random)
        {
            var endpoint = Pick(random, endpoints);
            var names = endpoint.Path.Split('/').Where(part => part.StartsWith('{')).Select(part => part[1..^1]);
            List<FuzzPart> parts =
            [
                .. names.Select(
                    name => new FuzzPart($"path {name}", random.Next(4) == 0 ? Odd(random) : Usual(name, random), Usual(name, random))),
                .. endpoint.Parameters.Where(_ => random.Next(2) == 0).Select(
                    name => new FuzzPart($"query {name}", random.Next(2) == 0 ? HostileText.Next(random) : Usual(name, random), Left)),
            ];
            if (random.Next(20) == 0)
            {
                parts.Add(new FuzzPart("whole body", NextJson(random), "{}"));
            }
            else if (endpoint.HasBody)
            {
                parts.AddRange(endpoint.Fields.Where(_ => random.Next(5) < 3).Select(
                    name => new FuzzPart($"body {name}", random.Next(2) == 0 ? NextJson(random) : Quoted(Usual(name, random)), Left)));
            }

            return new FuzzInput($"{endpoint.Method} {endpoint.Path}", parts);
        }

        string Usual(string name, Random random) => known.TryGetValue(name, out var values) ? Pick(random, values)
            : name.Contains("Time", StringComparison.Ordinal) ? TimeProvider.System.GetUtcNow().AddDays(random.Next(1, 30))
                .ToString("yyyy-MM-ddTHH:00:00Z", System.Globalization.CultureInfo.InvariantCulture)
            : name.Contains("Date", StringComparison.Ordinal) ? $"{1_790_000_000_000 + (random.Next(1_000) * 3_600_000L)}"
            : "Usual";

        string Odd(Random random) => random.Next(2) == 0 ? Pick(random, known.Values.SelectMany(each => each).ToList())
            : HostileText.Next(random);

        async Task<string?> JudgeAsync(FuzzInput input)
        {
            using var request = RequestOf(input);
            using var answer = await http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            var errors = host.TakeErrors();
            if ((int)answer.StatusCode >= 500 || errors is not null)
            {
                return $"{(int)answer.StatusCode}: {text}\n{errors}";
            }

            // An address that is none of the API's is refused by the server, in a word.
            return answer.StatusCode is System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.BadRequest || IsJson(text)
                ? null : $"{(int)answer.StatusCode} is no JSON: {text}";
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static HttpRequestMessage RequestOf(FuzzInput input)
    {
        var (method, path) = (input.Target.Split(' ')[0], input.Target.Split(' ')[1]);
        foreach (var part in input.Parts.Where(part => part.Name.StartsWith("path ", StringComparison.Ordinal)))
        {
            path = path.Replace($"{{{part.Name[5..]}}}", Escaped(part.Value), StringComparison.Ordinal);
        }

        var query = input.Parts.Where(part => part.Name.StartsWith("query ", StringComparison.Ordinal) && part.Value.Length > 0)
            .Select(part => $"{part.Name[6..]}={Escaped(part.Value)}");
        var fields = input.Parts.Where(part => part.Name.StartsWith("body ", StringComparison.Ordinal) && part.Value.Length > 0)
            .Select(part => $"\"{part.Name[5..]}\":{part.Value}");
        var body = input.Parts.FirstOrDefault(part => part.Name == "whole body")?.Value ?? $"{{{string.Join(',', fields)}}}";
        var request = new HttpRequestMessage(HttpMethod.Parse(method), $"/api{path}?{string.Join('&', query)}")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Version", "2021-04-15");
        return request;
    }

    // Longer addresses are refused by the server; one of these is enough.
    private static string Escaped(string value) => Uri.EscapeDataString(value.Length > 500 ? value[..500] : value);

    private async Task<Dictionary<string, List<string>>> KnownAsync()
    {
        List<string> calendars = [], contacts = [], events = [];
        for (var i = 0; i < 3; i++)
        {
            calendars.Add(await host.Api.NewCalendarAsync());
            contacts.Add(await host.Api.NewContactAsync());
            events.Add((await host.Api.BookAsync(calendars[i], (await host.Api.FreeAsync(calendars[i]))[i], contacts[i])).Id);
        }

        var user = await host.Api.UserIdAsync("ben@demo.test");
        return new()
        {
            ["calendarId"] = calendars,
            ["contactId"] = contacts,
            ["eventId"] = events,
            ["appointmentId"] = events,
            ["userId"] = [user],
            ["assignedUserId"] = [user],
            ["locationId"] = [host.Api.LocationId],
            ["timezone"] = ["America/Chicago", "Europe/Vienna"],
        };
    }
}
