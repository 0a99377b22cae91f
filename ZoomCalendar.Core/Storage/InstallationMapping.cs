using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ZoomCalendar.Core.Storage;

internal sealed class InstallationMapping : IEntityTypeConfiguration<Installation>
{
    public void Configure(EntityTypeBuilder<Installation> builder)
    {
        builder.ToTable("installation");
        builder.HasKey(installation => installation.Id);
        builder.Property(installation => installation.Id).ValueGeneratedNever();
        builder.Property(installation => installation.InstallationId).HasMaxLength(20);
        builder.Property(installation => installation.WrappedHashKey).HasMaxLength(200);
    }
}
