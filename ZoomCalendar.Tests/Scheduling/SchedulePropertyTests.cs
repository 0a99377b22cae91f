using FsCheck.Xunit;
using NodaTime;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Tests.Scheduling;

public sealed class SchedulePropertyTests
{
    [Property(MaxTest = 60)]
    public void Exactly_the_times_not_offered_have_a_reason(int seed)
    {
        var zoomHost = new RandomSchedule(seed);
        var schedule = new Schedule(zoomHost.Input());

        var offered = schedule.FreeSlots(zoomHost.From, zoomHost.To).Select(s => s.Start).ToHashSet();

        for (var start = zoomHost.From; start < zoomHost.To; start += Duration.FromMinutes(5))
        {
            var reasons = schedule.WhyNot(start);

            if (reasons.Any() == offered.Contains(start) || reasons.Any(r => !r.Sentence.EndsWith('.')))
            {
                Assert.Fail($"{start} in world {seed}: {string.Join(" ", reasons)}");
            }
        }
    }

    [Property(MaxTest = 60)]
    public void A_booking_is_allowed_to_the_hosts_that_the_slot_names(int seed)
    {
        var zoomHost = new RandomSchedule(seed);
        var input = zoomHost.Input();

        foreach (var slot in new Schedule(input).FreeSlots(zoomHost.From, zoomHost.To))
        {
            var verdict = BookingCheck.Check(input, new BookingRequest(slot.Start, input.Rules.Length));

            Assert.Equal(slot.Hosts, verdict.Hosts);
        }
    }

    [Property(MaxTest = 60)]
    public void An_offered_slot_overlaps_nothing_and_lies_within_hours(int seed)
    {
        var zoomHost = new RandomSchedule(seed);
        var input = zoomHost.Input();

        foreach (var slot in new Schedule(input).FreeSlots(zoomHost.From, zoomHost.To))
        {
            foreach (var able in slot.Hosts)
            {
                var busy = input.Hosts.Where(h => input.Type == CalendarType.Collective || h.Id == able.Id).ToList();

                var taken = busy.SelectMany(h => h.Booked).Where(t => !input.ExcludedAppointments.Contains(t.AppointmentId));
                var hours = input.Hours is null ? busy.Select(h => h.Availability) : [input.Hours];

                // Plain conditions: an assertion library's expressions would be compiled thousands of times here.
                Assert.True(taken.All(t => IsClear(t, slot, able.Id, input)), $"{slot.Start} in world {seed}");
                Assert.True(
                    busy.SelectMany(h => h.Blocked).Concat(input.Blocked).All(b => b.End <= slot.Start || slot.End <= b.Start),
                    $"{slot.Start} in world {seed}");
                Assert.True(hours.All(a => IsOpen(a, slot)), $"{slot.Start} in world {seed}");
            }
        }
    }

    [Property(MaxTest = 60)]
    public void Listing_in_parts_and_excluding_nothing_give_the_same_slots(int seed)
    {
        var zoomHost = new RandomSchedule(seed);
        var schedule = new Schedule(zoomHost.Input());
        var middle = zoomHost.From + Duration.FromMinutes(new Random(seed).Next(3 * 24 * 60));

        var whole = schedule.FreeSlots(zoomHost.From, zoomHost.To).Select(s => s.Start);
        var pieces = schedule.FreeSlots(zoomHost.From, middle).Concat(schedule.FreeSlots(middle, zoomHost.To)).Select(s => s.Start);

        pieces.Should().Equal(whole);
    }

    private static bool IsClear(BookedInterval taken, FreeSlot slot, Guid? host, ScheduleInput input)
    {
        if (taken.CalendarId == input.CalendarId && taken.HostId == host && taken.Start == slot.Start)
        {
            return true;
        }

        return taken.Start >= slot.End
            ? taken.Start - slot.End >= Duration.Max(input.Rules.BufferAfter, taken.BufferBefore)
            : slot.Start - taken.End >= Duration.Max(taken.BufferAfter, input.Rules.BufferBefore);
    }

    // Without the code's windows: by what the wall clock shows every five minutes of the slot.
    private static bool IsOpen(Availability hours, FreeSlot slot)
    {
        for (var minute = slot.Start; minute < slot.End; minute += Duration.FromMinutes(5))
        {
            var wall = minute.InZone(hours.Zone).LocalDateTime;
            var ofDay = (wall.Hour * 60) + wall.Minute;

            // An hour that the clocks repeat is open as a whole if a window reaches into it from one side.
            var isRepeated = hours.Zone.MapLocal(wall).Count == 2;

            if (!isRepeated && !hours.HoursOn(wall.Date).Any(h => h.From <= ofDay && ofDay < h.Until))
            {
                return false;
            }
        }

        return true;
    }
}
