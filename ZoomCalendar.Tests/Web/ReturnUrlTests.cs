using ZoomCalendar.Web.Accounts;

namespace ZoomCalendar.Tests.Web;

public sealed class ReturnUrlTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/a/northwind/calendar?week=2026-11-23#top")]
    [InlineData("/profile/integrations")]
    public void A_path_on_this_site_is_kept(string url)
    {
        ReturnUrl.Of(url).ToString().Should().Be(url);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("profile")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("javascript:alert(1)")]
    public void Anything_else_leads_home(string? url)
    {
        ReturnUrl.Of(url).ToString().Should().Be("/");
    }

    [Fact]
    public void The_default_value_leads_home()
    {
        default(ReturnUrl).ToString().Should().Be("/");
    }
}
