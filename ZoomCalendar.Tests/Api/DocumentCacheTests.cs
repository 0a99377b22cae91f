using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Api;

namespace ZoomCalendar.Tests.Api;

/// <summary>Anybody may ask for the API's document, so it is made once.</summary>
[OnSqlite("The document does not depend on the database.")]
public sealed class DocumentCacheTests
{
    private const string Path = "/openapi/v1.json";

    [Fact]
    public async Task The_document_is_made_once_and_not_sent_again_to_a_client_that_has_it()
    {
        await using var app = await AppHost.StartAsync();
        using var visitor = app.NewVisitor();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => visitor.GetAsync(Path)));

        var tag = answers[0].Headers.ETag;
        tag.Should().NotBeNull();
        answers.Should().OnlyContain(answer => answer.StatusCode == HttpStatusCode.OK && Equals(answer.Headers.ETag, tag));
        using var again = new HttpRequestMessage(HttpMethod.Get, Path);
        again.Headers.IfNoneMatch.Add(tag!);
        (await visitor.SendAsync(again)).StatusCode.Should().Be(HttpStatusCode.NotModified);
        (await visitor.GetAsync("/openapi/v2.json")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        app.Services.GetRequiredService<ApiDocumentCache>().Count.Should().Be(1);
    }

    [Fact]
    public async Task The_first_visitor_s_host_header_is_not_in_the_document_of_the_others()
    {
        await using var app = await AppHost.StartAsync();
        using var visitor = app.NewVisitor();
        using var first = new HttpRequestMessage(HttpMethod.Get, Path);
        first.Headers.Host = "evil.example";
        await visitor.SendAsync(first);

        var text = await visitor.GetStringAsync(Path);

        text.Should().NotContain("evil.example");
        using var document = JsonDocument.Parse(text);
        document.RootElement.GetProperty("servers")[0].GetProperty("url").GetString().Should().StartWith("http://localhost");
    }
}
