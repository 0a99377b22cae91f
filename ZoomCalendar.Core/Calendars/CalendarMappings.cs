using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ZoomCalendar.Core.Accounts;

namespace ZoomCalendar.Core.Calendars;

internal sealed class CalendarMapping : IEntityTypeConfiguration<Calendar>
{
    public void Configure(EntityTypeBuilder<Calendar> builder)
    {
        builder.ToTable("calendars");
        builder.HasKey(calendar => calendar.Id);
        builder.Property(calendar => calendar.Id).ValueGeneratedNever();
        builder.Property(calendar => calendar.Name).HasMaxLength(Calendar.NameMaxLength);
        // The column "Slug" keeps what the version before reads and writes, unique in the installation: see CalendarAddressColumns.
        builder.Property(calendar => calendar.OldAddress).HasColumnName("Slug").HasMaxLength(Calendar.SlugMaxLength);
        builder.Property(calendar => calendar.Slug).HasColumnName("Address").HasMaxLength(Calendar.SlugMaxLength).IsRequired(false);
        builder.Property(calendar => calendar.Description).HasMaxLength(Calendar.DescriptionMaxLength);
        builder.Property(calendar => calendar.TimeZone).HasMaxLength(User.TimeZoneMaxLength);
        builder.Property(calendar => calendar.EmbedOrigins).HasMaxLength(Calendars.EmbedOrigins.MaxLength);
        builder.Property(calendar => calendar.ReminderMinutes).HasMaxLength(Calendars.Reminders.MaxLength);
        builder.Property(calendar => calendar.RowVersion).IsConcurrencyToken();
        builder.ComplexProperty(calendar => calendar.Rules);
        builder.ComplexProperty(calendar => calendar.MeetingSettings, settings =>
            settings.Property(value => value.Passcode).HasMaxLength(10));
        builder.ComplexProperty(calendar => calendar.Location, location =>
            location.Property(value => value.Detail).HasMaxLength(MeetingLocation.DetailMaxLength));
        builder.HasOne<SubAccount>().WithMany().HasForeignKey(calendar => calendar.SubAccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(calendar => calendar.Members).WithOne().HasForeignKey(member => member.CalendarId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(calendar => calendar.SubAccountId);
        builder.HasIndex(calendar => calendar.OldAddress).IsUnique();
        builder.HasIndex(calendar => new { calendar.SubAccountId, calendar.Slug }).IsUnique();
    }
}

internal sealed class CalendarMemberMapping : IEntityTypeConfiguration<CalendarMember>
{
    public void Configure(EntityTypeBuilder<CalendarMember> builder)
    {
        builder.ToTable("calendar_members");
        builder.HasKey(member => new { member.CalendarId, member.UserId });
        builder.ComplexProperty(member => member.Location, location =>
            location.Property(value => value.Detail).HasMaxLength(MeetingLocation.DetailMaxLength));
        builder.HasOne<User>().WithMany().HasForeignKey(member => member.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(member => member.UserId);
    }
}

internal sealed class BlockedTimeMapping : IEntityTypeConfiguration<BlockedTime>
{
    public void Configure(EntityTypeBuilder<BlockedTime> builder)
    {
        builder.ToTable("blocked_times");
        builder.HasKey(blocked => blocked.Id);
        builder.Property(blocked => blocked.Id).ValueGeneratedNever();
        builder.Property(blocked => blocked.Title).HasMaxLength(BlockedTime.TitleMaxLength);
        builder.Property(blocked => blocked.Version).IsConcurrencyToken();
        builder.HasOne<SubAccount>().WithMany().HasForeignKey(blocked => blocked.SubAccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(blocked => new { blocked.UserId, blocked.End });
        builder.HasIndex(blocked => new { blocked.CalendarId, blocked.End });
    }
}
