namespace ZoomCalendar.Web.Api.Answers;

/// <summary>What stands in every answer.</summary>
internal abstract record ApiAnswer
{
    /// <summary>Names this request; quote it when you ask for help.</summary>
    public string TraceId { get; set; } = "";
}
