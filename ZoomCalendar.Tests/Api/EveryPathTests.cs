namespace ZoomCalendar.Tests.Api;

/// <summary>
/// Each path of the platform's specification is served or refused with a sentence, never answered like a mistyped
/// address.
/// </summary>
public sealed class EveryPathTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly string[] Unserved = ["/groups", "/resources", "/schedules", "/notifications", "/notes"];

    public static TheoryData<string, string> Operations()
    {
        var operations = new TheoryData<string, string>();
        foreach (var (path, methods) in Specification.Platform.Operations)
        {
            methods.ForEach(method => operations.Add(method, path));
        }

        return operations;
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Each_operation_requires_version_and_token_and_has_a_defined_answer(string method, string path)
    {
        var verb = HttpMethod.Parse(method);
        var address = AddressOf(path);
        var body = verb == HttpMethod.Get ? null : "{}";

        var withoutVersion = await host.Api.SendTextAsync(verb, address, body, ("Version", ""));
        var withoutToken = await host.NewClient(null).SendTextAsync(verb, address, body);
        var answer = await host.Api.SendTextAsync(verb, address, body);

        (withoutVersion.Status, withoutVersion.Message).Should().Be((401, "version header was not found."));
        withoutToken.Status.Should().Be(401);
        answer.Body.GetProperty("statusCode").GetInt32().Should().Be(answer.Status);
        answer.Body.GetProperty("error").GetString().Should().NotBeEmpty();
        answer.Message.Should().NotContain("Cannot ");
        if (IsUnserved(path))
        {
            answer.Status.Should().Be(422);
            answer.Body.GetProperty("message").EnumerateArray().Should().ContainSingle().Which.GetString().Should().Contain("here")
                .And.EndWith(".");
        }
        else
        {
            // Nothing of that id; or fields are missing.
            answer.Status.Should().BeOneOf(404, 422);
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Other_methods_are_answered_in_the_same_format(string method, string path)
    {
        var answer = await host.Api.SendTextAsync(method == "get" ? HttpMethod.Patch : HttpMethod.Options, AddressOf(path), "{}");

        answer.Status.Should().Be(IsUnserved(path) ? 422 : 404);
        answer.Body.GetProperty("statusCode").GetInt32().Should().Be(answer.Status);
        answer.Message.Should().NotBeEmpty();
    }

    private static bool IsUnserved(string path) => Unserved.Any(each => path.Contains(each));

    private static string AddressOf(string path)
    {
        var parts = path.Split('/').Select(part => part.StartsWith('{') ? Guid.NewGuid().ToString() : part);
        return string.Join('/', parts);
    }
}
