using System.Text.Json;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Scheduling;
using RequestKind = ZoomCalendar.Sandbox.RequestKind;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>What of an appointment goes to Zoom, and when something has to be said again.</summary>
public sealed class WhatZoomIsToldTests : IAsyncLifetime
{
    private ZoomTestHost _zoomHost = null!;

    public async Task InitializeAsync() => _zoomHost = await ZoomTestHost.CreateAsync();

    public async Task DisposeAsync()
    {
        _zoomHost.Failures.Exceptions.Should().BeEmpty();
        await _zoomHost.DisposeAsync();
    }

    [Fact]
    public async Task Zoom_is_told_title_zone_and_public_description_and_nothing_of_the_booker()
    {
        var calendar = await _zoomHost.TestTenant.CalendarAsync(
            CalendarType.Personal,
            [_zoomHost.Ben],
            change: row => (row.Description, row.TimeZone) = ("An hour to plan the garden.", "Pacific/Auckland"));
        await _zoomHost.TestTenant.BookedAsync(calendar, _zoomHost.Tomorrow, booking => booking.Request = booking.Request with
        {
            Title = "Garden plan",
            Notes = "The gate's code is 4711",
            Booker = new Booker
            {
                Name = "Yolanda Quist",
                Email = "yolanda@quist.example",
                Phone = "+1 555 0199",
                TimeZone = "America/Lima",
            },
        });
        await _zoomHost.ReconcileAsync();

        var made = _zoomHost.InZoom.Should().ContainSingle().Subject;
        (made.Topic, made.StartTime, made.Timezone).Should().Be(("Garden plan", _zoomHost.Tomorrow, "Pacific/Auckland"));
        made.Agenda.Split('\n', 2).Should().HaveCount(2).And.Contain(line => line.Contains("An hour to plan the garden."));
        JsonSerializer.Serialize(made).Should().NotContainAny("Yolanda", "quist", "4711", "0199", "Lima");
    }

    [Fact]
    public async Task Joining_or_leaving_a_shared_slot_causes_an_update_only_if_the_longest_length_changes()
    {
        await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow);
        var equal = await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow);
        await LaterAsync();
        _zoomHost.Sent.Should().Equal(RequestKind.Create);

        var longer = await _zoomHost.BookedAsync(_zoomHost.Class, _zoomHost.Tomorrow, minutes: 45);
        await LaterAsync();
        (_zoomHost.InZoom.Single().Duration, _zoomHost.Sent.Count(kind => kind is RequestKind.Update)).Should().Be((45, 1));

        await _zoomHost.CancelAsync(equal);
        await LaterAsync();
        _zoomHost.Sent.Count(kind => kind is RequestKind.Update).Should().Be(1, "the longest stays");

        await _zoomHost.CancelAsync(longer);
        await LaterAsync();
        (_zoomHost.InZoom.Single().Duration, _zoomHost.Sent.Count(kind => kind is RequestKind.Update)).Should().Be((30, 2));
    }

    private Task LaterAsync() => _zoomHost.AdvanceAsync(TimeSpan.FromMinutes(6));
}
