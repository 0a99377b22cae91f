using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Core.Meetings;

/// <content>
/// The daily quota. Requests that other programs send on the same Zoom account are not counted here, so the sentences say what this app
/// sent.
/// </content>
public static partial class LinkDescriber
{
    private const string AfterReset = "Bookings continue. Links that are still wanted after 00:00 UTC are then made automatically.";

    /// <summary>The state of the quota in one sentence.</summary>
    public static StaffSentence OnQuota(QuotaStatus day) => new(Warning(day).Text is { Length: > 0 } warning
        ? warning
        : $"This app has sent {day.Used} of today's {QuotaDay.Limit} requests.");

    /// <summary>A warning before requests run out; empty while there are enough.</summary>
    public static StaffSentence Warning(QuotaStatus day) => new(day switch
    {
        { IsUsedUpElsewhere: true } =>
            $"Nothing more can be sent to Zoom today: Zoom says so, other apps count too. This app has sent {Requests(day.Used)}. "
                + $"{AfterReset}",
        { UsedUp: true } => $"Nothing more can be sent to Zoom today. {AfterReset}",
        { Used: >= QuotaLedger.NearLimit, IsScarce: true } =>
            $"{day.Used} of today's {QuotaDay.Limit} requests are used. Links come first; deletions and changes of later meetings "
                + "wait for 00:00 UTC.",
        { Used: >= QuotaLedger.NearLimit } =>
            $"{day.Used} of today's {QuotaDay.Limit} requests are used. When they run short, links come first.",
        _ => "",
    });

    /// <summary>The figure shown large on the quota meter.</summary>
    public static string Headline(QuotaStatus day) => day.IsUsedUpElsewhere ? "None left" : $"{day.Used} of {QuotaDay.Limit}";

    /// <summary>The quota meter's text for screen readers.</summary>
    public static string ForScreenReader(QuotaStatus day) =>
        day.IsUsedUpElsewhere ? $"none left, {day.Used} sent by this app" : $"{day.Used} used, {day.Left} left";

    /// <summary>The sentence stored with a quota event.</summary>
    /// <param name="kind"><see cref="EventKind.QuotaNear"/> or <see cref="EventKind.QuotaUsedUp"/>.</param>
    /// <param name="used">Requests counted by this app today.</param>
    public static StaffSentence OnQuotaEvent(EventKind kind, int used) => new(kind switch
    {
        EventKind.QuotaNear =>
            $"This app has sent {QuotaLedger.NearLimit} of today's {QuotaDay.Limit} Zoom requests. What does not fit goes out "
                + "after 00:00 UTC.",
        _ when used < QuotaDay.Limit =>
            $"Zoom says that today's requests are used up. This app has sent {Requests(used)}; other apps on the same Zoom "
                + "account count too. What is still wanted after 00:00 UTC goes out then automatically.",
        _ => $"This app has sent today's {QuotaDay.Limit} Zoom requests. What is still wanted after 00:00 UTC goes out then automatically.",
    });

    private static string Requests(int count) => $"{count} of the {QuotaDay.Limit}";
}
