using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Accounts;

/// <summary>
/// The tables of this room. Inside an expression tree use <c>db.Set&lt;T&gt;()</c>: C# does not allow extension members there.
/// </summary>
public static class AccountSets
{
    extension(ZoomCalendarContext db)
    {
        public DbSet<SubAccount> SubAccounts => db.Set<SubAccount>();

        public DbSet<Membership> Memberships => db.Set<Membership>();

        public DbSet<Invitation> Invitations => db.Set<Invitation>();

        public DbSet<User> Users => db.Set<User>();

        public DbSet<Session> Sessions => db.Set<Session>();

        public DbSet<AttemptCounter> AttemptCounters => db.Set<AttemptCounter>();

        public DbSet<AccountRequest> AccountRequests => db.Set<AccountRequest>();

        public DbSet<IdentityUserPasskey<UserId>> Passkeys => db.Set<IdentityUserPasskey<UserId>>();

        public DbSet<IdentityUserLogin<UserId>> UserLogins => db.Set<IdentityUserLogin<UserId>>();
    }
}
