using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;

namespace ZoomCalendar.Core.Appointments.Waiting;

internal sealed class WaitingEntryMapping : IEntityTypeConfiguration<WaitingEntry>
{
    public void Configure(EntityTypeBuilder<WaitingEntry> builder)
    {
        builder.ToTable("waiting_entries");
        builder.HasKey(entry => entry.Id);
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.Property(entry => entry.NormalizedEmail).HasMaxLength(Booker.EmailMaxLength);
        builder.Property(entry => entry.Notes).HasMaxLength(Appointment.NotesMaxLength);
        builder.Property(entry => entry.LocationAnswer).HasMaxLength(MeetingLocation.DetailMaxLength);
        builder.Property(entry => entry.Version).IsConcurrencyToken();
        builder.Ignore(entry => entry.Seat);
        builder.ComplexProperty(entry => entry.Booker, BookerMapping.Configure);
        builder.HasOne<SubAccount>().WithMany().HasForeignKey(entry => entry.SubAccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Calendar>().WithMany().HasForeignKey(entry => entry.CalendarId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(entry => new { entry.CalendarId, entry.Start, entry.NormalizedEmail }).IsUnique();
        builder.HasIndex(entry => entry.Start);
        builder.HasIndex(entry => entry.FormId);
        builder.HasIndex(entry => new { entry.SubAccountId, entry.NormalizedEmail });
    }
}
