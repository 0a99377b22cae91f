using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ZoomCalendar.Core.Events;

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

internal sealed class EventReaderMapping : IEntityTypeConfiguration<EventReader>
{
    public void Configure(EntityTypeBuilder<EventReader> builder)
    {
        builder.ToTable("event_readers");
        builder.HasKey(reader => reader.Name);
        builder.Property(reader => reader.Name).HasMaxLength(EventReader.NameMaxLength);
        builder.Property(reader => reader.Missing).HasMaxLength(EventReader.MissingMaxLength);
        builder.Property(reader => reader.Version).IsConcurrencyToken();
    }
}
