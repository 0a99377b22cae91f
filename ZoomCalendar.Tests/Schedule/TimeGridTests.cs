using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Extensions;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
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
        _bunit.Services.AddLocalization();
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
        grid.Find("[role=status]").TextContent.Should().Contain("has changed");
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

    [Fact]
    public void A_class_slot_is_one_block_with_its_seats_its_link_and_its_people()
    {
        var grid = Show(Week(Class([.. Enumerable.Range(1, 8).Select(number => $"Person {number}")])));

        var block = grid.FindAll(".ap").Should().ContainSingle().Subject;
        block.QuerySelector("b")!.TextContent.Should().Be("Yoga class");
        block.QuerySelector("em")!.TextContent.Should().Be("8 of 8");
        block.QuerySelector("i")!.TextContent.Should().Be("Link ready");
        block.TextContent.Should().Contain("Person 1, Person 2, Person 3 +5");
        grid.FindAll(".more").Should().BeEmpty();
    }

    [Fact]
    public void A_block_tells_of_the_link_that_needs_the_most_attention()
    {
        var (directory, cards) = Class("One", "Two");
        var waiting = cards[1] with { Link = new LinkFacts(LinkState.Waiting) { WaitingFor = WaitingFor.ZoomDown } };

        var grid = Show(Week((directory, [cards[0], waiting])));

        grid.Find(".ap i").TextContent.Should().Be("Link waiting");
    }

    [Fact]
    public void A_cancelled_seat_is_not_counted()
    {
        var (directory, cards) = Class("One", "Two");

        var grid = Show(Week((directory, [cards[0], cards[1] with { Status = AppointmentStatus.Cancelled }])));

        grid.FindAll(".ap").Should().ContainSingle();
        grid.Find(".ap em").TextContent.Should().Be("1 of 8");
        grid.Find(".ap").ClassList.Should().NotContain("off");
    }

    [Fact]
    public void An_appointment_names_its_calendar_in_its_colour()
    {
        var intake = Intake with
        {
            Location = new MeetingLocation(MeetingLocationKind.Phone, "+1 312 555 0142"),
            Link = new LinkFacts(LinkState.None),
        };

        var grid = Show(Week((new ScheduleDirectory([Calendar(intake.CalendarId, "Intro call", 1) with { Color = 2 }], []), [intake])));

        grid.Find(".ap b small").TextContent.Should().Be("Intro call");
        grid.Find(".ap").ClassList.Should().Contain("k2");
        grid.Find(".ap i use").GetAttribute("href").Should().Be("#z7", "the icon is a phone, not a place");
    }

    [Fact]
    public async Task A_class_moves_as_a_whole_and_keeps_its_length()
    {
        var moved = new List<Proposal>();
        var grid = Show(Week(Class("One", "Two")));
        grid.Render(parameters => parameters.Add(component => component.OnMove, moved.Add));
        await grid.Find(".ap").ClickAsync();
        var body = grid.Find("[data-keyboard]");
        await body.KeyDownAsync("m");
        grid.Find("[role=status]").TextContent.Should().Contain("Moving Yoga class with 2 people");

        await body.KeyDownAsync(new KeyboardEventArgs { Key = "ArrowDown", ShiftKey = true });
        grid.Find("[role=status]").TextContent.Should().Contain("keep their duration");
        await body.KeyDownAsync("ArrowDown");
        await body.KeyDownAsync("Enter");

        var proposal = moved.Should().ContainSingle().Subject;
        proposal.WholeSlot.Should().BeTrue();
        (proposal.End - proposal.Start).Should().Be(TimeSpan.FromMinutes(60));
        proposal.Start.Should().Be(TestTenant.Monday.AddHours(1).AddMinutes(15));
    }

    [Fact]
    public void Closed_hours_and_what_is_over_are_shaded()
    {
        var calendar = Calendar(Intake.CalendarId, "Intro call", 1) with { Hours = new Availability("Etc/UTC", WeeklyHours.OfficeHours) };
        var monday = TestTenant.Monday.ToInstant().InUtc().Date;

        var grid = Show(
            WeekOf(TestTenant.Monday, new ScheduleDirectory([calendar], []), []),
            (monday.PlusDays(1) + new LocalTime(10, 30)).InUtc().ToInstant());

        Shaded(grid, 1, "closed").Should().Equal("--f:0;--t:540", "--f:1020;--t:1440");
        Shaded(grid, 5, "closed").Should().Equal("--f:0;--t:1440");
        Shaded(grid, 0, "past").Should().Equal("--f:0;--t:1440");
        Shaded(grid, 1, "past").Should().Equal("--f:0;--t:630");
        Shaded(grid, 2, "past").Should().BeEmpty();
    }

    [Fact]
    public void Without_a_calendar_nothing_is_closed()
    {
        Show(Week(Intake)).FindAll(".closed").Should().BeEmpty();
    }

    [Fact]
    public void On_a_day_of_several_members_no_card_is_a_sliver()
    {
        List<ScheduleMember> members = [new(Host, "Ben"), new(new UserId(Guid.NewGuid()), "Cleo")];
        AppointmentCard[] cards = [.. Enumerable.Range(0, 8).Select(number => Card($"Number {number}", Intake.Start))];

        var model = GridModel.Build(
            VisibleDays.Of(ScheduleView.Day, TestTenant.Monday.ToInstant().InUtc().Date, DayOfWeek.Monday),
            ScheduleRange.Empty with { Appointments = cards }, new ScheduleDirectory([], members), [], Host, DateTimeZone.Utc,
            Localizers.Of<ScheduleStrings>());

        model.Columns.Should().HaveCount(2);
        model.Columns[0].Placed.Should().OnlyContain(placed => placed.Of <= 3).And.HaveCount(2);
        model.Columns[0].Overflows.Should().ContainSingle().Which.Indexes.Should().HaveCount(6);
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

    private IRenderedComponent<TimeGrid> Show(GridModel model, Instant? now = null) => _bunit.Render<TimeGrid>(parameters => parameters
        .Add(component => component.Model, model)
        .Add(component => component.Label, "This week")
        .Add(component => component.Now, now ?? TestTenant.Monday.ToInstant()));

    private static IEnumerable<string?> Shaded(IRenderedComponent<TimeGrid> grid, int column, string kind) =>
        grid.FindAll($".col[data-col='{column}'] .band.{kind}").Select(band => band.GetAttribute("style"));

    private static GridModel Week(params AppointmentCard[] cards) => WeekOf(TestTenant.Monday, cards);

    private static GridModel Week((ScheduleDirectory Directory, AppointmentCard[] Cards) shown) =>
        WeekOf(TestTenant.Monday, shown.Directory, shown.Cards);

    private static GridModel WeekOf(DateTimeOffset monday, params AppointmentCard[] cards) =>
        WeekOf(monday, ScheduleDirectory.Empty, cards);

    private static GridModel WeekOf(DateTimeOffset monday, ScheduleDirectory directory, AppointmentCard[] cards) => GridModel.Build(
        VisibleDays.Of(ScheduleView.Week, monday.ToInstant().InUtc().Date, DayOfWeek.Monday),
        ScheduleRange.Empty with { Appointments = cards }, directory, [], Host, DateTimeZone.Utc, Localizers.Of<ScheduleStrings>());

    /// <summary>An hour's class of eight seats, with one appointment for each name and a link.</summary>
    private static (ScheduleDirectory Directory, AppointmentCard[] Cards) Class(params string[] people)
    {
        var slot = new Slot(CalendarId.New(TestTenant.Monday), Host, TestTenant.Monday.AddHours(1));
        return (
            new ScheduleDirectory([Calendar(slot.CalendarId, "Yoga class", 8)], []),
            [
                .. people.Select(name => Card(name, slot.Start) with
                {
                    Slot = slot,
                    End = slot.Start.AddMinutes(60),
                    Link = new LinkFacts(LinkState.Ready, "https://zoom.test/j/1"),
                }),
            ]);
    }

    private static ScheduleCalendar Calendar(CalendarId id, string name, int seats) => new()
    {
        Id = id,
        Name = name,
        Type = seats > 1 ? CalendarType.ClassBooking : CalendarType.Personal,
        Version = CalendarVersion.V3,
        TimeZone = "Etc/UTC",
        Color = 0,
        IsArchived = false,
        LengthMinutes = 30,
        Seats = seats,
        Members = [Host],
        Hosts = [],
    };

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
