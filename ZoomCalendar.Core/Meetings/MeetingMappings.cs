using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Core.Meetings;

internal sealed class SlotMeetingMapping : IEntityTypeConfiguration<SlotMeeting>
{
    public void Configure(EntityTypeBuilder<SlotMeeting> builder)
    {
        builder.ToTable("slot_meetings");
        builder.HasKey(meeting => meeting.Id);
        builder.Property(meeting => meeting.Id).ValueGeneratedNever();
        builder.Property(meeting => meeting.ZoomUserKey).HasMaxLength(ZoomAccount.KeyLength);
        builder.Property(meeting => meeting.ZoomUuid).HasMaxLength(ZoomMeeting.UuidMaxLength);
        builder.Property(meeting => meeting.JoinUrl).HasMaxLength(ZoomMeeting.JoinUrlMaxLength);
        builder.Property(meeting => meeting.Passcode).HasMaxLength(ZoomMeeting.PasswordMaxLength);
        builder.Property(meeting => meeting.LastError).HasMaxLength(500);
        builder.Property(meeting => meeting.Known).HasConversion(ContentJson, ByValue);
        builder.Property(meeting => meeting.InFlightContent).HasConversion(ContentJson, ByValue);
        builder.Property(meeting => meeting.LostCreations).HasConversion(LostJson, LostByValue);
        builder.Property(meeting => meeting.Version).IsConcurrencyToken();
        // At most one current meeting per slot, also under concurrent bookings.
        builder.HasIndex(meeting => new { meeting.CalendarId, meeting.HostId, meeting.Start })
            .IsUnique()
            .HasFilter("\"State\" IN ('Wanted', 'Live')");
        builder.HasIndex(meeting => new { meeting.CalendarId, meeting.HostId, meeting.Start }, "IX_slot_meetings_slot");
        builder.HasIndex(meeting => meeting.NextActionAt).HasFilter("\"NextActionAt\" IS NOT NULL");
        builder.HasIndex(meeting => new { meeting.ZoomUserKey, meeting.NextActionAt });
        builder.HasIndex(meeting => meeting.ZoomMeetingId).HasFilter("\"ZoomMeetingId\" IS NOT NULL");
        builder.HasIndex(meeting => new { meeting.HostId, meeting.SubAccountId, meeting.Start });
    }

    private static ValueConverter<MeetingContent?, string?> ContentJson { get; } = new(
        content => content == null ? null : JsonSerializer.Serialize(content, JsonSerializerOptions.Default),
        json => json == null ? null : JsonSerializer.Deserialize<MeetingContent>(json, JsonSerializerOptions.Default));

    private static ValueConverter<IReadOnlyList<UnresolvedCreation>, string> LostJson { get; } = new(
        lost => lost.Count == 0 ? "" : JsonSerializer.Serialize(lost, JsonSerializerOptions.Default),
        json => json == ""
            ? Array.Empty<UnresolvedCreation>()
            : JsonSerializer.Deserialize<UnresolvedCreation[]>(json, JsonSerializerOptions.Default)!);

    // The list is replaced, never modified, so the snapshot can be the list itself.
    private static ValueComparer<IReadOnlyList<UnresolvedCreation>> LostByValue { get; } = new(
        (left, right) => ReferenceEquals(left, right) || left!.SequenceEqual(right!),
        lost => lost.Count,
        lost => lost);

    private static ValueComparer<MeetingContent?> ByValue { get; } = new(
        (left, right) => Equals(left, right),
        content => content == null ? 0 : content.GetHashCode(),
        content => content);
}

internal sealed class QuotaDayMapping : IEntityTypeConfiguration<QuotaDay>
{
    public void Configure(EntityTypeBuilder<QuotaDay> builder)
    {
        builder.ToTable("quota_days", table =>
            table.HasCheckConstraint("CK_quota_days_never_more_than_the_limit", $"\"Used\" <= {QuotaDay.Limit}"));
        builder.HasKey(quota => new { quota.ZoomUserKey, quota.Day });
        builder.Property(quota => quota.ZoomUserKey).HasMaxLength(ZoomAccount.KeyLength);
    }
}
