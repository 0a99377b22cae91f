using Microsoft.AspNetCore.Identity;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Mail;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Accounts;

/// <summary>
/// The passkeys of a signed-in user, for pages with a circuit. The user is mailed when one is added or removed. Each call has services of
/// its own: a circuit lives longer than what Identity reads.
/// </summary>
internal sealed class OwnPasskeys(
    IServiceScopeFactory scopes, Passkeys passkeys, MessageOutbox outbox, PublicUrl publicUrl, TimeProvider clock)
{
    public Task<PasskeyRequest?> BeginAddingAsync(UserId user, HttpContext here) =>
        WithAsync(user, (ceremony, found) => ceremony.BeginAddingAsync(found, here));

    /// <summary>For a proof that the user is still there.</summary>
    public Task<PasskeyRequest?> BeginConfirmingAsync(UserId user, HttpContext here) =>
        WithAsync(user, (ceremony, found) => ceremony.BeginConfirmingAsync(found, here));

    /// <param name="state">The state of the request.</param>
    /// <param name="answer">The browser's answer, as JSON.</param>
    /// <param name="name">The name of the new passkey.</param>
    /// <param name="actor">Whose passkey it becomes.</param>
    /// <param name="here">Where the browser is.</param>
    /// <param name="cancellationToken">Cancels before anything is stored.</param>
    public async Task<ChangeOutcome> AddAsync(
        string? state, string? answer, string name, Actor actor, HttpContext here, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (passkey, problem) = await scope.ServiceProvider.GetRequiredService<PasskeyCeremony>()
            .FinishAddingAsync(actor.UserId!.Value, state, answer, here, cancellationToken);
        if (passkey is null)
        {
            return ChangeOutcome.Invalid(problem);
        }

        var message = AccountMessages.PasskeyAdded(await EmailAsync(scope, actor), LinkFrom(here));
        return await passkeys.AddAsync(passkey, name, outbox.RowOf(message), actor, clock.GetUtcNow(), cancellationToken);
    }

    public async Task<ChangeOutcome> RemoveAsync(byte[] id, Actor actor, HttpContext here, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var message = AccountMessages.PasskeyRemoved(await EmailAsync(scope, actor), LinkFrom(here));
        return await passkeys.RemoveAsync(id, outbox.RowOf(message), actor, clock.GetUtcNow(), cancellationToken);
    }

    /// <returns>A sentence about the problem; null: it is the user.</returns>
    public async Task<string?> ConfirmAsync(
        string? state, string? answer, UserId user, HttpContext here, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PasskeyCeremony>()
            .FinishConfirmingAsync(user, state, answer, here, cancellationToken);
    }

    private static async Task<string> EmailAsync(AsyncServiceScope scope, Actor actor) =>
        (await scope.ServiceProvider.GetRequiredService<UserManager<User>>().FindByIdAsync(actor.UserId!.Value.ToString()))!.Email!;

    private string LinkFrom(HttpContext here) => publicUrl.Of(here.Request, $"/{AppUrls.Security}");

    private async Task<PasskeyRequest?> WithAsync(UserId user, Func<PasskeyCeremony, User, Task<PasskeyRequest>> begin)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        return await services.GetRequiredService<UserManager<User>>().FindByIdAsync(user.ToString()) is { } found
            ? await begin(services.GetRequiredService<PasskeyCeremony>(), found)
            : null;
    }
}
