using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Connections;

internal sealed class PendingConnectionMapping : IEntityTypeConfiguration<PendingConnection>
{
    public void Configure(EntityTypeBuilder<PendingConnection> builder)
    {
        builder.ToTable("pending_connections");
        builder.HasKey(pending => pending.Id);
        builder.Property(pending => pending.Id).ValueGeneratedNever();
        builder.Property(pending => pending.ZoomUserKey).HasMaxLength(ZoomAccount.KeyLength);
        builder.Property(pending => pending.ReturnUrl).HasMaxLength(2_000);
        builder.HasOne<SubAccount>().WithMany().HasForeignKey(pending => pending.SubAccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(pending => pending.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(pending => pending.ExpiresAt);
        builder.HasIndex(pending => pending.ZoomUserKey);
    }
}

internal sealed class ConnectAttemptMapping : IEntityTypeConfiguration<ConnectAttempt>
{
    public void Configure(EntityTypeBuilder<ConnectAttempt> builder)
    {
        builder.ToTable("connect_attempts");
        builder.HasKey(attempt => new { attempt.SubAccountId, attempt.UserId });
        builder.HasOne<Membership>().WithMany()
            .HasForeignKey(attempt => new { attempt.SubAccountId, attempt.UserId }).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class WebhookMessageMapping : IEntityTypeConfiguration<WebhookMessage>
{
    public void Configure(EntityTypeBuilder<WebhookMessage> builder)
    {
        builder.ToTable("webhook_messages");
        builder.HasKey(message => message.Id);
        builder.Property(message => message.Fingerprint).HasMaxLength(WebhookMessage.FingerprintLength);
        builder.Property(message => message.Event).HasMaxLength(ZoomWebhook.EventMaxLength);
        builder.Property(message => message.ZoomUserId).HasMaxLength(ZoomUser.IdMaxLength);
        builder.Property(message => message.ClientId).HasMaxLength(ZoomWebhook.ClientIdMaxLength);
        builder.HasIndex(message => message.Fingerprint).IsUnique();
        builder.HasIndex(message => message.NextAttemptAt).HasFilter("\"NextAttemptAt\" IS NOT NULL");
        builder.HasIndex(message => message.ReceivedAt);
    }
}

internal sealed class ZoomAccountMapping : IEntityTypeConfiguration<ZoomAccount>
{
    public void Configure(EntityTypeBuilder<ZoomAccount> builder)
    {
        builder.ToTable("zoom_accounts");
        builder.HasKey(account => account.Key);
        builder.Property(account => account.Key).HasMaxLength(ZoomAccount.KeyLength);
        builder.Property(account => account.ZoomUserId).HasMaxLength(ZoomUser.IdMaxLength);
        builder.Property(account => account.ZoomAccountNumber).HasMaxLength(ZoomUser.AccountIdMaxLength);
        builder.Property(account => account.Email).HasMaxLength(ZoomUser.EmailMaxLength);
        builder.Property(account => account.DisplayName).HasMaxLength(ZoomUser.DisplayNameMaxLength);
        builder.Property(account => account.StateReason).HasMaxLength(500);
        builder.HasIndex(account => account.ZoomUserId).IsUnique();
        builder.HasIndex(account => account.LastSweptAt);
    }
}

internal sealed class ConnectionMapping : IEntityTypeConfiguration<Connection>
{
    public void Configure(EntityTypeBuilder<Connection> builder)
    {
        builder.ToTable("connections");
        builder.HasKey(connection => new { connection.SubAccountId, connection.UserId });
        builder.Property(connection => connection.ZoomUserKey).HasMaxLength(ZoomAccount.KeyLength);
        builder.HasOne<ZoomAccount>().WithMany().HasForeignKey(connection => connection.ZoomUserKey).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Accounts.Membership>().WithMany()
            .HasForeignKey(connection => new { connection.SubAccountId, connection.UserId }).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(connection => connection.ZoomUserKey);
        builder.HasIndex(connection => connection.UserId);
    }
}
