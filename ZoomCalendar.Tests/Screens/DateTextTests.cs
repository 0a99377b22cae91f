using System.Globalization;
using ZoomCalendar.Web.Components.Shared;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Tests.Screens;

public sealed class DateTextTests
{
    private static readonly DateTime Afternoon = new(2026, 3, 2, 14, 30, 5);

    [Theory]
    [InlineData("en-GB", "2 Mar 2026, 14:30")]
    [InlineData("en-US", "Mar 2, 2026, 2:30 PM")]
    [InlineData("de-DE", "2. März 2026, 14:30")]
    [InlineData("", "2 Mar 2026, 14:30")]
    public void Dates_follow_the_readers_language(string language, string expected) =>
        // Languages set narrow spaces before AM and PM.
        In(language, () => DateText.Of(Afternoon, DateStyle.DayAndTime)).Replace('\u202f', ' ').Should().Be(expected);

    [Fact]
    public void Every_offered_language_can_format_every_style()
    {
        foreach (var culture in Languages.Offered)
        {
            foreach (var style in Enum.GetValues<DateStyle>())
            {
                In(culture.Name, () => DateText.Of(Afternoon, style)).Should().Contain("2", "{0} writes {1}", culture.Name, style)
                    .And.NotContain("dddd");
            }
        }
    }

    private static string In(string language, Func<string> write)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(language);
            return write();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
