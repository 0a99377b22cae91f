using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace ZoomCalendar.Web.Components.Pages.Schedule;

/// <summary>The month: a table of days. Appointments go to another day, at their time of day, by pointer, finger or keyboard.</summary>
public sealed partial class MonthGrid : IAsyncDisposable
{
    private const int Shown = 3;

    private ElementReference _root;
    private LocalDate _cursor;
    private bool _focusNext;
    private object? _drawn;
    private ILookup<LocalDate, Block> _blocks = Array.Empty<Block>().ToLookup(_ => default(LocalDate));
    private Dictionary<object, int> _index = [];
    private Block? _focused;
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
    public IReadOnlyList<Block> Blocks { get; set; } = [];

    [Parameter, EditorRequired]
    public DateTimeZone Zone { get; set; } = DateTimeZone.Utc;

    [Parameter, EditorRequired]
    public LocalDate Today { get; set; }

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public bool IsBusy { get; set; }

    [Parameter]
    public EventCallback<Block> OnOpen { get; set; }

    [Parameter]
    public EventCallback<LocalDate> OnDay { get; set; }

    [Parameter]
    public EventCallback<Proposal> OnMove { get; set; }

    [Parameter]
    public EventCallback<int> OnStep { get; set; }

    /// <summary>An appointment was dropped on a day.</summary>
    [JSInvokable]
    public Task DroppedAsync(int item, string day) =>
        item >= 0 && item < Blocks.Count && LocalDatePattern.Iso.Parse(day) is { Success: true } date
            && Days.Days.Contains(date.Value)
            ? ProposeAsync(Blocks[item], date.Value)
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
        _blocks = Blocks.ToLookup(block => ScheduleTexts.Local(block.Start, Zone).Date);
        _index = Blocks.Select((block, index) => (block.Key, index)).ToDictionary(pair => pair.Key, pair => pair.index);
        _focused = _focused is { } block && _index.TryGetValue(block.Key, out var at) ? Blocks[at] : null;
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

    private static int Count(IEnumerable<Block> blocks) => blocks.Sum(block => block.Cards.Count);

    private string DayLabel(LocalDate day, int appointments) => appointments == 1
        ? Loc["{0}, 1 appointment: show the day", ScheduleTexts.Day(day)]
        : Loc["{0}, {1} appointments: show the day", ScheduleTexts.Day(day), appointments];

    private string Class(LocalDate day)
    {
        var time = day == Today ? "today" : day < Today ? "past" : "";
        return $"{time} {(day.Month == Days.Date.Month ? "" : "other")} {(_moving?.Day == day ? "target" : "")}";
    }

    /// <summary>The same time of day on another day; where the clocks leave it out, the first time after.</summary>
    private Task ProposeAsync(Block block, LocalDate day)
    {
        if (block is not { IsMine: true, IsActive: true })
        {
            _said = Loc["You cannot move this appointment."];
            StateHasChanged();
            return Task.CompletedTask;
        }

        var card = block.First;
        var start = Zone.ResolveLocal(day + ScheduleTexts.Local(card.Start, Zone).TimeOfDay, Resolvers.LenientResolver).ToInstant()
            .ToDateTimeOffset();
        var proposal = new Proposal(card, start, start + (card.End - card.Start), null, block.IsShared);
        return proposal.IsSame ? Task.CompletedTask : OnMove.InvokeAsync(proposal);
    }
}
