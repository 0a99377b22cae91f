using Microsoft.AspNetCore.Components;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Web.Components.Shared;

namespace ZoomCalendar.Web.Components.Pages.Schedule;

public sealed partial class SchedulePage
{
    private Panel? _panel;

    [Inject]
    internal AppointmentBook Book { get; init; } = null!;

    [Inject]
    internal LinkRenewal Links { get; init; } = null!;

    [Inject]
    internal LinkForecaster Forecasts { get; init; } = null!;

    [Inject]
    internal WaitingList Waiting { get; init; } = null!;

    [CascadingParameter]
    private UnsavedInputs? Inputs { get; set; }

    // The appointment whose dialog was closed, until the address no longer names it.
    private AppointmentId? _closed;

    private DateTimeOffset Now => Clock.GetUtcNow();

    private void BookAtAsync(EmptyTime? at) => _panel = new Panel.Book(at?.Start, at?.Host);

    private void OpenAsync(Block block)
    {
        if (block.Cards.Count > 1)
        {
            _panel = new Panel.People(block.First.Slot);
        }
        else
        {
            OpenByIdAsync(block.First.Id);
        }
    }

    private void OpenByIdAsync(AppointmentId id)
    {
        _closed = null;
        Go(_query with { Open = id });
    }

    private void ShowMore((GridColumn Column, Overflow Overflow) more) =>
        _panel = new Panel.More(more.Column.Spoken, [.. more.Overflow.Indexes.Select(index => more.Column.Blocks[index])]);

    private void CloseAsync()
    {
        _panel = null;
        if (_query.Open is not null)
        {
            // The address changes later. Until then it still names the closed appointment.
            _closed = _query.Open;
            Go(_query with { Open = null });
        }
    }

    /// <summary>The address names the open appointment, so that the dialog survives a reload and the back button.</summary>
    private async Task ShowOpenAsync()
    {
        if (_query.Open is not { } id)
        {
            _closed = null;
            _panel = _panel is Panel.Details or Panel.Gone ? null : _panel;
        }
        else if (_panel?.AppointmentId != id && _closed != id)
        {
            var shown = await Reader.DetailsAsync(Workspace.Actor, id, _left.Token);
            // The dialog may have been closed or replaced while its data was read.
            if (_query.Open == id && _closed != id)
            {
                _panel = shown is null ? new Panel.Gone() : new Panel.Details(shown);
            }
        }
    }

    /// <summary>Reopens the dialog with unsaved input after a lost circuit. The dialog restores its input.</summary>
    private async Task ReopenAsync(UnsavedInputs inputs)
    {
        if (await inputs.FindAsync<MoveDialog.MoveDraft>(MoveDialog.DraftKey) is { } move
            && await Reader.DetailsAsync(
                Workspace.Actor, new AppointmentId(move.AppointmentId), _left.Token) is { Card: { IsMine: true } card } details
            && card.Status.IsActive())
        {
            _panel = new Panel.Move(details, new Proposal(card, card.Start, card.End, null), move.WholeSlot);
        }
        else if (_panel is null && await inputs.FindAsync(BookDialog.DraftKey) is not null)
        {
            _panel = new Panel.Book(null, null);
        }

        StateHasChanged();
    }

    private async Task RefreshPanelAsync()
    {
        if (_panel is Panel.Details { Shown.Card.Id: var id })
        {
            var shown = await Reader.DetailsAsync(Workspace.Actor, id, _left.Token);
            if (_panel is Panel.Details present && present.Shown.Card.Id == id)
            {
                _panel = shown is null ? new Panel.Gone() : new Panel.Details(shown);
            }
        }
    }

    private Task<BookingOutcome> BookAsync(BookRequest request) => Book.BookAsync(request, Workspace.Actor, Now, _left.Token);

    /// <summary>The new appointment is opened: its link appears there as soon as it is made.</summary>
    private async Task BookedAsync(AppointmentId id)
    {
        _panel = null;
        await LoadAsync();
        OpenByIdAsync(id);
        Tell(Loc["Booked."]);
    }

    private async Task<BookingOutcome> EditAsync(EditRequest request) =>
        await RefreshedAsync(await Book.EditAsync(request, Workspace.Actor, Now, _left.Token));

    private async Task<BookingOutcome> SetStatusAsync((AppointmentCard Card, AppointmentStatus Status) change) =>
        await RefreshedAsync(
            await Book.SetStatusAsync(change.Card.Id, change.Card.Version, change.Status, Workspace.Actor, Now, _left.Token));

    private async Task<BookingOutcome> SwitchLocationAsync(AppointmentCard card) =>
        await RefreshedAsync(await Book.SwitchLocationAsync(card.Id, card.Version, Workspace.Actor, Now, _left.Token));

    private async Task<BookingOutcome> AskForLinkAsync(AppointmentCard card) =>
        await RefreshedAsync(await Links.RequestAsync(card.Id, Workspace.Actor, Now, _left.Token));

    private async Task<BookingOutcome> ConfirmAgainAsync(AppointmentCard card) =>
        await RefreshedAsync(await Book.SendConfirmationAgainAsync(card.Id, Workspace.Actor, Now, _left.Token));

    private async Task<BookingOutcome> DeleteAsync(AppointmentCard card)
    {
        var outcome = await Book.DeleteAsync(card.Id, Workspace.Actor, Now, _left.Token);
        if (outcome.Succeeded)
        {
            await DoneAsync(Loc["Deleted."]);
        }

        return outcome;
    }

    /// <summary>The list shows the state after a concurrent change.</summary>
    private async Task RemoveWaitingAsync(WaitingId id)
    {
        await Waiting.RemoveAsync(id, Workspace.Actor, Now, _left.Token);
        await RefreshPanelAsync();
    }

    private Task<LinkForecast?> ForeseeMoveAsync(MoveRequest request) => Forecasts.OfMoveAsync(request, Workspace.Actor, Now, _left.Token);

    private Task<LinkForecast?> ForeseeMoveSlotAsync(MoveSlotRequest request) =>
        Forecasts.OfMoveSlotAsync(request, Workspace.Actor, Now, _left.Token);

    private Task<LinkForecast?> ForeseeSwitchAsync(AppointmentCard card) =>
        Forecasts.OfSwitchLocationAsync(card.Id, Workspace.Actor, Now, _left.Token);

    private Task<LinkForecast?> ForeseeCancelAsync(Panel.Cancel cancel) => cancel.WholeSlot
        ? Forecasts.OfCancelSlotAsync(cancel.Shown.Card.Slot, Workspace.Actor, Now, _left.Token)
        : Forecasts.OfCancelAsync(cancel.Shown.Card.Id, Workspace.Actor, Now, _left.Token);

    private Task<BookingOutcome> MoveAsync(MoveRequest request) => Book.MoveAsync(request, Workspace.Actor, Now, _left.Token);

    private Task<BookingOutcome> MoveSlotAsync(MoveSlotRequest request) => Book.MoveSlotAsync(request, Workspace.Actor, Now, _left.Token);

    private Task<BookingOutcome> CancelAsync(Panel.Cancel cancel) => cancel.WholeSlot
        ? Book.CancelSlotAsync(cancel.Shown.Card.Slot, Workspace.Actor, Now, _left.Token)
        : Book.CancelAsync(cancel.Shown.Card.Id, cancel.Shown.Card.Version, Workspace.Actor, Now, _left.Token);

    private async Task RescheduleAsync(AppointmentDetails details, bool wholeSlot)
    {
        var card = details.Card;
        _panel = new Panel.Move(details, new Proposal(card, card.Start, card.End, null), wholeSlot);
        await Task.CompletedTask;
    }

    private async Task ChangeAllAsync(Slot slot, Func<AppointmentDetails, Panel> change)
    {
        if (PeopleOf(slot) is { } block && await Reader.DetailsAsync(Workspace.Actor, block.First.Id, _left.Token) is { } details)
        {
            _panel = change(details);
        }
    }

    private static Panel.Move MoveAll(AppointmentDetails details) =>
        new(details, new Proposal(details.Card, details.Card.Start, details.Card.End, null, true), true);

    private Block? PeopleOf(Slot slot) => _blocks.FirstOrDefault(block => block.IsSlot && block.First.Slot == slot);

    private async Task ProposeAsync(Proposal proposal)
    {
        if (await Reader.DetailsAsync(Workspace.Actor, proposal.Card.Id, _left.Token) is { } details)
        {
            _panel = new Panel.Move(details, proposal with { Card = details.Card }, proposal.WholeSlot);
        }
        else
        {
            _panel = new Panel.Gone();
        }
    }

    private async Task DoneAsync(string message)
    {
        _panel = null;
        _closed = _query.Open;
        await LoadAsync();
        if (_query.Open is not null)
        {
            Go(_query with { Open = null });
        }

        Tell(message);
    }

    /// <summary>Also after a refusal, so that "changed in the meantime" is shown with the present state.</summary>
    private async Task<BookingOutcome> RefreshedAsync(BookingOutcome outcome)
    {
        await LoadAsync();
        await RefreshPanelAsync();
        // The dialog calls this itself, because nothing else would render its present state.
        StateHasChanged();
        return outcome;
    }
}
