using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Accounts;

/// <summary>
/// Where registration is closed and nobody has an account, nobody can sign in. The log then names the command that helps.
/// </summary>
internal static partial class FirstAdminHint
{
    public static async Task HintAtFirstAdminAsync(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<AccountOptions>>().Value.AllowRegistration is true)
        {
            return;
        }

        await using var db = await app.Services.GetRequiredService<IDbContextFactory<ZoomCalendarContext>>().CreateDbContextAsync();
        if (!await db.Users.AnyAsync())
        {
            Log.NobodyHasAnAccount(app.Logger);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Nobody has an account yet, and registration is closed. Create the first account with the "
            + "command: create-admin --email you@your.domain --business \"Your business\"")]
        public static partial void NobodyHasAnAccount(ILogger logger);
    }
}
