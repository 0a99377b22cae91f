using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Components.Pages.Schedule;

/// <summary>The month: a table of days. Appointments go to another day, at their time of day, by pointer, finger or keyboard.</summary>
public sealed partial class MonthGrid : IAsyncDisposable
{
    private const int Shown = 4;

    private ElementReference _root;
    private LocalDate _cursor;
    private bool _focusNext;
    private object? _drawn;
    private ILookup<LocalDate, AppointmentCard> _cards = Array.Empty<AppointmentCard>().ToLookup(_ => default(LocalDate));
    private Dictionary<AppointmentId, int> _index = [];
    private AppointmentCard? _focused;
    private string _said = "";
    private IJSObjectReference? _module;
    private IJSObjectReference? _pointer;
    private DotNetObjectReference<MonthGrid>? _self;
    private bool _isGone;

    [Inject]
    internal IJSRuntime Script { get; init; } = null!;

    [Parameter, EditorRequired]
    public VisibleDays Days { get; set; } = null!;

    [Parameter, EditorRequired]
    public ScheduleRange Range { get; set; } = ScheduleRange.Empty;

    [Parameter, EditorRequired]
    public ScheduleDirectory Directory { get; set; } = ScheduleDirectory.Empty;

    [Parameter, EditorRequired]
    public DateTimeZone Zone { get; set; } = DateTimeZone.Utc;

    [Parameter, EditorRequired]
    public LocalDate Today { get; set; }

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public bool IsBusy { get; set; }

    [Parameter]
    public EventCallback<AppointmentCard> OnOpen { get; set; }

    [Parameter]
    public EventCallback<LocalDate> OnDay { get; set; }

    [Parameter]
    public EventCallback<Proposal> OnMove { get; set; }

    [Parameter]
    public EventCallback<int> OnStep { get; set; }

    /// <summary>An appointment was dropped on a day.</summary>
    [JSInvokable]
    public Task DroppedAsync(int item, string day) =>
        item >= 0 && item < Range.Appointments.Count && LocalDatePattern.Iso.Parse(day) is { Success: true } date
            && Days.Days.Contains(date.Value)
            ? ProposeAsync(Range.Appointments[item], date.Value)
            : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _isGone = true;
        try
        {
            if (_pointer is not null)
            {
                await _pointer.InvokeVoidAsync("dispose");
                await _pointer.DisposeAsync();
            }

            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has disconnected, so there is nothing to clean up.
        }

        _self?.Dispose();
    }

    protected override void OnParametersSet()
    {
        _cards = Range.Appointments.ToLookup(card => ScheduleTexts.Local(card.Start, Zone).Date);
        _index = Range.Appointments.Select((card, index) => (card.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index);
        _focused = _focused is { } card && _index.TryGetValue(card.Id, out var at) ? Range.Appointments[at] : null;
        if (!Equals(_drawn, Days))
        {
            _drawn = Days;
            _moving = null;
            _cursor = Days.Days.Contains(_cursor) ? _cursor : Days.Date;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await Script.InvokeAsync<IJSObjectReference>("import", "./Components/Pages/Schedule/MonthGrid.razor.js");
            if (_isGone)
            {
                // The user left while the script was loading.
                await _module.DisposeAsync();
                return;
            }

            _self = DotNetObjectReference.Create(this);
            _pointer = await _module.InvokeAsync<IJSObjectReference>("attach", _root, _self);
        }

        if (_focusNext && _pointer is not null)
        {
            _focusNext = false;
            await _pointer.InvokeVoidAsync("focus");
        }
    }

    private int ColorOf(AppointmentCard card) => Directory.Calendar(card.CalendarId)?.Color ?? 0;

    private string Class(LocalDate day) =>
        $"{(day == Today ? "today" : "")} {(day.Month == Days.Date.Month ? "" : "other")} {(_moving?.Day == day ? "target" : "")}";

    /// <summary>The same time of day on another day; where the clocks leave it out, the first time after.</summary>
    private Task ProposeAsync(AppointmentCard card, LocalDate day)
    {
        if (card is not { IsMine: true } || !card.Status.IsActive())
        {
            _said = "This appointment is not yours to move.";
            StateHasChanged();
            return Task.CompletedTask;
        }

        var start = Zone.ResolveLocal(day + ScheduleTexts.Local(card.Start, Zone).TimeOfDay, Resolvers.LenientResolver).ToInstant()
            .ToDateTimeOffset();
        var proposal = new Proposal(card, start, start + (card.End - card.Start), null);
        return proposal.IsSame ? Task.CompletedTask : OnMove.InvokeAsync(proposal);
    }
}
