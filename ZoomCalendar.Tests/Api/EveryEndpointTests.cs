using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Integrations;

namespace ZoomCalendar.Tests.Api;

/// <summary>Client errors on every endpoint of our document, so that new endpoints are included.</summary>
public sealed class EveryEndpointTests(EveryEndpointTests.Host host) : IClassFixture<EveryEndpointTests.Host>
{
    private const string Range = "startTime=1790000000000&endTime=1790000100000&startDate=1790000000000&endDate=1790000100000";

    [Fact]
    public async Task A_request_without_its_scope_returns_403_and_names_the_scope()
    {
        var reader = await host.Inner.WithScopesAsync(TokenScopes.ReadUsers);
        var other = await host.Inner.WithScopesAsync(TokenScopes.ReadZoom);

        foreach (var endpoint in host.Endpoints)
        {
            var answer = await SendAsync(endpoint.Scope == TokenScopes.ReadUsers ? other : reader, endpoint, "{}");

            answer.Status.Should().Be(403, endpoint.ToString());
            answer.Message.Should().Contain(endpoint.Scope, endpoint.ToString());
        }
    }

    [Fact]
    public async Task Expired_and_revoked_tokens_are_401()
    {
        var all = TokenScopes.All.Select(scope => scope.Name).ToArray();
        var expired = await host.Inner.WithScopesAsync(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1), all);
        var revoked = await host.Inner.WithScopesAsync(all);
        var tokens = host.Inner.App.Services.GetRequiredService<PrivateTokens>();
        var newest = (await tokens.PageAsync(0, 1, host.Inner.Admin, CancellationToken.None)).Tokens[0];
        await tokens.RevokeAsync(newest.Id, host.Inner.Admin, DateTimeOffset.UnixEpoch, CancellationToken.None);

        foreach (var endpoint in host.Endpoints)
        {
            (await SendAsync(expired, endpoint, "{}")).Status.Should().Be(401, endpoint.ToString());
            (await SendAsync(revoked, endpoint, "{}")).Status.Should().Be(401, endpoint.ToString());
        }
    }

    [Fact]
    public async Task Another_sub_accounts_ids_are_404_in_paths()
    {
        foreach (var endpoint in host.Endpoints.Where(each => each.Path.Contains('{')))
        {
            var answer = await SendAsync(host.Inner.Api, endpoint, $$"""{"locationId":"{{host.Inner.LocationId}}"}""");

            answer.Status.Should().BeOneOf([404, 422], endpoint.ToString());
            if (answer.Status == 422)
            {
                // DELETE takes no field at all, a calendar's PUT no location.
                answer = await SendAsync(host.Inner.Api, endpoint, "{}");
            }

            answer.Status.Should().Be(404, endpoint.ToString());
        }
    }

    [Theory]
    [InlineData("POST", "/calendars/events/appointments", "calendarId")]
    [InlineData("POST", "/calendars/events/appointments", "contactId")]
    [InlineData("POST", "/calendars/events/appointments", "assignedUserId")]
    [InlineData("POST", "/calendars/events/appointments", "locationId")]
    [InlineData("POST", "/calendars/events/block-slots", "calendarId")]
    [InlineData("POST", "/calendars/events/block-slots", "assignedUserId")]
    [InlineData("POST", "/calendars/events/block-slots", "locationId")]
    [InlineData("POST", "/contacts/upsert", "locationId")]
    [InlineData("POST", "/calendars/", "locationId")]
    public async Task Another_sub_accounts_ids_are_404_in_bodies(string method, string path, string field)
    {
        var isBlock = path.EndsWith("block-slots", StringComparison.Ordinal);
        var body = new Dictionary<string, string> { ["locationId"] = host.Inner.LocationId };
        if (path.StartsWith("/calendars/events", StringComparison.Ordinal))
        {
            (body["startTime"], body["endTime"]) = ("2030-01-07T10:00:00Z", "2030-01-07T10:30:00Z");
        }

        if (!isBlock && path.EndsWith("appointments", StringComparison.Ordinal))
        {
            (body["calendarId"], body["contactId"]) = (await host.Inner.NewCalendarAsync(), await host.Inner.NewContactAsync());
        }
        else if (isBlock && field == "locationId")
        {
            body["calendarId"] = await host.Inner.NewCalendarAsync();
        }

        body[path.StartsWith("/contacts", StringComparison.Ordinal) || path == "/calendars/" ? "name" : "title"] = "Foreign";
        body[field] = host.Foreign[field == "assignedUserId" ? "userId" : field];

        var answer = await host.Inner.Api.SendAsync(HttpMethod.Parse(method), path, body);

        answer.Status.Should().Be(404, answer.Body.ToString());
    }

    [Theory]
    [InlineData("{", 400)]
    [InlineData("{\"a\":1,\"a\":2}", 400)]
    [InlineData("\u00ff\u0000", 400)]
    [InlineData("[]", 422)]
    [InlineData("null", 422)]
    [InlineData("7", 422)]
    [InlineData("{\"anUnknownField\":1}", 422)]
    public async Task Bodies_of_the_wrong_type_are_refused(string body, int status)
    {
        foreach (var endpoint in host.Endpoints.Where(each => each.HasBody))
        {
            var answer = await SendAsync(host.Inner.Api, endpoint, body);

            answer.Status.Should().Be(status, "{0}: {1}", endpoint, answer.Body);
        }
    }

    [Fact]
    public async Task Deep_json_is_400_and_huge_bodies_are_413()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":[", 5_000)) + "1" + string.Concat(Enumerable.Repeat("]}", 5_000));
        var huge = $"{{\"title\":\"{new string('a', 300_000)}\"}}";

        foreach (var endpoint in host.Endpoints.Where(each => each.HasBody))
        {
            (await SendAsync(host.Inner.Api, endpoint, deep)).Status.Should().Be(400, endpoint.ToString());
            (await SendAsync(host.Inner.Api, endpoint, huge)).Status.Should().Be(413, endpoint.ToString());
        }
    }

    /// <summary>That no answer is a 500, and each is JSON, is what <see cref="ApiClient"/> asserts.</summary>
    [Fact]
    public async Task Any_value_in_any_body_field_causes_no_server_error()
    {
        string[] values =
            ["true", "-1", "1e308", "\"\\u202e'; --\"", "[1]", "[null]", "[{\"a\":1}]", "{\"a\":{}}", $"\"{new string('x', 5_000)}\""];
        foreach (var endpoint in host.Endpoints)
        {
            foreach (var field in endpoint.Fields)
            {
                foreach (var value in values)
                {
                    await SendAsync(host.Inner.Api, endpoint, $"{{\"{field}\":{value}}}");
                }
            }
        }
    }

    [Fact]
    public async Task Any_value_in_any_parameter_causes_no_server_error()
    {
        string[] values =
            ["", "x", "-1", "%00", "%ff%fe", "99999999999999999999", "%F0%9F%98%80", "..%2F..", "a%2Fb", new string('9', 500)];
        foreach (var endpoint in host.Endpoints)
        {
            foreach (var value in values)
            {
                // The server refuses invalid text before the endpoint runs.
                var isText = value.Length > 0 && value[0] != '.' && !value.Contains("%00") && !value.Contains("%ff");
                var path = isText
                    ? string.Join('/', endpoint.Path.Split('/').Select(part => part.StartsWith('{') ? value : part))
                    : host.WithForeign(endpoint.Path);
                var query = string.Join('&', endpoint.Parameters.Select(name => $"{name}={value}"));
                await host.Inner.Api.SendTextAsync(endpoint.Method, $"{path}?{query}", endpoint.HasBody ? "{}" : null);
            }
        }
    }

    private Task<ApiResponse> SendAsync(ApiClient client, Endpoint endpoint, string body) =>
        client.SendTextAsync(
            endpoint.Method,
            $"{host.WithForeign(endpoint.Path)}?locationId={host.Inner.LocationId}&{Range}",
            endpoint.HasBody ? body : null);

    /// <summary>One operation of our document.</summary>
    public sealed record Endpoint(
        HttpMethod Method, string Path, string Scope, bool HasBody, IReadOnlyList<string> Fields, IReadOnlyList<string> Parameters)
    {
        public override string ToString() => $"{Method} {Path}";
    }

    /// <summary>The app, its document, and one of each thing of another sub-account.</summary>
    public sealed class Host : IAsyncLifetime
    {
        public ApiHost Inner { get; } = new();

        internal IReadOnlyList<Endpoint> Endpoints { get; private set; } = [];

        internal IReadOnlyDictionary<string, string> Foreign { get; private set; } = new Dictionary<string, string>();

        public async Task InitializeAsync()
        {
            await Inner.InitializeAsync();
            using var visitor = Inner.App.NewVisitor();
            using var document = JsonDocument.Parse(await visitor.GetStringAsync("/openapi/v1.json"));
            Endpoints = [.. Read(document.RootElement)];
            Endpoints.Should().HaveCountGreaterThan(20);
            Foreign = await ForeignThings.MakeAsync(Inner.App);
        }

        public Task DisposeAsync() => Inner.DisposeAsync();

        internal string WithForeign(string path) => Foreign.Aggregate(path, (text, each) => text.Replace($"{{{each.Key}}}", each.Value));

        internal static IEnumerable<Endpoint> Read(JsonElement document) =>
            from path in document.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            let description = operation.Value.GetProperty("description").GetString()!
            let body = operation.Value.TryGetProperty("requestBody", out var given)
                ? given.GetProperty("content").GetProperty("application/json").GetProperty("schema")
                : (JsonElement?)null
            select new Endpoint(
                HttpMethod.Parse(operation.Name),
                path.Name["/api".Length..],
                description[(description.IndexOf('`', description.IndexOf("Scope: ", StringComparison.Ordinal)) + 1)..].TrimEnd('`'),
                body is not null,
                body is { } schema ? FieldsOf(document, schema) : [],
                [.. operation.Value.GetProperty("parameters").EnumerateArray().Where(
                    each => each.GetProperty("in").GetString() == "query").Select(each => each.GetProperty("name").GetString()!)]);

        private static List<string> FieldsOf(JsonElement document, JsonElement schema)
        {
            var resolved = schema.TryGetProperty("$ref", out var reference)
                ? reference.GetString()![2..].Split('/').Aggregate(document, (element, part) => element.GetProperty(part))
                : schema;
            return resolved.TryGetProperty("properties", out var properties)
                ? [.. properties.EnumerateObject().Select(property => property.Name)]
                : [];
        }
    }
}
