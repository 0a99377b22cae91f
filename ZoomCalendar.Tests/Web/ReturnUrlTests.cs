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
    public void Any_other_address_leads_home(string? url)
    {
        ReturnUrl.Of(url).ToString().Should().Be("/");
    }

    [Theory]
    [InlineData("/a/straße?q=ü#ö", "/a/stra%C3%9Fe?q=%C3%BC#%C3%B6")]
    [InlineData("/😀", "/%F0%9F%98%80")]
    [InlineData("/\ufffe", "/%EF%BF%BE")]
    public void Characters_not_allowed_in_a_header_are_percent_encoded(string url, string header)
    {
        ReturnUrl.Of(url).ToString().Should().Be(header);
    }

    [Fact]
    public void An_address_that_is_too_long_leads_home()
    {
        ReturnUrl.Of("/" + new string('ü', 1_000)).ToString().Should().Be("/");
    }

    [Fact]
    public void The_default_value_leads_home()
    {
        default(ReturnUrl).ToString().Should().Be("/");
    }
}
