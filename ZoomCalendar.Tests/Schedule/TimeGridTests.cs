using Bunit;
using NodaTime;
using NodaTime.Extensions;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Components.Pages.Schedule;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Tests.Pages.Schedule;

/// <summary>The keyboard keeps its position while others book.</summary>
public sealed class TimeGridTests : IAsyncLifetime
{
    private static readonly UserId Host = new(Guid.NewGuid());
    private static readonly AppointmentCard Intake = Card("Intake", TestTenant.Monday.AddHours(1));

    private readonly BunitContext _bunit = new();

    public Task InitializeAsync()
    {
        _bunit.JSInterop.Mode = JSRuntimeMode.Loose;
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _bunit.DisposeAsync();

    [Fact]
    public async Task A_move_by_keys_goes_on_while_a_colleague_books()
    {
        var grid = await MovingAsync();

        grid.Render(parameters => parameters.Add(component => component.Model, Week(Card("Earlier", TestTenant.Monday), Intake)));

        grid.FindAll(".ghost").Should().ContainSingle();
        grid.Find(".ap[tabindex='0']").TextContent.Should().Contain("Intake");
    }

    [Fact]
    public async Task A_move_by_keyboard_ends_with_a_message_when_the_appointment_changes()
    {
        var grid = await MovingAsync();

        grid.Render(parameters => parameters.Add(component => component.Model, Week(
            Intake with { Slot = Intake.Slot with { Start = Intake.Start.AddDays(1) }, End = Intake.End.AddDays(1) })));

        grid.FindAll(".ghost").Should().BeEmpty();
        grid.Find("[role=status]").TextContent.Should().Contain("changed meanwhile");
        grid.Find(".ap[tabindex='0']").TextContent.Should().Contain("Intake", "the keyboard follows to the other day");
    }

    [Fact]
    public async Task The_keyboard_stays_at_the_selected_of_two_simultaneous_appointments()
    {
        var beside = Card("Beside", Intake.Start);
        var grid = Show(Week(Intake, beside));
        await grid.FindAll(".ap").Single(card => card.TextContent.Contains("Intake", StringComparison.Ordinal)).ClickAsync();

        grid.Render(parameters => parameters.Add(component => component.Model, Week(Intake, beside, Card("Third", Intake.Start))));

        grid.Find(".ap[tabindex='0']").TextContent.Should().Contain("Intake");
    }

    [Fact]
    public async Task Paging_keeps_the_keyboard_position_in_the_other_week()
    {
        var grid = Show(Week(Intake));
        await grid.Find(".ap").ClickAsync();
        await grid.Find("[data-keyboard]").KeyDownAsync("ArrowLeft");

        grid.Render(parameters => parameters.Add(component => component.Model, Week(Card("Meanwhile", Intake.Start.AddDays(2)), Intake)));
        grid.Render(parameters => parameters.Add(component => component.Model, WeekOf(TestTenant.Monday.AddDays(-7))));

        grid.Find(".col[data-col='6'] [tabindex='0']").GetAttribute("aria-label").Should().Contain("free, book");
    }

    private async Task<IRenderedComponent<TimeGrid>> MovingAsync()
    {
        var grid = Show(Week(Intake));
        await grid.Find(".ap").ClickAsync();
        await grid.Find("[data-keyboard]").KeyDownAsync("m");
        await grid.Find("[data-keyboard]").KeyDownAsync("ArrowDown");
        grid.FindAll(".ghost").Should().ContainSingle();
        return grid;
    }

    private IRenderedComponent<TimeGrid> Show(GridModel model) => _bunit.Render<TimeGrid>(parameters => parameters
        .Add(component => component.Model, model)
        .Add(component => component.Label, "This week")
        .Add(component => component.Now, TestTenant.Monday.ToInstant()));

    private static GridModel Week(params AppointmentCard[] cards) => WeekOf(TestTenant.Monday, cards);

    private static GridModel WeekOf(DateTimeOffset monday, params AppointmentCard[] cards) => GridModel.Build(
        VisibleDays.Of(ScheduleView.Week, monday.ToInstant().InUtc().Date, DayOfWeek.Monday),
        ScheduleRange.Empty with { Appointments = cards }, ScheduleDirectory.Empty, [], Host, DateTimeZone.Utc);

    private static AppointmentCard Card(string title, DateTimeOffset start) => new()
    {
        Id = new AppointmentId(Guid.NewGuid()),
        Version = 1,
        Slot = new Slot(CalendarId.New(TestTenant.Monday), Host, start),
        End = start.AddMinutes(30),
        Title = title,
        BookerName = "Jo Field",
        Status = AppointmentStatus.Confirmed,
        Location = MeetingLocation.Zoom,
        Link = new LinkFacts(LinkState.OnItsWay),
        IsMine = true,
    };
}
