using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Messages;

/// <summary>
/// The tables of this room. Inside an expression tree use <c>db.Set&lt;T&gt;()</c>: C# does not allow extension members there.
/// </summary>
public static class MessageSets
{
    extension(ZoomCalendarContext db)
    {
        public DbSet<Message> Messages => db.Set<Message>();

        public DbSet<MessageTemplate> MessageTemplates => db.Set<MessageTemplate>();
    }
}
