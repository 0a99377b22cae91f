using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Web.Booking;

public sealed record WaitingListPageModel(PublicCalendar Calendar, WaitingPlace Place, string Token, PublicSentence? Problem);
