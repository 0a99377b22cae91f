using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ZoomCalendar.Core.Accounts;

internal sealed class SubAccountMapping : IEntityTypeConfiguration<SubAccount>
{
    public void Configure(EntityTypeBuilder<SubAccount> builder)
    {
        builder.ToTable("sub_accounts");
        builder.HasKey(subAccount => subAccount.Id);
        builder.Property(subAccount => subAccount.Id).ValueGeneratedNever();
        builder.Property(subAccount => subAccount.Name).HasMaxLength(SubAccount.NameMaxLength);
        builder.Property(subAccount => subAccount.Slug).HasMaxLength(SubAccount.SlugMaxLength);
        builder.HasIndex(subAccount => subAccount.Slug).IsUnique();
        // A node of the previous version does not write it.
        builder.Property(subAccount => subAccount.SecondFactor).HasDefaultValue(SecondFactorRule.Nobody);
    }
}

internal sealed class UserMapping : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("users");
        builder.HasKey(user => user.Id);
        builder.HasIndex(user => user.NormalizedUserName).HasDatabaseName("UserNameIndex").IsUnique();
        builder.HasIndex(user => user.NormalizedEmail).HasDatabaseName("EmailIndex");
        builder.Property(user => user.ConcurrencyStamp).IsConcurrencyToken();
        builder.Property(user => user.UserName).HasMaxLength(256);
        builder.Property(user => user.NormalizedUserName).HasMaxLength(256);
        builder.Property(user => user.Email).HasMaxLength(256);
        builder.Property(user => user.NormalizedEmail).HasMaxLength(256);
        builder.Property(user => user.Id).ValueGeneratedNever();
        builder.Property(user => user.Name).HasMaxLength(User.NameMaxLength);
        builder.Property(user => user.TimeZone).HasMaxLength(User.TimeZoneMaxLength);
    }
}

internal sealed class MembershipMapping : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        builder.ToTable("memberships");
        builder.HasKey(membership => new { membership.SubAccountId, membership.UserId });
        builder.Property(membership => membership.Version).IsConcurrencyToken();
        builder.ComplexProperty(membership => membership.DefaultLocation, location =>
            location.Property(value => value.Detail).HasMaxLength(MeetingLocation.DetailMaxLength));
        builder.HasOne<SubAccount>().WithMany().HasForeignKey(membership => membership.SubAccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(membership => membership.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(membership => membership.UserId);
    }
}

internal sealed class InvitationMapping : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("invitations");
        builder.HasKey(invitation => invitation.Id);
        builder.Property(invitation => invitation.Id).ValueGeneratedNever();
        builder.Property(invitation => invitation.Email).HasMaxLength(Invitation.EmailMaxLength);
        builder.Property(invitation => invitation.SecretHash).HasMaxLength(64);
        builder.Property(invitation => invitation.NormalizedEmail)
            .HasMaxLength(Invitation.EmailMaxLength)
            .UsePropertyAccessMode(PropertyAccessMode.Property);
        builder.Property(invitation => invitation.Version).IsConcurrencyToken();
        builder.HasOne<SubAccount>().WithMany().HasForeignKey(invitation => invitation.SubAccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(invitation => new { invitation.SubAccountId, invitation.CreatedAt });
    }
}

internal sealed class SessionMapping : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("sessions");
        builder.HasKey(session => session.Id);
        builder.Property(session => session.Id).ValueGeneratedNever();
        builder.Property(session => session.Device).HasMaxLength(Session.DeviceMaxLength);
        builder.Property(session => session.Address).HasMaxLength(Session.AddressMaxLength);
        // A node of the previous version writes neither.
        builder.Property(session => session.HasSecondFactor).HasDefaultValue(false);
        builder.HasOne<User>().WithMany().HasForeignKey(session => session.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(session => session.UserId);
        builder.HasIndex(session => session.ExpiresAt);
    }
}

internal sealed class AttemptCounterMapping : IEntityTypeConfiguration<AttemptCounter>
{
    public void Configure(EntityTypeBuilder<AttemptCounter> builder)
    {
        builder.ToTable("attempt_counters");
        builder.HasKey(counter => counter.Key);
        builder.Property(counter => counter.Key).HasMaxLength(AttemptCounter.KeyLength);
        builder.HasIndex(counter => counter.EndsAt);
    }
}

internal sealed class AccountRequestMapping : IEntityTypeConfiguration<AccountRequest>
{
    public void Configure(EntityTypeBuilder<AccountRequest> builder)
    {
        builder.ToTable("account_requests");
        builder.HasKey(request => request.Id);
        builder.Property(request => request.Id).ValueGeneratedNever();
        builder.Property(request => request.Email).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(request => request.Origin).HasMaxLength(AccountRequest.OriginMaxLength);
        builder.Property(request => request.Content).HasMaxLength(AccountRequest.ContentMaxLength);
        builder.Property(request => request.SecretHash).HasMaxLength(64);
        builder.HasIndex(request => request.CreatedAt);
    }
}
