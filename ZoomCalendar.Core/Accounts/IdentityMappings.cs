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

internal sealed class UserPasskeyMapping : IEntityTypeConfiguration<IdentityUserPasskey<UserId>>
{
    // Identity would store the data as JSON, whose form differs between the databases. It would also keep what the browser sent when the
    // passkey was made, which nothing reads.
    public void Configure(EntityTypeBuilder<IdentityUserPasskey<UserId>> builder)
    {
        builder.ToTable("AspNetUserPasskeys");
        builder.HasKey(passkey => passkey.CredentialId);
        builder.Property(passkey => passkey.CredentialId).HasMaxLength(Passkeys.MaxCredentialIdLength);
        builder.Property<DateTimeOffset?>(Passkeys.LastUsedAt);
        builder.HasOne<User>().WithMany().HasForeignKey(passkey => passkey.UserId).IsRequired();
        builder.OwnsOne(passkey => passkey.Data, data =>
        {
            data.Property(row => row.PublicKey).HasColumnName("PublicKey").IsRequired();
            data.Property(row => row.Name).HasColumnName("Name").HasMaxLength(Passkeys.NameMaxLength);
            data.Property(row => row.CreatedAt).HasColumnName("CreatedAt");
            data.Property(row => row.SignCount).HasColumnName("SignCount").HasConversion<long>();
            data.Property(row => row.IsUserVerified).HasColumnName("IsUserVerified");
            data.Property(row => row.IsBackupEligible).HasColumnName("IsBackupEligible");
            data.Property(row => row.IsBackedUp).HasColumnName("IsBackedUp");
            data.Ignore(row => row.Transports);
            data.Ignore(row => row.AttestationObject);
            data.Ignore(row => row.ClientDataJson);
        });
        builder.Navigation(passkey => passkey.Data).IsRequired();
    }
}
