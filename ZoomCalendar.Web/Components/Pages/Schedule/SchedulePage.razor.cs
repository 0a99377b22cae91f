using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using NodaTime;
using NodaTime.Extensions;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Web.Components.Pages.Schedule;

/// <summary>
/// The staff calendar. The address defines what is shown. The page reads it, renders it, and reads again after a change.
/// </summary>
public sealed partial class SchedulePage
{
    private readonly CancellationTokenSource _left = new();
    private ScheduleQuery _query = new();
    private VisibleDays _days = VisibleDays.Of(ScheduleView.Week, new LocalDate(2000, 1, 3), DayOfWeek.Monday);
    private VisibleDays _shownDays = VisibleDays.Of(ScheduleView.Week, new LocalDate(2000, 1, 3), DayOfWeek.Monday);
    private ScheduleDirectory _directory = ScheduleDirectory.Empty;
    private ScheduleRange? _range;
    private IReadOnlyList<Block> _blocks = [];
    private ScheduleFindings? _found;
    private GridModel? _model;
    private object? _loaded;
    private Actor? _actor;
    private IDisposable? _live;
    private Instant _now;
    private int _load;
    private bool _isLoading;
    private bool _isReopened;
    private bool _failed;
    private IJSObjectReference? _module;

    [Inject]
    internal ScheduleReader Reader { get; init; } = null!;

    [Inject]
    internal WorkspaceReader Workspaces { get; init; } = null!;

    [Inject]
    internal LiveChanges Live { get; init; } = null!;

    [Inject]
    internal TimeProvider Clock { get; init; } = null!;

    [Inject]
    internal NavigationManager Navigation { get; init; } = null!;

    [Inject]
    internal IJSRuntime Script { get; init; } = null!;

    [Inject]
    internal ISnackbar Snackbar { get; init; } = null!;

    [Inject]
    internal ILogger<SchedulePage> Logger { get; init; } = null!;

    [SupplyParameterFromQuery(Name = "view")]
    public string? ViewText { get; set; }

    [SupplyParameterFromQuery(Name = "date")]
    public string? DateText { get; set; }

    [SupplyParameterFromQuery(Name = "who")]
    public string? WhoText { get; set; }

    [SupplyParameterFromQuery(Name = "calendars")]
    public string? CalendarsText { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? SearchText { get; set; }

    [SupplyParameterFromQuery(Name = "cancelled")]
    public string? CancelledText { get; set; }

    [SupplyParameterFromQuery(Name = "open")]
    public string? OpenText { get; set; }

    private bool IsSearch => _query.Filter.Search.Length > 0;

    private string Title => IsSearch ? Loc["Search results"] : _days.Title(ScheduleTexts.Culture);

    private LocalDate Today => _now.InZone(Workspace.Zone).Date;

    private string EmptyWords => _query.Filter switch
    {
        { Members.Count: > 0 } or { Calendars.Count: > 0 } => Loc["No appointments here match these filters."],
        _ when _shownDays.View is ScheduleView.Agenda => Loc["No appointments in these {0} days.", VisibleDays.AgendaDays],
        _ => Loc["No appointments yet. Choose a free time to book one."],
    };

    private string FoundWords => _found switch
    {
        null or { Count: 0 } => Loc["No appointments match “{0}”.", _query.Filter.Search],
        { HasMore: true } found => Loc[
            "The {0} appointments nearest to today that match “{1}”. There are more.", found.Count, _query.Filter.Search],
        { Count: 1 } => Loc["1 appointment matches “{0}”.", _query.Filter.Search],
        { } found => Loc["{0} appointments match “{1}”.", found.Count, _query.Filter.Search],
    };

    public async ValueTask DisposeAsync()
    {
        _live?.Dispose();
        await _left.CancelAsync();
        _left.Dispose();
        try
        {
            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone.
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        _now = Clock.GetUtcNow().ToInstant();
        _query = ScheduleQuery.Parse(ViewText, DateText, WhoText, CalendarsText, SearchText, CancelledText, OpenText);
        _days = VisibleDays.Of(_query.View ?? ScheduleView.Week, _query.Date ?? Today, FirstDayOfWeek);
        if (_actor != Workspace.Actor)
        {
            _live?.Dispose();
            (_actor, _range, _model, _loaded, _panel, _isHealthOld) = (Workspace.Actor, null, null, null, null, true);
            _live = Live.Subscribe(Workspace.SubAccountId, OnChanged);
        }

        var wanted = (_query with { Open = null }).ToUrl("") + _days;
        if (!Equals(_loaded, wanted))
        {
            _loaded = wanted;
            await LoadAsync();
        }

        await ShowOpenAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_range is not null && !_isReopened && Inputs is not null)
        {
            _isReopened = true;
            await ReopenAsync(Inputs);
        }

        if (!firstRender)
        {
            return;
        }

        _module = await Script.InvokeAsync<IJSObjectReference>("import", "./Components/Pages/Schedule/SchedulePage.razor.js");
        if (await _module.InvokeAsync<bool>("isPhone") && _query.View is null && !_left.IsCancellationRequested)
        {
            Go(_query with { View = ScheduleView.Day }, replace: true);
        }
    }

    private static DayOfWeek FirstDayOfWeek => ScheduleTexts.Culture.DateTimeFormat.FirstDayOfWeek;

    private async Task LoadAsync()
    {
        var load = ++_load;
        var days = _days;
        _isLoading = true;
        try
        {
            var (from, to) = days.RangeIn(Workspace.Zone);
            if (_range is null)
            {
                _directory = await Reader.DirectoryAsync(Workspace.Actor, _left.Token);
            }

            var filter = _query.Filter;
            var found = IsSearch ? await Reader.SearchAsync(Workspace.Actor, filter, _left.Token) : null;
            var range = found is null ? await Reader.RangeAsync(Workspace.Actor, from, to, filter, _left.Token) : ScheduleRange.Empty;
            var health = _isHealthOld ? await Reader.HealthAsync(Workspace.Actor, _left.Token) : _health;
            if (load == _load)
            {
                (_health, _isHealthOld) = (health, false);
                (_range, _found, _shownDays, _failed, _now) = (range, found, days, false, Clock.GetUtcNow().ToInstant());
                _blocks = Block.Of(range.Appointments, _directory);
                _model = days.View is ScheduleView.Day or ScheduleView.Week
                    ? GridModel.Build(
                        days, range, _directory, filter.Members, Workspace.UserId, Workspace.Zone, Loc, filter.Calendars)
                    : _model ?? GridModel.Build(
                        VisibleDays.Of(ScheduleView.Day, days.Date, FirstDayOfWeek),
                        ScheduleRange.Empty,
                        _directory,
                        [],
                        Workspace.UserId,
                        Workspace.Zone,
                        Loc);
            }
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The user left.
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or InvalidOperationException or TimeoutException)
        {
            Log.ReadFailed(Logger, exception);
            _failed = true;
        }
        finally
        {
            _isLoading = _isLoading && load != _load;
        }
    }

    // From any thread.
    private void OnChanged() => _ = InvokeAsync(async () =>
    {
        try
        {
            if (_left.IsCancellationRequested)
            {
                return;
            }

            if (!await IsStillAllowedAsync())
            {
                // A user who was removed or whose role changed gets no more updates: the page is reloaded, even with unsaved input.
                (_panel, _range, _model) = (null, null, null);
                StateHasChanged();
                Navigation.Refresh(forceReload: true);
            }
            else
            {
                _isHealthOld = true;
                await LoadAsync();
                await RefreshPanelAsync();
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The user left.
        }
        catch (Exception exception) when (exception is not ObjectDisposedException)
        {
            await DispatchExceptionAsync(exception);
        }
    });

    private async Task<bool> IsStillAllowedAsync() =>
        await Workspaces.RoleAsync(Workspace.Actor, _left.Token) == Workspace.Actor.Role;

    private void Go(ScheduleQuery query, bool replace = false)
    {
        Navigation.NavigateTo(query.ToUrl(Workspace.Url(AppUrls.Calendar)), new NavigationOptions { ReplaceHistoryEntry = replace });
    }

    private void Tell(string message) => Snackbar.Add(message, Severity.Success);

    // A search is over all time: who chooses a time ends it.
    private void ShowTime(ScheduleView view, LocalDate? date) =>
        Go(_query with { View = view, Date = date, Filter = _query.Filter with { Search = "" } });

    private void StepAsync(int by) => ShowTime(_days.View, _days.Step(by));

    private void TodayAsync() => ShowTime(_days.View, null);

    private void ShowDateAsync(LocalDate date) => ShowTime(_days.View, date);

    private void ShowDayAsync(LocalDate date) => ShowTime(ScheduleView.Day, date);

    private void ShowViewAsync(ScheduleView view) => ShowTime(view, _query.Date);

    private void ShowFilterAsync(ScheduleFilter filter) => Go(_query with { Filter = filter }, replace: true);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The schedule could not be read")]
        public static partial void ReadFailed(ILogger logger, Exception exception);
    }
}
