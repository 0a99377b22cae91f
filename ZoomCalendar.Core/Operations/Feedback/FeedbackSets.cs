using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Operations.Feedback;

/// <summary>
/// The tables of this room. Inside an expression tree use <c>db.Set&lt;T&gt;()</c>: C# does not allow extension members there.
/// </summary>
public static class FeedbackSets
{
    extension(ZoomCalendarContext db)
    {
        public DbSet<ArticleFeedback> ArticleFeedback => db.Set<ArticleFeedback>();
    }
}
