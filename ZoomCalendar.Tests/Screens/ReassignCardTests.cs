using Bunit;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Components.Pages.Team;

namespace ZoomCalendar.Tests.Screens;

[OnSqlite(ScreenTest.AtOnce)]
public sealed class ReassignCardTests : ScreenTest
{
    private bool _reassigned;

    [Fact]
    public void Without_appointments_there_is_nothing_to_choose() =>
        Show(Ben).Markup.Should().Contain("ben hosts no upcoming appointments.");

    [Fact]
    public async Task Several_appointments_are_reassigned_together_and_the_card_names_the_requests()
    {
        var cleo = await TestTenant.UserAsync("cleo");
        await TestTenant.ConnectAsync(Ben, "ben");
        await TestTenant.ConnectAsync(cleo, "cleo");
        var calendar = await TestTenant.CalendarAsync(CalendarType.RoundRobin, [Ben, cleo]);
        var first = await TestTenant.BookedAsync(
            calendar, TestTenant.Now.AddDays(1), book => book.Request = book.Request with { HostId = Ben });
        var second = await TestTenant.BookedAsync(
            calendar, TestTenant.Now.AddDays(2), book => book.Request = book.Request with { HostId = Ben });
        var card = Show(Ben);

        card.Find(".all input").Change(true);
        card.Find("#new-host").Change(cleo.Value.ToString());
        card.Find("form").Submit();
        card.Find("[role=status]").TextContent.Should().Contain("All of them can go to the new host.")
            .And.Contain("cleo's Zoom account: 2 requests, 100 left today. Today's quota suffices.");
        card.FindAll("button").Single(button => button.TextContent == "Reassign 2").Click();

        card.WaitForState(() => _reassigned);
        (await TestTenant.AppointmentAsync(first)).HostId.Should().Be(cleo);
        (await TestTenant.AppointmentAsync(second)).HostId.Should().Be(cleo);
    }

    [Fact]
    public async Task An_appointment_that_cannot_be_reassigned_is_named_and_nothing_is_reassigned()
    {
        var cleo = await TestTenant.UserAsync("cleo");
        var alone = await TestTenant.CalendarAsync(CalendarType.Personal, [Ben]);
        var appointment = await TestTenant.BookedAsync(alone, TestTenant.Now.AddDays(1));
        var card = Show(Ben);

        card.Find(".all input").Change(true);
        card.Find("#new-host").Change(cleo.Value.ToString());
        card.Find("form").Submit();

        card.Find(".problem").TextContent.Should().Contain("The new host is not on this appointment's calendar.");
        card.FindAll("button").Single(button => button.TextContent == "Reassign 1").HasAttribute("disabled").Should().BeTrue();
        (await TestTenant.AppointmentAsync(appointment)).HostId.Should().Be(Ben);
    }

    private IRenderedComponent<ReassignCard> Show(UserId host) => Show<ReassignCard>(TestTenant.AsAdmin, card => card
        .Add(parameters => parameters.Host, host)
        .Add(parameters => parameters.HostName, "ben")
        .Add(parameters => parameters.OnReassigned, () => _reassigned = true));
}
