using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Calendars;
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

        await AskAsync(card, "cleo");

        card.Find("[role=status]").TextContent.Should().Contain("All of them can go to the new host.")
            .And.Contain("cleo's Zoom account: 2 requests, 100 left today. Today's quota is enough.");
        await card.FindAll("button").Single(button => button.TextContent == "Reassign 2").ClickAsync(new MouseEventArgs());

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

        await AskAsync(card, "cleo");

        card.Find(".mud-alert-text-warning").TextContent.Should().StartWith("1 appointment cannot go to cleo");
        card.FindAll("button").Select(button => button.TextContent).Should().NotContain(text => text.StartsWith("Reassign"));
        (await TestTenant.AppointmentAsync(appointment)).HostId.Should().Be(Ben);
    }

    [Fact]
    public async Task A_personal_calendar_is_named_in_one_sentence_and_Change_owner_leads_to_its_settings()
    {
        var cleo = await TestTenant.UserAsync("cleo");
        var alone = await TestTenant.CalendarAsync(CalendarType.Personal, [Ben]);
        var name = (await TestTenant.Database.ReadAsync(db => db.Calendars.SingleAsync(row => row.Id == alone))).Name;
        foreach (var day in Enumerable.Range(1, 11))
        {
            await TestTenant.BookedAsync(alone, TestTenant.Now.AddDays(day));
        }

        var card = Show(Ben);
        await AskAsync(card, "cleo");

        card.FindAll(".mud-alert").Should().ContainSingle().Which.TextContent.Should().Contain(
            $"11 appointments cannot go to cleo, because {name} is a personal calendar: only its owner hosts there.");
        card.FindAll(".mud-error-text").Should().BeEmpty("the reason is said once, not on each row");
        await card.FindAll("button").Single(button => button.TextContent == "Change owner").ClickAsync(new MouseEventArgs());
        Bunit.Services.GetRequiredService<NavigationManager>().Uri.Should()
            .EndWith($"/a/studio/settings/calendars/{alone.Value}");
    }

    [Fact]
    public async Task What_cannot_go_is_left_out_with_one_click_and_the_others_go()
    {
        var cleo = await TestTenant.UserAsync("cleo");
        var alone = await TestTenant.CalendarAsync(CalendarType.Personal, [Ben]);
        var shared = await TestTenant.CalendarAsync(CalendarType.RoundRobin, [Ben, cleo]);
        var stays = await TestTenant.BookedAsync(alone, TestTenant.Now.AddDays(1));
        var goes = await TestTenant.BookedAsync(
            shared, TestTenant.Now.AddDays(2), book => book.Request = book.Request with { HostId = Ben });
        var card = Show(Ben);
        await AskAsync(card, "cleo");

        await card.FindAll("button").Single(button => button.TextContent == "Continue with the other 1").ClickAsync(new MouseEventArgs());
        await card.FindAll("button").Single(button => button.TextContent == "Reassign 1").ClickAsync(new MouseEventArgs());

        card.WaitForState(() => _reassigned);
        (await TestTenant.AppointmentAsync(goes)).HostId.Should().Be(cleo);
        (await TestTenant.AppointmentAsync(stays)).HostId.Should().Be(Ben);
    }

    [Fact]
    public async Task Appointments_are_read_in_pages_and_All_chooses_those_of_the_other_pages_too()
    {
        await TestTenant.UserAsync("cleo");
        var calendar = await TestTenant.CalendarAsync(CalendarType.Personal, [Ben]);
        foreach (var day in Enumerable.Range(1, 21))
        {
            await TestTenant.BookedAsync(calendar, TestTenant.Now.AddDays(day));
        }

        var card = Show(Ben);
        card.WaitForState(() => card.FindAll("tbody tr").Count == 20);
        await AskAsync(card, "cleo");

        card.Find(".mud-alert").TextContent.Should().Contain("21 appointments cannot go");
        await card.Find("button[aria-label='Next page']").ClickAsync(new MouseEventArgs());
        card.WaitForState(() => card.FindAll("tbody tr").Count == 1);
        card.Find("tbody input").HasAttribute("checked").Should().BeTrue();
    }

    private async Task AskAsync(IRenderedComponent<ReassignCard> card, string host)
    {
        await card.Find("thead input").ChangeAsync(new ChangeEventArgs { Value = true });
        await ChooseAsync(card, "New host", host);
        await card.Find("form").SubmitAsync();
        card.WaitForElement("[role=status] .mud-alert");
    }

    private IRenderedComponent<ReassignCard> Show(UserId host) => Show<ReassignCard>(TestTenant.AsAdmin, card => card
        .Add(parameters => parameters.Host, host)
        .Add(parameters => parameters.HostName, "ben")
        .Add(parameters => parameters.OnReassigned, () => _reassigned = true));
}
