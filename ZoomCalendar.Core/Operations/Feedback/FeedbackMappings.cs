using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ZoomCalendar.Core.Accounts;

namespace ZoomCalendar.Core.Operations.Feedback;

internal sealed class ArticleFeedbackMapping : IEntityTypeConfiguration<ArticleFeedback>
{
    public void Configure(EntityTypeBuilder<ArticleFeedback> builder)
    {
        builder.ToTable("article_feedback");
        builder.HasKey(feedback => feedback.Id);
        builder.Property(feedback => feedback.Id).ValueGeneratedNever();
        builder.Property(feedback => feedback.Article).HasMaxLength(ArticleFeedback.ArticleMaxLength);
        builder.Property(feedback => feedback.Text).HasMaxLength(ArticleFeedback.TextMaxLength);
        builder.HasOne<SubAccount>().WithMany().HasForeignKey(feedback => feedback.SubAccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(feedback => new { feedback.SubAccountId, feedback.At });
    }
}
