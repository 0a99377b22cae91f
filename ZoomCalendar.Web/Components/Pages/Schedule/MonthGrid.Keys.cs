using Microsoft.AspNetCore.Components.Web;
using NodaTime;

namespace ZoomCalendar.Web.Components.Pages.Schedule;

public sealed partial class MonthGrid
{
    private Moving? _moving;

    private Task KeyAsync(KeyboardEventArgs key)
    {
        int? by = key.Key switch
        {
            "ArrowRight" => 1,
            "ArrowLeft" => -1,
            "ArrowDown" => 7,
            "ArrowUp" => -7,
            _ => null,
        };
        return _moving is { } moving ? MoveKeyAsync(moving, key.Key, by) : WalkKeyAsync(key.Key, by);
    }

    private async Task WalkKeyAsync(string key, int? by)
    {
        if (key is "m" or "M" && _focused is { } block)
        {
            if (block is { IsMine: true, IsActive: true })
            {
                Hold(new Moving(block, ScheduleTexts.Local(block.Start, Zone).Date));
            }
            else
            {
                _said = Loc["You cannot move this appointment."];
            }
        }
        else if (key is "PageDown" or "PageUp")
        {
            _focusNext = true;
            await OnStep.InvokeAsync(key is "PageDown" ? 1 : -1);
        }
        else if (by is { } days)
        {
            _cursor = _cursor.PlusDays(days);
            _focusNext = true;
            if (!Days.Days.Contains(_cursor))
            {
                await OnStep.InvokeAsync(Math.Sign(days));
            }
        }
    }

    private async Task MoveKeyAsync(Moving moving, string key, int? by)
    {
        if (key is "Escape")
        {
            (_moving, _said) = (null, Loc["Not moved."]);
        }
        else if (key is "Enter")
        {
            _moving = null;
            await ProposeAsync(moving.Block, moving.Day);
        }
        else if (by is { } days && Days.Days.Contains(moving.Day.PlusDays(days)))
        {
            Hold(moving with { Day = moving.Day.PlusDays(days) });
        }
    }

    private void Hold(Moving moving)
    {
        _moving = moving;
        _said = Loc[
            "Moving {0} to {1}. Arrow keys choose the day, Enter confirms, Escape cancels.",
            moving.Block.Title,
            ScheduleTexts.Day(moving.Day)];
    }

    private sealed record Moving(Block Block, LocalDate Day);
}
