using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ZoomCalendar.Core.Accounts;

namespace ZoomCalendar.Core.Appointments.Contacts;

internal sealed class ContactMapping : IEntityTypeConfiguration<Contact>
{
    public void Configure(EntityTypeBuilder<Contact> builder)
    {
        builder.ToTable("contacts");
        builder.HasKey(contact => contact.Id);
        builder.Property(contact => contact.Id).ValueGeneratedNever();
        builder.Property(contact => contact.NormalizedEmail).HasMaxLength(Booker.EmailMaxLength);
        builder.Property(contact => contact.SearchText).UsePropertyAccessMode(PropertyAccessMode.Property);
        builder.ComplexProperty(contact => contact.Booker, BookerMapping.Configure);

        builder.HasOne<SubAccount>().WithMany().HasForeignKey(contact => contact.SubAccountId).OnDelete(DeleteBehavior.Cascade);

        builder.HasIndex(contact => new { contact.SubAccountId, contact.NormalizedEmail }).IsUnique();
    }
}
