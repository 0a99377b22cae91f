using System.Globalization;
using NodaTime;
using ZoomCalendar.Web.Components.Pages.Schedule;

namespace ZoomCalendar.Tests.Pages.Schedule;

public sealed class TypedDateTests
{
    [Theory]
    [InlineData("en-GB", "04/03/2026")]
    [InlineData("en-GB", "4/3/2026")]
    [InlineData("en-US", "3/4/2026")]
    [InlineData("de-DE", "04.03.2026")]
    [InlineData("de-DE", "4.3.2026")]
    [InlineData("en-GB", " 2026-03-04 ")]
    [InlineData("en-US", "2026-03-04")]
    public void A_date_is_understood_as_in_the_readers_language_and_in_figures(string culture, string typed) =>
        In(culture, () => TypedDate.Parse(typed)).Should().Be(new LocalDate(2026, 3, 4));

    [Theory]
    [InlineData("4/3")]
    [InlineData("4/3/20")]
    [InlineData("2026-02-30")]
    [InlineData("31/04/2026")]
    [InlineData("0001-01-01")]
    [InlineData("tomorrow")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_not_a_whole_date_is_not_guessed(string? typed) =>
        In("en-GB", () => TypedDate.Parse(typed)).Should().BeNull();

    [Theory]
    [InlineData("14:30")]
    [InlineData("14.30")]
    [InlineData("1430")]
    [InlineData("2:30 pm")]
    [InlineData("2:30PM")]
    [InlineData("2:30 p.m.")]
    [InlineData("14:30:00")]
    public void A_time_is_understood_on_both_clocks(string typed)
    {
        In("en-GB", () => TypedDate.ParseTime(typed)).Should().Be(new LocalTime(14, 30));
        In("en-US", () => TypedDate.ParseTime(typed)).Should().Be(new LocalTime(14, 30));
    }

    [Theory]
    [InlineData("9", 9)]
    [InlineData("9am", 9)]
    [InlineData("12 am", 0)]
    [InlineData("12pm", 12)]
    public void A_whole_hour_needs_no_minutes(string typed, int hour) =>
        In("en-GB", () => TypedDate.ParseTime(typed)).Should().Be(new LocalTime(hour, 0));

    [Theory]
    [InlineData("25:00")]
    [InlineData("9:75")]
    [InlineData("noon")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_not_a_time_is_refused(string? typed) => In("en-GB", () => TypedDate.ParseTime(typed)).Should().BeNull();

    private static T In<T>(string culture, Func<T> read)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            return read();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
