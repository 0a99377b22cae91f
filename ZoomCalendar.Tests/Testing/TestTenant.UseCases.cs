using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Reconciliation;

namespace ZoomCalendar.Tests.Testing;

/// <content>The use cases as the app composes them.</content>
internal sealed partial class TestTenant
{
    public Team Team => new(
        Database,
        [new ConnectionMembershipRule(Connections), new CalendarMembershipRule(), new HostedAppointmentsRule(), new TokenMembershipRule()],
        Signals);

    public CalendarSettings CalendarSettings => new(Database, new CalendarAppointments(), Signals);

    public CalendarWriter CalendarWriter => new(Database, new CalendarAppointments(), Signals);

    public CalendarQueries CalendarQueries => new(Database, new CalendarAppointments());

    public WaitingList WaitingList => new(Database, Book, new WaitingListMessageQueue(), Signals);

    public DisconnectForecaster DisconnectForecast => new(Database, new ConnectionReader(Database), Connections, new AccountMeetings());

    /// <summary>Without a Zoom: it can end connections, not make them.</summary>
    public ZoomConnections Connections => new(Database, null!, null!, new AccountMeetings(), Signals);
}
