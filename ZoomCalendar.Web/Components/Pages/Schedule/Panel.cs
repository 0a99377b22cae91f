using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Web.Components.Pages.Schedule;

/// <summary>The panel that is open over the schedule. At most one.</summary>
internal abstract record Panel
{
    /// <summary>The appointment it refers to. Null: none.</summary>
    public virtual AppointmentId? AppointmentId => null;

    public sealed record Book(DateTimeOffset? Start, UserId? Host) : Panel;

    public sealed record Details(AppointmentDetails Shown) : Panel
    {
        public override AppointmentId? AppointmentId => Shown.Card.Id;
    }

    /// <summary>Start, end and host after a drag, or unchanged.</summary>
    public sealed record Move(AppointmentDetails Shown, Proposal Proposal, bool WholeSlot) : Panel
    {
        public override AppointmentId? AppointmentId => Shown.Card.Id;
    }

    public sealed record Cancel(AppointmentDetails Shown, bool WholeSlot) : Panel
    {
        public override AppointmentId? AppointmentId => Shown.Card.Id;
    }

    /// <summary>The people of a slot. They are those that the calendar shows now.</summary>
    public sealed record People(Slot Slot) : Panel;

    public sealed record More(string Title, IReadOnlyList<Block> Blocks) : Panel;

    public sealed record Gone : Panel;
}
