using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Components.Pages.Schedule;

namespace ZoomCalendar.Tests.Pages.Schedule;

/// <summary>Which appointments are drawn as one card.</summary>
public sealed class BlockTests
{
    private static readonly Slot Slot = new(CalendarId.New(TestTenant.Monday), new UserId(Guid.NewGuid()), TestTenant.Monday);

    [Fact]
    public void Appointments_of_one_slot_are_one_block_where_several_are_active()
    {
        Block.Of([Card("One"), Card("Two")], ScheduleDirectory.Empty).Should().ContainSingle()
            .Which.Seats(Localizers.Of<ScheduleStrings>()).Should().Be("2 booked");
        Block.Of([Card("One"), Card("Two") with { Status = AppointmentStatus.Cancelled }], ScheduleDirectory.Empty)
            .Select(block => block.Title).Should().Equal("One", "Two");
    }

    [Fact]
    public void The_results_of_a_search_are_people_not_slots()
    {
        Block.Single([Card("One"), Card("Two")], ScheduleDirectory.Empty).Select(block => block.Title).Should().Equal("One", "Two");
    }

    [Fact]
    public void A_block_has_a_link_to_copy_only_if_all_have_the_same()
    {
        Block Of(params AppointmentCard[] cards) => Block.Of(cards, ScheduleDirectory.Empty)[0];

        Of(Card("One"), Card("Two")).JoinUrl.Should().Be("https://zoom.test/j/1");
        Of(Card("One"), Card("Two") with { Link = new LinkFacts(LinkState.Ready, "https://zoom.test/j/2") }).JoinUrl.Should().BeNull();
        Of(Card("One"), Card("Two") with { Link = new LinkFacts(LinkState.OnItsWay) }).JoinUrl.Should().BeNull();
    }

    private static AppointmentCard Card(string title) => new()
    {
        Id = new AppointmentId(Guid.NewGuid()),
        Version = 1,
        Slot = Slot,
        End = Slot.Start.AddMinutes(30),
        Title = title,
        BookerName = title,
        Status = AppointmentStatus.Confirmed,
        Location = MeetingLocation.Zoom,
        Link = new LinkFacts(LinkState.Ready, "https://zoom.test/j/1"),
        IsMine = true,
    };
}
