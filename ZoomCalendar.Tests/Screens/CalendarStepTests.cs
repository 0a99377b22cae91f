using Bunit;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Components.Pages.SetUp;

namespace ZoomCalendar.Tests.Screens;

/// <summary>The first step of the set-up: a calendar.</summary>
[OnSqlite(ScreenTest.AtOnce)]
public sealed class CalendarStepTests : CalendarScreenTest
{
    [Theory]
    [InlineData("\u200b", "Enter a name.")]
    [InlineData("", "Enter a name.")]
    [InlineData("Intro call", "Another calendar has this name or one like it. Choose another one.")]
    public async Task A_name_that_cannot_be_used_is_refused_beside_its_field_and_kept(string typed, string problem)
    {
        await CalendarAsync("Intro call", CalendarType.Personal, [Ben]);
        var step = Show<CalendarStep>(TestTenant.AsAdmin, _ => { });

        step.Find("#set-up-name").Change(typed);
        await step.Find("form").SubmitAsync();

        Below(step, "set-up-name").Should().Be(problem);
        (ValueOf(step, "set-up-name") ?? "").Should().Be(typed);
        step.FindAll(".mud-alert").Should().BeEmpty();
        (await TestTenant.CalendarQueries.ListAsync(TestTenant.AsAdmin, default)).Should().ContainSingle();
    }
}
