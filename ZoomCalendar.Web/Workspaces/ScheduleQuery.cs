using NodaTime;
using NodaTime.Text;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Workspaces;

public enum ScheduleView
{
    Day,
    Week,
    Month,
    Agenda,
}

/// <summary>
/// The state of the staff calendar that is in its address, so that a reload, or a colleague with the link, sees the same.
/// </summary>
public sealed record ScheduleQuery
{
    /// <summary>Null: not in the address; a week, or a day on a phone.</summary>
    public ScheduleView? View { get; init; }

    /// <summary>Null: today.</summary>
    public LocalDate? Date { get; init; }

    public ScheduleFilter Filter { get; init; } = ScheduleFilter.Everything;

    /// <summary>The appointment whose details are open.</summary>
    public AppointmentId? Open { get; init; }

    /// <summary>Invalid parts are ignored: a mistyped address shows the default, not an error.</summary>
    public static ScheduleQuery Parse(
        string? view, string? date, string? who, string? calendars, string? search, string? cancelled, string? open) =>
        new()
        {
            View = Enum.TryParse<ScheduleView>(view, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) ? parsed : null,
            Date = LocalDatePattern.Iso.Parse(date ?? "") is { Success: true } day && day.Value.Year is > 1900 and < 2200
            ? day.Value
            : null,
            Filter = new ScheduleFilter
            {
                Members = [.. Ids(who).Select(id => new UserId(id))],
                Calendars = [.. Ids(calendars).Select(id => new CalendarId(id))],
                Search = search is { Length: > 0 } ? StorableText.Shorten(search, 100) : "",
                WithCancelled = cancelled is "1",
            },
            Open = Guid.TryParse(open, out var id) ? new AppointmentId(id) : null,
        };

    public string ToUrl(string path)
    {
        var parts = new List<string>();
        Add("view", View?.ToString().ToLowerInvariant());
        Add("date", Date is { } date ? LocalDatePattern.Iso.Format(date) : null);
        Add("who", string.Join(',', Filter.Members.Select(id => id.Value.ToString("N"))));
        Add("calendars", string.Join(',', Filter.Calendars.Select(id => id.Value.ToString("N"))));
        Add("q", Uri.EscapeDataString(Filter.Search));
        Add("cancelled", Filter.WithCancelled ? "1" : null);
        Add("open", Open?.Value.ToString("N"));
        return parts.Count == 0 ? path : $"{path}?{string.Join('&', parts)}";

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                parts.Add($"{name}={value}");
            }
        }
    }

    private static IEnumerable<Guid> Ids(string? list) =>
        (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Take(100)
            .Select(part => Guid.TryParse(part, out var id) ? id : Guid.Empty)
            .Where(id => id != Guid.Empty);
}
