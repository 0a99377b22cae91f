using System.Net;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Tests.Web;

/// <summary>By which address the limits count a visitor.</summary>
public sealed class VisitorAddressTests
{
    [Theory]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void IPv4_counts_by_address_and_IPv6_by_its_64_network(string one, string other, bool areOne) =>
        (VisitorAddress.Of(IPAddress.Parse(one)) == VisitorAddress.Of(IPAddress.Parse(other))).Should().Be(areOne);

    [Theory]
    [InlineData("127.0.0.1, ::1", HttpStatusCode.OK)]
    [InlineData("192.0.2.99", HttpStatusCode.TooManyRequests)]
    public async Task Behind_a_known_proxy_the_forwarded_address_counts_and_otherwise_the_header_is_ignored(
        string proxies, HttpStatusCode second)
    {
        await using var app = await AppHost.StartAsync(
            host => host.UseSetting("Proxy:KnownProxies", proxies).UseSetting("Accounts:WrongPasswordsPerTenMinutes", "3"));

        (await LastOfFourAsync(app, "203.0.113.1", tries: 4)).Should().Be(HttpStatusCode.TooManyRequests);
        (await LastOfFourAsync(app, "203.0.113.2", tries: 1)).Should().Be(second);
    }

    private static async Task<HttpStatusCode> LastOfFourAsync(AppHost app, string address, int tries)
    {
        using var visitor = app.NewVisitor();
        visitor.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        var last = HttpStatusCode.OK;
        for (var attempt = 0; attempt < tries; attempt++)
        {
            using var answer = await visitor.PostFormAsync(
                "/account/sign-in", "sign-in", ("Input.Email", $"nobody{attempt}@demo.test"), ("Input.Password", "not it at all"));
            last = answer.StatusCode;
        }

        return last;
    }
}
