using Microsoft.AspNetCore.Components.Web;

namespace ZoomCalendar.Web.Components.Pages.Schedule;

public sealed partial class TimeGrid
{
    private const int Snap = 15;

    private Task KeyAsync(KeyboardEventArgs key)
    {
        if (key.CtrlKey || key.AltKey || key.MetaKey)
        {
            return Task.CompletedTask;
        }

        return _move is { } move ? MoveKeyAsync(move, key) : WalkKeyAsync(key);
    }

    private Task WalkKeyAsync(KeyboardEventArgs key)
    {
        var stops = Model.Columns[_column].Stops;
        switch (key.Key)
        {
            case "ArrowDown":
                return Stand(_column, GridNavigation.Along(stops, _stop, 1));
            case "ArrowUp":
                return Stand(_column, GridNavigation.Along(stops, _stop, -1));
            case "ArrowRight" when _column < Model.Columns.Count - 1:
                return Stand(_column + 1, GridNavigation.Across(Model.Columns[_column + 1].Stops, _stop));
            case "ArrowLeft" when _column > 0:
                return Stand(_column - 1, GridNavigation.Across(Model.Columns[_column - 1].Stops, _stop));
            case "ArrowRight" or "PageDown":
                return LeafAsync(1, key.Key is "ArrowRight" ? 0 : _column);
            case "ArrowLeft" or "PageUp":
                return LeafAsync(-1, key.Key is "ArrowLeft" ? Model.Columns.Count - 1 : _column);
            case "Home":
                return Stand(0, GridNavigation.Across(Model.Columns[0].Stops, _stop));
            case "End":
                return Stand(Model.Columns.Count - 1, GridNavigation.Across(Model.Columns[^1].Stops, _stop));
            case "m" or "M" when _stop.Item is { } item:
                BeginMove(item);
                return Task.CompletedTask;
            default:
                return Task.CompletedTask;
        }
    }

    private Task Stand(int column, Stop stop)
    {
        (_column, _stop, _focusNext, _said) = (column, stop, true, "");
        return Task.CompletedTask;
    }

    /// <summary>
    /// A change by another user re-renders the columns. The keyboard stays at its appointment and continues a move unless that
    /// appointment changed.
    /// </summary>
    private void KeepPlace(GridModel before)
    {
        var areSameDays = before.Columns.Select(column => column.Key).SequenceEqual(Model.Columns.Select(column => column.Key));
        // After paging the column is that of the new days, but the position is still that of the former column.
        var standing = areSameDays && _stop.Item is { } item ? before.Columns[_column].Blocks.ElementAtOrDefault(item) : null;
        _column = Math.Min(_column, Model.Columns.Count - 1);
        if (standing is null || !StandAt(standing.Key))
        {
            _stop = GridNavigation.Across(Model.Columns[_column].Stops, _stop);
        }

        if (_move is { Block: var block } move && !(areSameDays && Model.Columns[move.Origin].Blocks.Any(each =>
            (each.Start, each.End, each.IsActive) == (block.Start, block.End, block.IsActive) && Equals(each.Key, block.Key))))
        {
            (_move, _said) = (null, areSameDays ? Loc["This appointment has changed, so it was not moved."] : "");
        }
    }

    private bool StandAt(object key)
    {
        // The own column first: a collective appointment is in several columns.
        foreach (var column in Enumerable.Range(0, Model.Columns.Count).OrderBy(column => column != _column))
        {
            var (stops, blocks) = (Model.Columns[column].Stops, Model.Columns[column].Blocks);
            if (stops.FirstOrDefault(stop => stop.Item is { } item && Equals(blocks[item].Key, key)) is { Item: not null } stop)
            {
                (_column, _stop) = (column, stop);
                return true;
            }
        }

        return false;
    }

    private Task LeafAsync(int by, int column)
    {
        // In a day with a column for each member, left and right do not change the day.
        (_column, _focusNext) = (column, true);
        return OnStep.InvokeAsync(by);
    }

    private void BeginMove(int item)
    {
        if (BlockAt(_column, item) is not { IsActive: true } block)
        {
            _said = Loc["You cannot move this appointment."];
            return;
        }

        var placed = Model.Columns[_column].Placed.First(candidate => candidate.Index == item);
        _move = new Moving(block, _column, _column, placed.From, (int)(block.End - block.Start).TotalMinutes);
        _said = block.IsShared
            ? Loc["Moving {0} with {1} people. Arrow keys move it, Enter confirms, Escape cancels.", block.Title, block.Active.Count]
            : Loc["Moving {0}. Arrow keys move it, Shift and arrow keys change its duration, Enter confirms, Escape cancels.", block.Title];
    }

    private async Task MoveKeyAsync(Moving move, KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "Escape":
                _move = null;
                _said = Loc["Not moved."];
                return;
            case "Enter":
                _move = null;
                var length = (int)(move.Block.End - move.Block.Start).TotalMinutes == move.Length ? (int?)null : move.Length;
                await ProposeAsync(move.Block, move.Origin, move.Column, move.From, length);
                return;
            case "ArrowDown" or "ArrowUp" when key.ShiftKey && move.Block.IsShared:
                _said = Loc["Appointments in a shared slot keep their duration."];
                return;
            case "ArrowDown" when key.ShiftKey:
                Hold(move with { Length = Math.Min(move.Length + Snap, 24 * 60) });
                return;
            case "ArrowUp" when key.ShiftKey:
                Hold(move with { Length = Math.Max(move.Length - Snap, Snap) });
                return;
            case "ArrowDown":
                Hold(move with { From = Math.Min(move.From + Snap, Model.Scale.Minutes - Snap) });
                return;
            case "ArrowUp":
                Hold(move with { From = Math.Max(move.From - Snap, 0) });
                return;
            case "ArrowRight":
                Hold(move with { Column = Math.Min(move.Column + 1, Model.Columns.Count - 1) });
                return;
            case "ArrowLeft":
                Hold(move with { Column = Math.Max(move.Column - 1, 0) });
                return;
        }
    }

    private void Hold(Moving move)
    {
        _move = move;
        var column = Model.Columns[move.Column];
        _said = column.Scale.InstantAt(move.From) is { } start
            ? $"{column.Spoken}, "
                + $"{ScheduleTexts.Times(start.ToDateTimeOffset(), start.ToDateTimeOffset().AddMinutes(move.Length), Model.Zone)}"
            : Loc["This time does not exist on this day."];
    }
}
