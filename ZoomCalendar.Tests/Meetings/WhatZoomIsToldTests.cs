using System.Text.Json;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Scheduling;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>What of an appointment goes to Zoom, and when something has to be said again.</summary>
public sealed class WhatZoomIsToldTests : IAsyncLifetime
{
    private ZoomTestHost _world = null!;

    public async Task InitializeAsync() => _world = await ZoomTestHost.CreateAsync();

    public async Task DisposeAsync()
    {
        _world.Failures.Exceptions.Should().BeEmpty();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task Zoom_is_told_title_zone_and_public_description_and_nothing_of_the_booker()
    {
        var calendar = await _world.TestTenant.CalendarAsync(CalendarType.Personal, [_world.Ben], change: row => (row.Description, row.TimeZone) = ("An hour to plan the garden.", "Pacific/Auckland"));
        await _world.TestTenant.BookedAsync(calendar, _world.Tomorrow, booking => booking.Request = booking.Request with
        {
            Title = "Garden plan",
            Notes = "The gate's code is 4711",
            Booker = new Booker { Name = "Yolanda Quist", Email = "yolanda@quist.example", Phone = "+1 555 0199", TimeZone = "America/Lima" },
        });
        await _world.ReconcileAsync();

        var made = _world.InZoom.Should().ContainSingle().Subject;
        (made.Topic, made.StartTime, made.Timezone).Should().Be(("Garden plan", _world.Tomorrow, "Pacific/Auckland"));
        made.Agenda.Split('\n', 2).Should().HaveCount(2).And.Contain(line => line.Contains("An hour to plan the garden."));
        JsonSerializer.Serialize(made).Should().NotContainAny("Yolanda", "quist", "4711", "0199", "Lima");
    }

    [Fact]
    public async Task Who_joins_or_leaves_a_shared_slot_causes_an_update_only_if_the_longest_length_changes()
    {
        await _world.BookedAsync(_world.Class, _world.Tomorrow);
        var equal = await _world.BookedAsync(_world.Class, _world.Tomorrow);
        await LaterAsync();
        _world.Sent.Should().Equal(RequestKind.Create);

        var longer = await _world.BookedAsync(_world.Class, _world.Tomorrow, minutes: 45);
        await LaterAsync();
        (_world.InZoom.Single().Duration, _world.Sent.Count(kind => kind is RequestKind.Update)).Should().Be((45, 1));

        await _world.CancelAsync(equal);
        await LaterAsync();
        _world.Sent.Count(kind => kind is RequestKind.Update).Should().Be(1, "the longest stays");

        await _world.CancelAsync(longer);
        await LaterAsync();
        (_world.InZoom.Single().Duration, _world.Sent.Count(kind => kind is RequestKind.Update)).Should().Be((30, 2));
    }

    private Task LaterAsync() => _world.AdvanceAsync(TimeSpan.FromMinutes(6));
}
