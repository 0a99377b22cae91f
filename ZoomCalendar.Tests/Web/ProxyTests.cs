using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Web;

[OnSqlite("Nothing of it is the database's.")]
public sealed class ProxyTests
{
    [Fact]
    public async Task Forwarded_headers_of_an_unknown_proxy_are_ignored()
    {
        await using var app = await AppHost.StartAsync();

        (await RedirectedToAsync(app)).GetLeftPart(UriPartial.Authority).Should().Be(app.Address.GetLeftPart(UriPartial.Authority));
    }

    [Theory]
    [InlineData("Proxy:KnownProxies", "127.0.0.1, ::1")]
    [InlineData("Proxy:KnownNetworks", "127.0.0.0/8,::1/128")]
    public async Task The_address_forwarded_by_a_known_proxy_is_used(string setting, string value)
    {
        await using var app = await AppHost.StartAsync(builder => builder.UseSetting(setting, value));

        (await RedirectedToAsync(app)).GetLeftPart(UriPartial.Authority).Should().Be("https://book.example.test");
    }

    [Fact]
    public async Task An_invalid_proxy_address_stops_the_start()
    {
        var start = () => AppHost.StartAsync(builder => builder.UseSetting("Proxy:KnownProxies", "nginx"));

        (await start.Should().ThrowAsync<Exception>()).Which.ToString().Should()
            .Contain("Proxy:KnownProxies holds \"nginx\", which is no address or network.");
    }

    private static async Task<Uri> RedirectedToAsync(AppHost app)
    {
        using var visitor = app.NewVisitor();
        visitor.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        visitor.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        visitor.DefaultRequestHeaders.Add("X-Forwarded-Host", "book.example.test");
        return (await visitor.GetAsync("/a/northwind/calendar")).Headers.Location!;
    }
}
