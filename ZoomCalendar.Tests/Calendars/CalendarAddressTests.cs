using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;

namespace ZoomCalendar.Tests.Calendars;

public sealed class CalendarAddressTests
{
    [Theory]
    [InlineData("intro-call\n")]
    [InlineData("intro-call\r\n")]
    [InlineData("\nintro-call")]
    [InlineData("intro\u200b-call")]
    [InlineData("ıntro-call")]
    public void An_address_that_looks_like_another_is_refused(string slug) =>
        CalendarInput.Problem("Intro", slug, "", "Etc/UTC").Should().StartWith("The address may hold small letters");

    [Theory]
    [InlineData("cancel")]
    [InlineData("waiting")]
    [InlineData("confirmed")]
    public void An_address_that_the_booking_pages_use_themselves_is_refused(string slug) =>
        CalendarInput.Problem("Intro", slug, "", "Etc/UTC").Should()
            .Be($"The app's own pages use \"{slug}\" as an address. Choose another one, such as \"{slug}-calendar\".");

    [Theory]
    [InlineData("Waiting", "business", "waiting-business")]
    [InlineData("  CHANGE! ", "calendar", "change-calendar")]
    [InlineData("Waiting room", "calendar", "waiting-room")]
    public void An_address_from_a_name_is_never_a_reserved_word(string name, string otherwise, string expected) =>
        Slug.Of(name, otherwise).Should().Be(expected);

    [Theory]
    [InlineData("secret\n")]
    [InlineData("ſecret")]
    public void A_passcode_may_hold_only_characters_that_Zoom_accepts(string passcode) =>
        CalendarInput.Problem(new MeetingSettings { Passcode = passcode }).Should().StartWith("A passcode may hold");

    [Theory]
    [InlineData("\u200b")]
    [InlineData("\u2060 \u00ad")]
    [InlineData("\u3164")]
    [InlineData("")]
    public void An_invisible_name_is_refused(string name) =>
        CalendarInput.Problem(name, "intro-call", "", "Etc/UTC").Should().Be("Enter a name.");
}
