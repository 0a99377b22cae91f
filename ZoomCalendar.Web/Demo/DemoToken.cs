using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Demo;

/// <summary>Setting <c>Demo:PrivateIntegrationToken</c>: a fixed token for the demo's admin, in Development only.</summary>
internal static class DemoToken
{
    public const string Key = "Demo:PrivateIntegrationToken";

    public static async Task AddAsync(WebApplication app, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (!app.Environment.IsDevelopment() || app.Configuration[Key] is not { Length: > 0 } text)
        {
            return;
        }

        var secret = TokenSecret.Read(text)
            ?? throw new StartupException(
                $"{Key} cannot be used. It must be a token that begins with {TokenSecret.Prefix} and has 12 to 200 characters.");
        var db = services.GetRequiredService<ZoomCalendarContext>();
        var hash = secret.Hash;
        if (await db.PrivateTokens.AnyAsync(token => token.Hash == hash, cancellationToken))
        {
            return;
        }

        var admin = await (
            from user in db.Users
            join membership in db.Memberships on user.Id equals membership.UserId
            where user.Email == DemoPeople.AdaMail && membership.Role == Role.Admin
            select membership).FirstAsync(cancellationToken);
        await services.GetRequiredService<PrivateTokens>().CreateAsync(
            "Demo",
            [.. TokenScopes.All.Select(scope => scope.Name)],
            null,
            Actor.Staff(admin) with { IsApp = true },
            services.GetRequiredService<TimeProvider>().GetUtcNow(),
            cancellationToken,
            secret);
    }
}
