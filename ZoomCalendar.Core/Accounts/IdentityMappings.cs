using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Accounts;

// The mappings that IdentityUserContext would add. ZoomCalendarContext has no entities of its own, so this room adds them.
internal sealed class UserClaimMapping : IEntityTypeConfiguration<IdentityUserClaim<UserId>>
{
    public void Configure(EntityTypeBuilder<IdentityUserClaim<UserId>> builder)
    {
        builder.ToTable("AspNetUserClaims");
        builder.HasKey(claim => claim.Id);
        builder.HasOne<User>().WithMany().HasForeignKey(claim => claim.UserId).IsRequired();
    }
}

internal sealed class UserLoginMapping : IEntityTypeConfiguration<IdentityUserLogin<UserId>>
{
    public void Configure(EntityTypeBuilder<IdentityUserLogin<UserId>> builder)
    {
        builder.ToTable("AspNetUserLogins");
        builder.HasKey(login => new { login.LoginProvider, login.ProviderKey });
        builder.HasOne<User>().WithMany().HasForeignKey(login => login.UserId).IsRequired();
    }
}

internal sealed class UserTokenMapping : IEntityTypeConfiguration<IdentityUserToken<UserId>>
{
    public void Configure(EntityTypeBuilder<IdentityUserToken<UserId>> builder)
    {
        builder.ToTable("AspNetUserTokens");
        builder.HasKey(token => new { token.UserId, token.LoginProvider, token.Name });
        builder.HasOne<User>().WithMany().HasForeignKey(token => token.UserId).IsRequired();
    }
}
