using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Meetings;

namespace ZoomCalendar.Core.Appointments;

internal sealed class AppointmentMapping : IEntityTypeConfiguration<Appointment>
{
    public void Configure(EntityTypeBuilder<Appointment> builder)
    {
        builder.ToTable("appointments");
        builder.HasKey(appointment => appointment.Id);
        builder.Property(appointment => appointment.Id).ValueGeneratedNever();
        builder.Property(appointment => appointment.Title).HasMaxLength(Appointment.TitleMaxLength);
        builder.Property(appointment => appointment.Notes).HasMaxLength(Appointment.NotesMaxLength);
        builder.Property(appointment => appointment.TimeZone).HasMaxLength(User.TimeZoneMaxLength);
        builder.Property(appointment => appointment.Version).IsConcurrencyToken();
        builder.Property(appointment => appointment.NormalizedEmail).HasMaxLength(Booker.EmailMaxLength)
            .UsePropertyAccessMode(PropertyAccessMode.Property);
        builder.Property(appointment => appointment.SearchText).UsePropertyAccessMode(PropertyAccessMode.Property);
        builder.Property(appointment => appointment.SubmitHash).HasMaxLength(Submission.HashLength);
        builder.ComplexProperty(appointment => appointment.Booker, BookerMapping.Configure);
        builder.ComplexProperty(appointment => appointment.Location, location =>
            location.Property(value => value.Detail).HasMaxLength(MeetingLocation.DetailMaxLength));
        builder.HasOne<SubAccount>().WithMany().HasForeignKey(appointment => appointment.SubAccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Calendar>().WithMany().HasForeignKey(appointment => appointment.CalendarId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<SlotMeeting>().WithMany().HasForeignKey(appointment => appointment.SlotMeetingId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(appointment => new { appointment.SubAccountId, appointment.Start });
        builder.HasIndex(appointment => new { appointment.CalendarId, appointment.Start });
        builder.HasIndex(appointment => new { appointment.HostId, appointment.Start });
        builder.HasIndex(appointment => appointment.SlotMeetingId);
        builder.HasIndex(appointment => appointment.SubmitId).IsUnique();
        builder.HasIndex(appointment => appointment.FirstSubmitId);
        builder.HasIndex(appointment => new { appointment.SubAccountId, appointment.NormalizedEmail });
        // What an address, and what a host, has before them is found without reading what is over.
        builder.HasIndex(appointment => new { appointment.SubAccountId, appointment.NormalizedEmail, appointment.Start });
        builder.HasIndex(appointment => new { appointment.SubAccountId, appointment.HostId, appointment.Start });
        // The sweep of old bookers' data reads what is not erased yet, oldest first.
        builder.HasIndex(appointment => new { appointment.SubAccountId, appointment.Start }, "IX_appointments_not_erased")
            .HasFilter("\"ErasedAt\" IS NULL");
    }
}

internal sealed class BusyTimeMapping : IEntityTypeConfiguration<BusyTime>
{
    public void Configure(EntityTypeBuilder<BusyTime> builder)
    {
        builder.ToTable("taken_times");
        builder.HasKey(taken => new { taken.AppointmentId, taken.UserId });
        builder.HasOne<Appointment>().WithMany().HasForeignKey(taken => taken.AppointmentId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(taken => new { taken.UserId, taken.Start });
        builder.HasIndex(taken => new { taken.CalendarId, taken.Start });
    }
}

internal sealed class BusyTimeRowMapping : IEntityTypeConfiguration<BusyTimeRow>
{
    public void Configure(EntityTypeBuilder<BusyTimeRow> builder) => builder.HasNoKey().ToTable("Claims").ToSqlQuery(
        """
        SELECT "UserId", "AppointmentId", "CalendarId", "HostId", "Start", "End", "Start" AS "Reach", "BufferBeforeMinutes", "BufferAfterMinutes", FALSE AS "IsWaiting"
        FROM taken_times
        UNION ALL
        SELECT "UserId", NULL, "CalendarId", NULL, "Start", "End", "End", 0, 0, FALSE
        FROM blocked_times
        UNION ALL
        SELECT NULL, "Id", "CalendarId", NULL, "Start", "End", "Start", "BufferBeforeMinutes", "BufferAfterMinutes", FALSE
        FROM appointments WHERE "HostId" IS NULL AND "Status" IN ('New', 'Confirmed', 'Showed', 'NoShow')
        UNION ALL
        SELECT m."UserId", w."Id", w."CalendarId", m."UserId", w."Start", w."End", w."Start", 0, 0, w."State" = 'Waiting'
        FROM waiting_entries w JOIN calendar_members m ON m."CalendarId" = w."CalendarId"
        """);
}

/// <summary>The columns of a booker, the same in every table.</summary>
internal static class BookerMapping
{
    public static void Configure(ComplexPropertyBuilder<Booker> builder)
    {
        builder.Property(value => value.Name).HasMaxLength(Booker.NameMaxLength);
        builder.Property(value => value.Email).HasMaxLength(Booker.EmailMaxLength);
        builder.Property(value => value.Phone).HasMaxLength(Booker.PhoneMaxLength);
        builder.Property(value => value.TimeZone).HasMaxLength(User.TimeZoneMaxLength);
    }
}
