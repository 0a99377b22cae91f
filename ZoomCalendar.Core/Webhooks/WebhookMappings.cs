using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ZoomCalendar.Core.Accounts;

namespace ZoomCalendar.Core.Webhooks;

internal sealed class WebhookMapping : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.ToTable("webhooks");
        builder.HasKey(webhook => webhook.Id);
        builder.Property(webhook => webhook.Id).ValueGeneratedNever();
        builder.Property(webhook => webhook.Url).HasMaxLength(Webhook.UrlMaxLength);
        builder.Property(webhook => webhook.Types).HasMaxLength(200);

        builder.HasOne<SubAccount>().WithMany().HasForeignKey(webhook => webhook.SubAccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class WebhookDeliveryMapping : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.ToTable("webhook_deliveries");
        builder.HasKey(delivery => delivery.Id);
        builder.Property(delivery => delivery.Id).ValueGeneratedNever();
        builder.Property(delivery => delivery.LastError).HasMaxLength(WebhookDelivery.ErrorMaxLength);

        builder.HasOne<Webhook>().WithMany().HasForeignKey(delivery => delivery.WebhookId).OnDelete(DeleteBehavior.Cascade);

        // Each event is delivered once to each webhook, however often it is read.
        builder.HasIndex(delivery => new { delivery.WebhookId, delivery.EventId, delivery.AppointmentId }).IsUnique();
        builder.HasIndex(delivery => delivery.NextAttemptAt).HasFilter("\"NextAttemptAt\" IS NOT NULL");

        // Finds the first pending delivery of a webhook.
        builder
            .HasIndex(delivery => new { delivery.WebhookId, delivery.EventId }, "IX_webhook_deliveries_line")
            .HasFilter("\"NextAttemptAt\" IS NOT NULL");
    }
}

internal sealed class SigningKeyMapping : IEntityTypeConfiguration<SigningKey>
{
    public void Configure(EntityTypeBuilder<SigningKey> builder)
    {
        builder.ToTable("signing_keys");
        builder.HasKey(key => key.Id);
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.Property(key => key.ProtectedSeed).HasMaxLength(1_000);
    }
}
