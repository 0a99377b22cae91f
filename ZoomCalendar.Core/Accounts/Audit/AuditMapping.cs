using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ZoomCalendar.Core.Accounts.Audit;

internal sealed class AuditEntryMapping : IEntityTypeConfiguration<AuditEntry>
{
    // No foreign keys: the log outlives what it is about.
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_log");
        builder.HasKey(entry => entry.Id);
        builder.Property(entry => entry.Subject).HasMaxLength(AuditEntry.SubjectMaxLength);
        builder.Property(entry => entry.Address).HasMaxLength(Session.AddressMaxLength);
        builder.Property(entry => entry.Device).HasMaxLength(Session.DeviceMaxLength);
        // A page of a sub-account's log: of all, of a kind, of a person, of both.
        builder.HasIndex(entry => new { entry.SubAccountId, entry.Id });
        builder.HasIndex(entry => new { entry.SubAccountId, entry.Kind, entry.Id });
        builder.HasIndex(entry => new { entry.SubAccountId, entry.UserId, entry.Id });
        builder.HasIndex(entry => new { entry.SubAccountId, entry.UserId, entry.Kind, entry.Id });
        builder.HasIndex(entry => entry.At);
    }
}
