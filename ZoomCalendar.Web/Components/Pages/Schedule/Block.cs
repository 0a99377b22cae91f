using Microsoft.Extensions.Localization;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Meetings;

namespace ZoomCalendar.Web.Components.Pages.Schedule;

/// <summary>What the calendar draws as one card: an appointment, or a slot of several seats with all its people.</summary>
public sealed record Block
{
    private const int NamesShown = 3;

    private Block(IReadOnlyList<AppointmentCard> cards, ScheduleCalendar? calendar, bool isSlot)
    {
        (Cards, Calendar, IsSlot) = (cards, calendar, isSlot);
        Active = [.. cards.Where(card => card.Status.IsActive())];
        First = Active.Count > 0 ? Active[0] : cards[0];
    }

    /// <summary>The appointments: one, or all of the slot that are shown.</summary>
    public IReadOnlyList<AppointmentCard> Cards { get; }

    /// <summary>Null: not visible to the viewer any more.</summary>
    public ScheduleCalendar? Calendar { get; }

    /// <summary>The card stands for a slot that several people can book.</summary>
    public bool IsSlot { get; }

    public IReadOnlyList<AppointmentCard> Active { get; }

    /// <summary>The appointment whose time, host and link the card shows.</summary>
    public AppointmentCard First { get; }

    public DateTimeOffset Start => First.Start;

    public DateTimeOffset End => (Active.Count > 0 ? Active : Cards).Max(card => card.End);

    public bool IsActive => Active.Count > 0;

    public bool IsMine => First.IsMine;

    /// <summary>Moving it moves several appointments.</summary>
    public bool IsShared => Active.Count > 1;

    public string CalendarName => Calendar?.Name ?? "";

    public int Color => Calendar?.Color ?? 0;

    public string Title => IsSlot && CalendarName.Length > 0 ? CalendarName : First.Title;

    /// <summary>The same for the same appointment or slot when the calendar is read again.</summary>
    public object Key => IsSlot ? First.Slot : First.Id;

    /// <summary>The people of the slot: the first few, and how many more.</summary>
    public string People
    {
        get
        {
            var names = string.Join(", ", Active.Take(NamesShown).Select(card => card.Title));
            return Active.Count > NamesShown ? $"{names} +{Active.Count - NamesShown}" : names;
        }
    }

    /// <summary>The appointment whose link needs the most attention: it is what the card tells of the link.</summary>
    public AppointmentCard Linked => Active.Count > 0 ? Active.MaxBy(card => Attention(card.Link.State))! : First;

    /// <summary>The one link of everybody on the card; null: there is none, or they have different ones.</summary>
    public string? JoinUrl => Active.Select(card => card.Link.JoinUrl).Distinct().ToList() is [var one] ? one : null;

    /// <summary>One block for each appointment, or for each slot of several seats. In the order of the appointments.</summary>
    public static IReadOnlyList<Block> Of(IReadOnlyList<AppointmentCard> cards, ScheduleDirectory directory) =>
    [
        .. cards.GroupBy(card => card.Slot).SelectMany(slot =>
        {
            var calendar = directory.Calendar(slot.Key.CalendarId);
            return calendar is { Seats: > 1 } || slot.Count(card => card.Status.IsActive()) > 1
                ? [new Block([.. slot], calendar, true)]
                : slot.Select(card => new Block([card], calendar, false));
        }),
    ];

    /// <summary>One block for each appointment: the results of a search are people.</summary>
    public static IReadOnlyList<Block> Single(IReadOnlyList<AppointmentCard> cards, ScheduleDirectory directory) =>
        [.. cards.Select(card => new Block([card], directory.Calendar(card.CalendarId), false))];

    /// <summary>"8 of 8"; without a number of seats, or with one seat booked twice, "2 booked".</summary>
    internal string Seats(IStringLocalizer<ScheduleStrings> loc) =>
        Calendar is { Seats: > 1 and var seats } ? loc["{0} of {1}", Active.Count, seats] : loc["{0} booked", Active.Count];

    internal string SeatsBooked(IStringLocalizer<ScheduleStrings> loc) =>
        Calendar is { Seats: > 1 and var seats } ? loc["{0} of {1} seats booked", Active.Count, seats] : Seats(loc);

    private static int Attention(LinkState state) => state switch
    {
        LinkState.Missed or LinkState.Stopped => 5,
        LinkState.Waiting => 4,
        LinkState.Unmanaged => 3,
        LinkState.OnItsWay => 2,
        LinkState.Ready => 1,
        _ => 0,
    };
}
