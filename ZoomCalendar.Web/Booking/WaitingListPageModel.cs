using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Web.Booking;

public sealed record WaitingListPageModel(
    PublicCalendar Calendar, WaitingPosition Place, string Token, PublicSentence? Problem, VisitorClock Clock);
