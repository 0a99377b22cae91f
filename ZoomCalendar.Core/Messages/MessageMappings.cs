using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;

namespace ZoomCalendar.Core.Messages;

internal sealed class MessageMapping : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> builder)
    {
        builder.ToTable("messages");
        builder.HasKey(message => message.Id);
        builder.Property(message => message.Id).ValueGeneratedNever();
        builder.Property(message => message.Address).HasMaxLength(Message.AddressMaxLength);
        builder.Property(message => message.Subject).HasMaxLength(Message.SubjectMaxLength);
        builder.Property(message => message.LastError).HasMaxLength(Message.ErrorMaxLength);
        builder.HasOne<SubAccount>().WithMany().HasForeignKey(message => message.SubAccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Appointment>().WithMany().HasForeignKey(message => message.AppointmentId).OnDelete(DeleteBehavior.Cascade);
        // Two indexes, because databases disagree on whether NULL values are distinct in a unique index.
        builder.HasIndex(
            message => new { message.EventId, message.Receiver, message.Kind, message.MinutesBefore },
            "IX_messages_once_to_booker").IsUnique().HasFilter("\"UserId\" IS NULL");
        builder.HasIndex(
            message => new { message.EventId, message.Receiver, message.Kind, message.MinutesBefore, message.UserId },
            "IX_messages_once_to_user").IsUnique().HasFilter("\"UserId\" IS NOT NULL");
        builder.HasIndex(message => message.DueAt).HasFilter("\"State\" = 'Waiting'");
        builder.HasIndex(message => message.AppointmentId);
        // Named, because the index below begins with the same column, but has some of the rows only.
        builder.HasIndex(message => message.SubAccountId);
        // Messages to bookers without an appointment, such as those about waiting lists, are found by their address.
        builder.HasIndex(message => new { message.SubAccountId, message.CreatedAt, message.Address }, "IX_messages_to_bookers_alone")
            .HasFilter("\"AppointmentId\" IS NULL AND \"Receiver\" = 'Booker'");
    }
}

internal sealed class MessageTemplateMapping : IEntityTypeConfiguration<MessageTemplate>
{
    public void Configure(EntityTypeBuilder<MessageTemplate> builder)
    {
        builder.ToTable("message_templates");
        builder.HasKey(template => new { template.SubAccountId, template.Kind, template.Receiver });
        builder.Property(template => template.Subject).HasMaxLength(Message.SubjectMaxLength);
        builder.Property(template => template.Body).HasMaxLength(MessageTemplate.BodyMaxLength);
        builder.Property(template => template.Version).IsConcurrencyToken();
        builder.HasOne<SubAccount>().WithMany().HasForeignKey(template => template.SubAccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
