using Bunit;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Components.Layout;

namespace ZoomCalendar.Tests.Screens;

[OnSqlite(ScreenTest.AtOnce)]
public sealed class NoticeBellTests : ScreenTest
{
    [Fact]
    public void The_bell_says_that_there_are_no_notices()
    {
        var bell = Ring(TestTenant.As(Ben));

        bell.Find("button").Click();

        bell.Find("button").GetAttribute("aria-label").Should().Be("Notices");
        bell.Find("#notices").TextContent.Should().Contain("Nothing needs your attention.");
    }

    [Fact]
    public async Task A_notice_is_counted_until_it_is_read()
    {
        await LostAsync();
        var bell = Ring(TestTenant.As(Ben));
        bell.Find("button").GetAttribute("aria-label").Should().Be("Notices, 1 new");

        bell.Find("button").Click();

        bell.Find("#notices").TextContent.Should().Contain("Zoom connection lost").And.Contain("Connect again.");
        bell.FindAll(".mud-badge").Should().BeEmpty();
        Ring(TestTenant.As(Ben)).FindAll(".mud-badge").Should().BeEmpty("it is read for good");
        Ring(TestTenant.AsAdmin).Find(".mud-badge").TextContent.Should().Be("1", "the admin has not read it");
    }

    [Fact]
    public async Task A_notice_about_another_user_is_shown_to_that_user_and_admins_only()
    {
        await LostAsync();

        Ring(TestTenant.As(await TestTenant.UserAsync("cleo"))).FindAll(".mud-badge").Should().BeEmpty();
    }

    private IRenderedComponent<NoticeBell> Ring(Actor actor) =>
        Show<NoticeBell>(actor, bell => bell.Add(parameters => parameters.Workspace, WorkspaceOf(actor)));

    private Task LostAsync() => TestTenant.Database.WriteAsync(async db => await db.Events.AddAsync(
        new Event
        {
            At = TestTenant.Now,
            SubAccountId = TestTenant.SubAccount,
            UserId = Ben,
            Kind = EventKind.ConnectionLost,
            Detail = "Connect again.",
        }));
}
