using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;
using MudBlazor.Services;
using NodaTime;
using ZoomCalendar.Core.Activity;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Operations.Feedback;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Tests.Screens;

/// <summary>Renders one component on a real database, as for a member.</summary>
public abstract class ScreenTest : IAsyncLifetime
{
    /// <summary>Why these are not repeated on PostgreSQL; what they read and write has tests on both.</summary>
    internal const string AtOnce = "a component shows at once what a database in its own process answers";

    private IRenderedComponent<MudPopoverProvider> _popovers = null!;

    private protected BunitContext Bunit { get; } = new();

    private protected TestTenant TestTenant { get; private set; } = null!;

    private protected UserId Ben { get; private set; }

    public virtual async Task InitializeAsync()
    {
        TestTenant = await TestTenant.CreateAsync();
        Ben = await TestTenant.UserAsync("ben");
        var services = Bunit.Services;
        services.AddMudServices();
        services.AddLocalization();
        services.AddSingleton<TimeProvider>(new FakeTimeProvider(TestTenant.Now));
        services.AddSingleton(new LiveChanges());
        services.AddSingleton(new NoticeReader(TestTenant.Database));
        services.AddSingleton(new FeedbackService(TestTenant.Database));
        services.AddSingleton(new UpcomingAppointmentsReader(TestTenant.Database));
        services.AddSingleton(TestTenant.CalendarQueries);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("PublicUrl", "https://book.example.test")]).Build();
        services.AddSingleton(new PublicUrl(configuration, new HostingEnvironment { EnvironmentName = "Production" }, null!));
        services.AddSingleton(TestTenant.CalendarSettings);
        services.AddSingleton(new CalendarTeam(TestTenant.Database, TestTenant.Signals));
        services.AddSingleton(new ConnectionReader(TestTenant.Database));
        services.AddSingleton(TestTenant.Book);
        AddServices(services);
        Bunit.JSInterop.Mode = JSRuntimeMode.Loose;
        Bunit.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        _popovers = Bunit.Render<MudPopoverProvider>();
    }

    public async Task DisposeAsync()
    {
        await Bunit.DisposeAsync();
        await TestTenant.DisposeAsync();
    }

    /// <summary>What the component needs beyond the services of all.</summary>
    private protected virtual void AddServices(IServiceCollection services)
    {
    }

    /// <summary>Opens a MudSelect by its label and chooses an option by its text.</summary>
    private protected async Task ChooseAsync<TComponent>(IRenderedComponent<TComponent> component, string label, string option)
        where TComponent : IComponent
    {
        var choices = await ComponentTest.OpenAsync(component, _popovers, label);
        await choices.Single(choice => choice.TextContent.Trim() == option).ClickAsync(new MouseEventArgs());
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

    private protected IRenderedComponent<TComponent> Show<TComponent>(
        Actor actor, Action<ComponentParameterCollectionBuilder<TComponent>> build)
        where TComponent : IComponent => Bunit.Render<TComponent>(parameters =>
        {
            parameters.AddCascadingValue(WorkspaceOf(actor));
            build(parameters);
        });
}
