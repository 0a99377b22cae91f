namespace ZoomCalendar.Sandbox.State;

/// <summary>Zoom's users and accounts, and the accounts that have approved the app.</summary>
internal sealed class UserDirectory(SandboxStore store)
{
    // The account that requires its admin's approval.
    private const string UnapprovedDomain = "preapprove.test";

    private static readonly SandboxUser[] Defaults =
    [
        SandboxUser.Create("ada@zoom.test"),
        SandboxUser.Create("ben@zoom.test"),
        SandboxUser.Create("cleo@zoom.test"),
        SandboxUser.Create("ben@other-zoom.test"),
        SandboxUser.Create("basic@zoom.test", licensed: false),
        SandboxUser.Create($"admin@{UnapprovedDomain}", isAdmin: true),
        SandboxUser.Create($"user@{UnapprovedDomain}"),
    ];

    public void AddDefaults() => store.Change(() => Array.ForEach(Defaults, user => AddIfNew(user)));

    /// <summary>The predefined accounts in their present state.</summary>
    public IReadOnlyList<SandboxUser> OutOfTheBox() => [.. Defaults.Select(user => ById(user.Id)!)];

    /// <summary>The predefined accounts first, then the added ones by e-mail address.</summary>
    public IReadOnlyList<SandboxUser> All() =>
        store.Read<IReadOnlyList<SandboxUser>>(
            () => [.. OutOfTheBox().UnionBy(store.Users.Rows.OrderBy(u => u.Email, StringComparer.Ordinal), u => u.Id)]);

    public SandboxUser? ById(string id) => store.Read(() => store.Users.Find(id));

    public SandboxUser? ByEmail(string? email) => email is null ? null : ById(SandboxUser.IdOf(email));

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
                store.Accounts.Put(user.AccountId, new SandboxAccount(user.AccountId, domain, domain != UnapprovedDomain, []));
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

    public SandboxAccount AccountOf(SandboxUser user) => store.Read(() => store.Accounts.Find(user.AccountId)!);

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
