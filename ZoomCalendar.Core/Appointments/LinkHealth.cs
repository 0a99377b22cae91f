using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Appointments;

/// <summary>The Zoom links of the upcoming appointments that a viewer answers for: their own as a host, for admins everybody's.</summary>
/// <param name="Ready">Links that are ready and managed.</param>
/// <param name="Problems">The others, grouped by host and sentence. Those that need somebody come first, then the soonest.</param>
/// <param name="HasMore">There are more than <see cref="Most"/> with a ready link or without; the others are left out.</param>
public sealed record LinkHealth(int Ready, IReadOnlyList<LinkProblem> Problems, bool HasMore = false)
{
    /// <summary>The most appointments that are read.</summary>
    public const int Most = 500;

    /// <summary>For viewers who answer for no appointment.</summary>
    public static readonly LinkHealth Empty = new(0, []);

    /// <summary>Appointments whose link comes without anybody's action.</summary>
    public int Waiting => Problems.Where(problem => !problem.NeedsSomebody).Sum(problem => problem.Appointments.Count);

    /// <summary>Appointments whose link needs somebody.</summary>
    public int Needy => Problems.Where(problem => problem.NeedsSomebody).Sum(problem => problem.Appointments.Count);
}

/// <summary>Upcoming appointments of one host whose links have the same state.</summary>
/// <param name="Host">The host; null if the appointment has none.</param>
/// <param name="HostName">The host's name.</param>
/// <param name="Link">The facts of the last of these links.</param>
/// <param name="Sentence">What to know, as the appointment's own page says it.</param>
/// <param name="Appointments">The appointments, the soonest first.</param>
public sealed record LinkProblem(
    UserId? Host, string HostName, LinkFacts Link, StaffSentence Sentence, IReadOnlyList<AppointmentId> Appointments)
{
    /// <summary>The host has to connect, or connect again.</summary>
    public bool NeedsConnection => Link.WaitingFor is WaitingFor.Connection or WaitingFor.Reconnection or WaitingFor.Approval;

    /// <summary>Nothing changes until somebody acts.</summary>
    public bool NeedsSomebody => NeedsConnection || Link.State is LinkState.Stopped || Link.WaitingFor is WaitingFor.HostPermission;
}
