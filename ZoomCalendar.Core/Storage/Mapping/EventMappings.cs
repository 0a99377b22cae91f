using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ZoomCalendar.Core.Events;

namespace ZoomCalendar.Core.Storage.Mapping;

internal sealed class EventMapping : IEntityTypeConfiguration<Event>
{
    public void Configure(EntityTypeBuilder<Event> builder)
    {
        builder.ToTable("events");
        builder.HasKey(entry => entry.Id);
        builder.Property(entry => entry.Detail).HasMaxLength(1_000);
        builder.HasIndex(entry => new { entry.SubAccountId, entry.Id });
        builder.HasIndex(entry => entry.AppointmentId);
    }
}

internal sealed class InstallationMapping : IEntityTypeConfiguration<Installation>
{
    public void Configure(EntityTypeBuilder<Installation> builder)
    {
        builder.ToTable("installation");
        builder.HasKey(installation => installation.Id);
        builder.Property(installation => installation.Id).ValueGeneratedNever();
        builder.Property(installation => installation.InstallationId).HasMaxLength(20);
    }
}
