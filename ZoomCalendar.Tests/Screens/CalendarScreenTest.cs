using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Components.Pages.Calendars;

namespace ZoomCalendar.Tests.Screens;

/// <summary>The screens of Settings > Calendar Settings, with MudBlazor's components on a real database.</summary>
public abstract class CalendarScreenTest : ScreenTest
{
    private protected UserId Cleo { get; private set; }

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Cleo = await TestTenant.UserAsync("cleo");
    }

    private protected static MeetingLocation Phone => new(MeetingLocationKind.Phone, "+1 555 0100");

    private protected Task<CalendarId> CalendarAsync(
        string name, CalendarType type, IReadOnlyList<UserId> members, MeetingLocation? location = null, Action<Calendar>? change = null) =>
        TestTenant.CalendarAsync(type, members, location: location ?? Phone, change: calendar =>
        {
            (calendar.Name, calendar.Slug) = (name, name.ToLowerInvariant().Replace(' ', '-'));
            change?.Invoke(calendar);
        });

    /// <summary>The page at an address with the part after its path.</summary>
    private protected IRenderedComponent<CalendarPage> Open(CalendarId calendar, Actor actor, string query = "")
    {
        Bunit.Services.GetRequiredService<NavigationManager>().NavigateTo($"/a/studio/settings/calendars/{calendar.Value}{query}");
        var page = Show<CalendarPage>(actor, parameters => parameters
            .Add(page => page.Slug, "studio")
            .Add(page => page.Id, calendar.Value.ToString()));
        page.WaitForElement("[role=tablist]");
        return page;
    }

    private protected Task<CalendarView> ViewAsync(CalendarId calendar) => ViewAsync(calendar, TestTenant.AsAdmin);

    private protected async Task<CalendarView> ViewAsync(CalendarId calendar, Actor actor) =>
        (await TestTenant.CalendarQueries.FindAsync(calendar, actor, TestTenant.Now, CancellationToken.None)).View!;

    /// <summary>The form that a heading names.</summary>
    private protected static IElement FormOf<TComponent>(IRenderedComponent<TComponent> page, string heading)
        where TComponent : IComponent => page.FindAll("form[aria-labelledby]")
        .Single(form => page.Find($"[id='{form.GetAttribute("aria-labelledby")}']").TextContent.Trim() == heading);

    /// <summary>The text below a field.</summary>
    private protected static string Below<TComponent>(IRenderedComponent<TComponent> page, string id)
        where TComponent : IComponent => page.Find($"#{id}").Closest(".mud-input-control")!.QuerySelector(".mud-input-helper-text")?
        .TextContent.Trim() ?? "";

    private protected static string ValueOf<TComponent>(IRenderedComponent<TComponent> page, string id)
        where TComponent : IComponent => page.Find($"#{id}").GetAttribute("value") ?? page.Find($"#{id}").TextContent;
}
