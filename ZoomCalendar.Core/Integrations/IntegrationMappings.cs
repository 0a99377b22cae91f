using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ZoomCalendar.Core.Accounts;

namespace ZoomCalendar.Core.Integrations;

internal sealed class PrivateTokenMapping : IEntityTypeConfiguration<PrivateToken>
{
    public void Configure(EntityTypeBuilder<PrivateToken> builder)
    {
        builder.ToTable("private_tokens");
        builder.HasKey(token => token.Id);
        builder.Property(token => token.Id).ValueGeneratedNever();
        builder.Property(token => token.Name).HasMaxLength(PrivateToken.NameMaxLength);
        builder.Property(token => token.Hash).HasMaxLength(PrivateToken.HashLength);
        builder.Property(token => token.Ending).HasMaxLength(10);
        builder.Property(token => token.Scopes).HasMaxLength(PrivateToken.ScopesMaxLength);

        // A member's tokens are deleted with the membership.
        builder.HasOne<Membership>().WithMany()
            .HasForeignKey(token => new { token.SubAccountId, token.MakerId }).OnDelete(DeleteBehavior.Cascade);

        builder.HasIndex(token => token.Hash).IsUnique();
    }
}

internal sealed class IdempotencyKeyMapping : IEntityTypeConfiguration<IdempotencyKey>
{
    public void Configure(EntityTypeBuilder<IdempotencyKey> builder)
    {
        builder.ToTable("idempotency_keys");
        builder.HasKey(key => new { key.TokenId, key.Key });
        builder.Property(key => key.Key).HasMaxLength(IdempotencyKey.KeyMaxLength);
        builder.Property(key => key.RequestHash).HasMaxLength(IdempotencyKey.HashLength);

        builder.HasOne<PrivateToken>().WithMany().HasForeignKey(key => key.TokenId).OnDelete(DeleteBehavior.Cascade);
    }
}
