using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Web.Accounts;

/// <summary>
/// Writes the messages for the requests of visitors. Whether an account exists is found out here, where no visitor can measure it. Several
/// nodes may work at the same time: who deletes or marks the row writes its message, in the same transaction.
/// </summary>
internal sealed class AccountRequestProcessor(
    IServiceScopeFactory scopes,
    IDbContextFactory<ZoomCalendarContext> contexts,
    AccountRequestQueue queue,
    MessageOutbox outbox,
    Signals signals,
    TimeProvider clock,
    ILogger<AccountRequestProcessor> logger)
    : BackgroundService
{
    private const int BatchSize = 20;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Handles the waiting requests, oldest first.</summary>
    public async Task HandleAsync(CancellationToken cancellationToken)
    {
        while (await ReadAsync(cancellationToken) is { Count: > 0 } due)
        {
            foreach (var request in due)
            {
                await HandleAsync(request, cancellationToken);
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => PollingLoop.RunAsync(
        () => queue.Added.Next,
        async () =>
        {
            await HandleAsync(stoppingToken);
            return Interval;
        },
        clock,
        logger,
        stoppingToken);

    private async Task<List<AccountRequest>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.AccountRequests.AsNoTracking().Where(row => row.SecretHash == null)
            .OrderBy(row => row.CreatedAt).Take(BatchSize).ToListAsync(cancellationToken);
    }

    private async Task HandleAsync(AccountRequest request, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var links = scope.ServiceProvider.GetRequiredService<PasswordLinks>();
        var user = await users.FindByEmailAsync(request.Email);
        var (secret, hash) = RegistrationLink.NewSecret();
        var waitsForLink = request.Kind is AccountRequestKind.Registration && user is null;
        var message = request.Kind switch
        {
            AccountRequestKind.PasswordReset when user is null => null,
            AccountRequestKind.PasswordReset => AccountMessages.Reset(user.Email!, request.Origin + await links.NewAsync(user)),
            _ when user is null => AccountMessages.Confirm(request.Email, request.Origin + RegistrationLink.Of(request.Id, secret)),
            _ => AccountMessages.RegisteredAlready(user.Email!, request.Origin + AccountUrls.SignIn),
        };
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginWriteAsync(cancellationToken);
        var rows = db.AccountRequests.Where(row => row.Id == request.Id && row.SecretHash == null);
        var taken = waitsForLink
            ? await rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.SecretHash, hash), cancellationToken)
            : await rows.ExecuteDeleteAsync(cancellationToken);
        if (taken == 1 && message is not null)
        {
            db.Messages.Add(outbox.RowOf(message));
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        signals.MessagesDue.Wake();
    }
}
