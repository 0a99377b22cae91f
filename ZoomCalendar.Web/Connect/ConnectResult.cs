namespace ZoomCalendar.Web.Connect;

/// <summary>What became of a round trip; its name, in lower case, is the <c>zoom</c> parameter of the page that one gets back to.</summary>
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

    /// <summary>From here on: why a meeting was not started.</summary>
    StartNoMeeting,
    StartNotConnected,
    StartGone,
    StartNoAnswer,
}
