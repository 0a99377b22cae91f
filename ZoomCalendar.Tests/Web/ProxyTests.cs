using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Web;

[OnSqlite("Nothing of it is the database's.")]
public sealed class ProxyTests
{
    [Fact]
    public async Task Whoever_is_not_known_as_a_proxy_is_not_believed()
    {
        await using var app = await AppHost.StartAsync();

        (await RedirectedToAsync(app)).GetLeftPart(UriPartial.Authority).Should().Be(app.Address.GetLeftPart(UriPartial.Authority));
    }

    [Theory]
    [InlineData("Proxy:KnownProxies", "127.0.0.1, ::1")]
    [InlineData("Proxy:KnownNetworks", "127.0.0.0/8,::1/128")]
    public async Task A_known_proxy_says_where_visitors_came_to(string setting, string value)
    {
        await using var app = await AppHost.StartAsync(builder => builder.UseSetting(setting, value));

        (await RedirectedToAsync(app)).GetLeftPart(UriPartial.Authority).Should().Be("https://book.example.test");
    }

    [Fact]
    public async Task A_proxy_that_is_no_address_is_said_at_the_start()
    {
        var start = () => AppHost.StartAsync(builder => builder.UseSetting("Proxy:KnownProxies", "nginx"));

        (await start.Should().ThrowAsync<Exception>()).Which.ToString().Should().Contain("Proxy:KnownProxies holds \"nginx\", which is no address or network.");
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
