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
        // The activity by topic, by person and by the meeting of an appointment, and the last event of a kind.
        builder.HasIndex(entry => new { entry.SubAccountId, entry.Kind, entry.Id });
        builder.HasIndex(entry => new { entry.SubAccountId, entry.UserId, entry.Id });
        builder.HasIndex(entry => new { entry.SubAccountId, entry.ActorId, entry.Id }).HasFilter("\"ActorId\" IS NOT NULL");
        builder.HasIndex(entry => new { entry.SubAccountId, entry.SlotMeetingId })
            .HasFilter("\"AppointmentId\" IS NULL AND \"SlotMeetingId\" IS NOT NULL");
        builder.HasIndex(entry => new { entry.SubAccountId, entry.UserId }, "IX_events_given_to_another_host")
            .HasFilter($"\"Kind\" = '{EventKind.AppointmentMoved}' AND \"FormerUserId\" <> \"UserId\"");
        // The bell. A query uses it only if it has the same list, in the same order, as constants.
        builder.HasIndex(entry => new { entry.SubAccountId, entry.At }, "IX_events_notices")
            .HasFilter($"\"Kind\" IN ({string.Join(", ", Event.NoticeKinds.Select(kind => $"'{kind}'"))})");
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
