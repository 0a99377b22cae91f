using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using NodaTime;
using NodaTime.Extensions;

namespace ZoomCalendar.Web.Components.Pages.Schedule;

/// <summary>The day and week views: time columns with one tab stop and appointments that can be dragged.</summary>
public sealed partial class TimeGrid : IAsyncDisposable
{
    private const int Nine = 9 * 60;

    private ElementReference _root;
    private IJSObjectReference? _module;
    private IJSObjectReference? _pointer;
    private DotNetObjectReference<TimeGrid>? _self;
    private bool _isGone;
    private GridModel? _drawn;
    private int _column;
    private Stop _stop;
    private Moving? _move;
    private bool _focusNext;
    private string _said = "";

    [Inject]
    internal IJSRuntime Script { get; init; } = null!;

    [Parameter, EditorRequired]
    public GridModel Model { get; set; } = null!;

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter, EditorRequired]
    public Instant Now { get; set; }

    [Parameter]
    public bool IsBusy { get; set; }

    [Parameter]
    public EventCallback<Block> OnOpen { get; set; }

    [Parameter]
    public EventCallback<EmptyTime> OnBook { get; set; }

    [Parameter]
    public EventCallback<Proposal> OnMove { get; set; }

    [Parameter]
    public EventCallback<LocalDate> OnDay { get; set; }

    /// <summary>Pages back (-1) or forward (1).</summary>
    [Parameter]
    public EventCallback<int> OnStep { get; set; }

    [Parameter]
    public EventCallback<(GridColumn Column, Overflow Overflow)> OnMore { get; set; }

    private LocalDate Today => Now.InZone(Model.Zone).Date;

    /// <summary>An appointment was dropped on another time.</summary>
    [JSInvokable]
    public Task DroppedAsync(int column, int item, int toColumn, int minute) =>
        BlockAt(column, item) is { } block && toColumn >= 0 && toColumn < Model.Columns.Count
            ? ProposeAsync(block, column, toColumn, minute, null)
            : Task.CompletedTask;

    /// <summary>An appointment's end was dropped on another time.</summary>
    [JSInvokable]
    public Task ResizedAsync(int column, int item, int minutes) =>
        BlockAt(column, item) is { IsShared: false } block && minutes > 0
            ? ProposeAsync(block, column, column, Model.Columns[column].Scale.PositionOf(block.Start.ToInstant()), minutes)
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
        if (ReferenceEquals(_drawn, Model))
        {
            return;
        }

        var before = _drawn;
        _drawn = Model;
        if (before is null)
        {
            _column = Math.Max(0, Model.Columns.ToList().FindIndex(column => column.Date == Today));
            _stop = GridNavigation.Across(Model.Columns[_column].Stops, new Stop(Nine, null));
        }
        else
        {
            KeepPlace(before);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await Script.InvokeAsync<IJSObjectReference>("import", "./Components/Pages/Schedule/TimeGrid.razor.js");
            if (_isGone)
            {
                // The user left while the script was loading.
                await _module.DisposeAsync();
                return;
            }

            _self = DotNetObjectReference.Create(this);
            _pointer = await _module.InvokeAsync<IJSObjectReference>("attach", _root, _self, ScheduleTexts.Culture.Name);
        }

        if (_focusNext && _pointer is not null)
        {
            _focusNext = false;
            await _pointer.InvokeVoidAsync("focus");
        }
    }

    /// <summary>The initial scroll position: an hour before the first appointment, but not later than 8:00.</summary>
    private int FirstMinute() =>
        Math.Max(0, Math.Min(
            8 * 60, Model.Columns.SelectMany(column => column.Placed).Select(placed => placed.From).DefaultIfEmpty(Nine).Min() - 60));

    private int? PastMinuteOf(GridColumn column) =>
        column.Date < Today ? Model.Scale.Minutes : NowMinuteOf(column);

    private int? NowMinuteOf(GridColumn column) => column.Date == Today ? column.Scale.PositionOf(Now) : null;

    private Block? BlockAt(int column, int item) =>
        column >= 0 && column < Model.Columns.Count && item >= 0 && item < Model.Columns[column].Blocks.Count
            && Model.Columns[column].Blocks[item] is { IsMine: true } block
            ? block
            : null;

    private Task OpenAsync(Block block)
    {
        StandAt(block.Key);
        return OnOpen.InvokeAsync(block);
    }

    private async Task BookAsync((GridColumn Column, int Minute) empty)
    {
        if (empty.Column.Scale.InstantAt(empty.Minute) is not { } start)
        {
            _said = Loc["The clocks change, so this time does not exist on this day."];
            return;
        }

        _column = Math.Max(0, Model.Columns.ToList().IndexOf(empty.Column));
        _stop = GridNavigation.Across(empty.Column.Stops, new Stop(empty.Minute, null));
        await OnBook.InvokeAsync(new EmptyTime(start.ToDateTimeOffset(), empty.Column.Member));
    }

    private async Task ProposeAsync(Block block, int fromColumn, int toColumn, int minute, int? length)
    {
        var (source, target) = (Model.Columns[fromColumn], Model.Columns[toColumn]);
        var card = block.First;
        var isSamePlace = fromColumn == toColumn && minute == source.Scale.PositionOf(card.Start.ToInstant());
        if (target.Scale.InstantAt(Math.Clamp(minute, 0, Model.Scale.Minutes - 1)) is not { } at)
        {
            _said = Loc["The clocks change, so this time does not exist on this day."];
            StateHasChanged();
            return;
        }

        var start = isSamePlace ? card.Start : at.ToDateTimeOffset();
        var end = length is { } minutes ? start.AddMinutes(minutes) : start + (card.End - card.Start);
        // A whole slot keeps its host.
        var isAnothers = target.Member is { } member && member != source.Member && card.HostId == source.Member;
        var proposal = new Proposal(card, start, end, isAnothers && !block.IsShared ? target.Member : null, block.IsShared);
        if (!proposal.IsSame)
        {
            await OnMove.InvokeAsync(proposal);
        }
    }

    private sealed record Moving(Block Block, int Origin, int Column, int From, int Length);
}
