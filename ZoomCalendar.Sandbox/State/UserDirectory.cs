namespace ZoomCalendar.Sandbox.State;

/// <summary>Zoom's users and accounts, and which accounts have approved the app.</summary>
internal sealed class UserDirectory(SandboxStore store)
{
    // The one account whose admin has to be asked first.
    private const string UnapprovedDomain = "preapprove.test";

    public void AddDefaults()
    {
        string[] licensed = ["ada@zoom.test", "ben@zoom.test", "cleo@zoom.test", "ben@other-zoom.test", $"user@{UnapprovedDomain}"];

        store.Change(() =>
        {
            foreach (var email in licensed)
            {
                AddIfNew(SandboxUser.Create(email));
            }

            AddIfNew(SandboxUser.Create($"admin@{UnapprovedDomain}", isAdmin: true));
            AddIfNew(SandboxUser.Create("basic@zoom.test", licensed: false));
        });
    }

    public IReadOnlyList<SandboxUser> All() =>
        store.Read<IReadOnlyList<SandboxUser>>(() => [.. store.Users.Rows.OrderBy(u => u.Email, StringComparer.Ordinal)]);

    public SandboxUser? ById(string id) => store.Read(() => store.Users.Find(id));

    public SandboxUser? ByEmail(string? email) =>
        store.Read(() => store.Users.Rows.FirstOrDefault(u => u.Email.Equals(email?.Trim(), StringComparison.OrdinalIgnoreCase)));

    public SandboxUser Get(string email) => ByEmail(email) ?? throw new UnknownUserException(email);

    public SandboxUser AddIfNew(SandboxUser user) =>
        store.Change(() =>
        {
            if (store.Users.Find(user.Id) is { } known)
            {
                return known;
            }

            var domain = user.Email[(user.Email.IndexOf('@', StringComparison.Ordinal) + 1)..];

            if (store.Accounts.Find(user.AccountId) is null)
            {
                store.Accounts.Put(user.AccountId, new ZoomAccount(user.AccountId, domain, domain != UnapprovedDomain, []));
            }

            store.Users.Put(user.Id, user);
            return user;
        });

    public SandboxUser Change(string email, Func<SandboxUser, SandboxUser> change) =>
        store.Change(() =>
        {
            var user = change(Get(email));
            store.Users.Put(user.Id, user);
            return user;
        });

    public ZoomAccount AccountOf(SandboxUser user) => store.Read(() => store.Accounts.Find(user.AccountId)!);

    public void SetApproval(SandboxUser user, bool approved) =>
        store.Change(() => store.Accounts.Put(user.AccountId, AccountOf(user) with { Approved = approved, RequestedBy = [] }));

    public void RequestApproval(SandboxUser user) =>
        store.Change(() =>
        {
            var account = AccountOf(user);
            store.Accounts.Put(account.Id, account with { RequestedBy = [.. account.RequestedBy.Union([user.Email])] });
        });
}

internal sealed class UnknownUserException(string email) : ArgumentException($"The sandbox has no user {email}.");
