namespace ZoomCalendar.Web.Connect;

/// <summary>The result of a round trip. Its name in lower case is the <c>zoom</c> parameter of the return address.</summary>
public enum ConnectResult
{
    Connected,
    Declined,
    Expired,
    Failed,
    Foreign,
    NoState,
    Missing,
    Settings,
    Approval,
    NotAMember,

    /// <summary>This and the following values: why a meeting was not started.</summary>
    StartNoMeeting,
    StartNotConnected,
    StartGone,
    StartNoAnswer,
}
