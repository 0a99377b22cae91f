using System.Diagnostics;
using ZoomCalendar.Core.Integrations;

namespace ZoomCalendar.Web.Api;

/// <summary>The values that the API's pipeline stores on a request.</summary>
internal static class ApiContext
{
    private static readonly object HolderKey = new();
    private static readonly object FaultKey = new();

    public static string ApiTraceId(this HttpContext http) => Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;

    public static TokenHolder? Holder(this HttpContext http) => http.Items[HolderKey] as TokenHolder;

    public static void Admit(this HttpContext http, TokenHolder holder) => http.Items[HolderKey] = holder;

    /// <summary>The reason for a 401.</summary>
    public static string? Fault(this HttpContext http) => http.Items[FaultKey] as string;

    public static void Refuse(this HttpContext http, string fault) => http.Items[FaultKey] = fault;
}
