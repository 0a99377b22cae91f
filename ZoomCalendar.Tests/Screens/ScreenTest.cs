using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;
using MudBlazor.Services;
using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Help;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Components.Shared;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Tests.Screens;

/// <summary>One component on a real database, as the app would show it to a member.</summary>
public abstract class ScreenTest : IAsyncLifetime
{
    /// <summary>Why these are not repeated on PostgreSQL; what they read and write has tests on both.</summary>
    internal const string AtOnce = "a component shows at once what a database in its own process answers";

    private protected BunitContext Bunit { get; } = new();

    private protected Studio Studio { get; private set; } = null!;

    private protected UserId Ben { get; private set; }

    public virtual async Task InitializeAsync()
    {
        Studio = await Studio.CreateAsync();
        Ben = await Studio.UserAsync("ben");
        var services = Bunit.Services;
        services.AddMudServices();
        services.AddSingleton<TimeProvider>(new FakeTimeProvider(Studio.Now));
        services.AddSingleton(new LiveChanges());
        services.AddSingleton(new NoticeReader(Studio.Database));
        services.AddSingleton(new Feedback(Studio.Database));
        services.AddSingleton(new UpcomingReader(Studio.Database));
        services.AddSingleton(new CalendarDirectory(Studio.Database));
        services.AddSingleton(Studio.Book);
        Bunit.JSInterop.Mode = JSRuntimeMode.Loose;
        Bunit.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        Bunit.Render<MudPopoverProvider>();
    }

    public async Task DisposeAsync()
    {
        await Bunit.DisposeAsync();
        await Studio.DisposeAsync();
    }

    private protected WorkspaceContext WorkspaceOf(Actor actor) => new()
    {
        Actor = actor,
        Slug = "studio",
        SubAccountName = "Studio",
        UserId = actor.UserId!.Value,
        UserName = "Somebody",
        Email = "somebody@studio.test",
        Zone = DateTimeZone.Utc,
        SubAccounts = [],
    };

    private protected IRenderedComponent<TComponent> Show<TComponent>(Actor actor, Action<ComponentParameterCollectionBuilder<TComponent>> build)
        where TComponent : IComponent => Bunit.Render<TComponent>(parameters =>
        {
            parameters.AddCascadingValue(WorkspaceOf(actor));
            build(parameters);
        });
}
