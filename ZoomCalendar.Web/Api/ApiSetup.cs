using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Appointments.Contacts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Webhooks;
using ZoomCalendar.Web.Api.Endpoints;

namespace ZoomCalendar.Web.Api;

/// <summary>The HTTP API under <c>/api</c>, compatible with clients of the platform's Calendars API.</summary>
internal static class ApiSetup
{
    private const string Prefix = "/api";

    private static readonly AuthorizationPolicy ByToken =
        new AuthorizationPolicyBuilder(TokenAuthentication.SchemeName).RequireAuthenticatedUser().Build();

    public static WebApplicationBuilder AddApi(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ApiOptions>().BindConfiguration(ApiOptions.SectionName);
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, null);
        // The framework writes a line for each request without a valid token, which anybody can send.
        builder.Logging.AddFilter(typeof(TokenAuthentication).FullName, LogLevel.Warning);
        services.AddSingleton<RateLimiter>();
        services.AddSingleton<TokenAuthenticator>().AddSingleton<PrivateTokens>().AddSingleton<IdempotencyKeys>();
        services.AddSingleton<ContactBook>().AddSingleton<AppointmentQueries>().AddSingleton<BlockedTimes>().AddSingleton<CalendarWriter>();
        services.AddApiDocument();
        services.AddWebhooks();
        services.AddSingleton<AppointmentCommands>().AddSingleton<AppointmentEditor>();
        return builder;
    }

    /// <summary>Before authentication, so that its failures are answered in JSON, too.</summary>
    public static WebApplication UseApi(this WebApplication app)
    {
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase),
            branch => branch.UseMiddleware<ApiPipeline>());
        return app;
    }

    public static WebApplication MapApi(this WebApplication app)
    {
        var api = app.MapGroup(Prefix).RequireAuthorization(ByToken);
        api.AddEndpointFilter(ScopeFilter.CheckAsync);
        api.AddEndpointFilter(QueryFilter.CheckAsync);
        api.MapCalendars();
        api.MapFreeSlots();
        api.MapAppointments();
        api.MapEvents();
        api.MapContacts();
        api.MapPeople();
        api.MapOwn();
        api.MapWebhooks();
        api.MapUnserved();
        api.Map("/{**rest}", (HttpContext http) => ApiResult.NotFound($"Cannot {http.Request.Method} {http.Request.Path}"))
            .ExcludeFromDescription();
        app.MapGet(WebhookEndpoints.PublicKeyPath, WebhookEndpoints.PublicKeyAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapApiDocument();
        return app;
    }

    private static void AddWebhooks(this IServiceCollection services)
    {
        services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.SectionName);
        services.AddSingleton<WebhookSigner>().AddSingleton<WebhookHttp>().AddSingleton<WebhookSubscriptions>();
        services.AddSingleton<IWebhookBodyWriter, WebhookBodies>().AddSingleton<WebhookReader>().AddSingleton<WebhookSender>();
        services.AddHostedService<WebhookDispatch>();
    }
}
