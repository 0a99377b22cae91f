using System.Text.Json;

namespace ZoomCalendar.Tests.Api;

/// <summary>No field of the specification is ignored: it is stored, or refused by name.</summary>
public sealed class CalendarFieldTests(ApiHost host) : IClassFixture<ApiHost>
{
    /// <summary>
    /// A value for each field. Stored fields are read back by <see cref="CalendarApiTests"/> and below.
    /// </summary>
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["notifications"] = """[{"type":"email","shouldSendToContact":true}]""",
        ["groupId"] = "\"g1\"",
        ["widgetType"] = "\"classic\"",
        ["eventTitle"] = "\"Call {{contact.name}}\"",
        ["meetingLocation"] = "\"Here\"",
        ["enableRecurring"] = "true",
        ["recurring"] = """{"freq":"DAILY"}""",
        ["formId"] = "\"f1\"",
        ["stickyContact"] = "true",
        ["isLivePaymentMode"] = "true",
        ["autoConfirm"] = "false",
        ["shouldSendAlertEmailsToAssignedMember"] = "true",
        ["alertEmail"] = "\"a@example.com\"",
        ["googleInvitationEmails"] = "true",
        ["allowReschedule"] = "false",
        ["allowCancellation"] = "false",
        ["shouldAssignContactToTeamMember"] = "true",
        ["shouldSkipAssigningContactForExisting"] = "true",
        ["notes"] = "\"n\"",
        ["pixelId"] = "\"p\"",
        ["formSubmitType"] = "\"RedirectURL\"",
        ["formSubmitRedirectURL"] = "\"https://example.com\"",
        ["formSubmitThanksMessage"] = "\"Thanks\"",
        ["availabilityType"] = "1",
        ["guestType"] = "\"count_only\"",
        ["consentLabel"] = "\"c\"",
        ["calendarCoverImage"] = "\"https://example.com/a.png\"",
        ["lookBusyConfig"] = """{"enabled":true,"LookBusyPercentage":50}""",
    };

    private static readonly string[] Kept =
    [
        "isActive",
        "locationId",
        "teamMembers",
        "eventType",
        "name",
        "description",
        "slug",
        "widgetSlug",
        "calendarType",
        "eventColor",
        "locationConfigurations",
        "slotDuration",
        "slotDurationUnit",
        "slotInterval",
        "slotIntervalUnit",
        "slotBuffer",
        "slotBufferUnit",
        "preBuffer",
        "preBufferUnit",
        "appoinmentPerSlot",
        "appoinmentPerDay",
        "allowBookingAfter", "allowBookingAfterUnit", "allowBookingFor", "allowBookingForUnit", "openHours", "availabilities",
    ];

    [Fact]
    public void Every_field_of_the_specification_is_supported_or_listed_as_unsupported() =>
        Specification.Platform.FieldsOf("CalendarCreateDTO").Union(Specification.Platform.FieldsOf("CalendarUpdateDTO")).Should()
            .BeEquivalentTo(Refused.Keys.Concat(Kept));

    [Fact]
    public async Task A_field_that_is_not_stored_is_refused_by_name()
    {
        var calendar = await host.NewCalendarAsync();

        foreach (var (field, value) in Refused)
        {
            var answer = await host.Api.SendTextAsync(HttpMethod.Put, $"/calendars/{calendar}", $"{{\"{field}\":{value}}}");

            answer.Status.Should().Be(422, field);
            answer.Message.Should().Contain(field);
        }
    }

    [Theory]
    [InlineData("timezone", "\"Europe/Paris\"")]
    [InlineData("meetingSettings", "{\"waitingRoom\":true}")]
    [InlineData("openHours", """[{"daysOfTheWeek":[1],"hours":[{"openHour":9,"openMinute":0,"closeHour":17,"closeMinute":0,"lunch":1}]}]""")]
    [InlineData("openHours", """[{"daysOfTheWeek":[1],"hours":[],"note":"x"}]""")]
    [InlineData("availabilities", """[{"date":"2030-01-07T00:00:00.000Z","hours":[],"note":"x"}]""")]
    [InlineData("availabilities", """[{"date":"2030-01-07T00:00:00.000Z","hours":[],"id":"a1"}]""")]
    public async Task Zone_and_meeting_settings_and_what_is_unknown_inside_a_field_are_refused_too(string field, string value)
    {
        var calendar = await host.NewCalendarAsync();

        var answer = await host.Api.SendTextAsync(HttpMethod.Put, $"/calendars/{calendar}", $"{{\"{field}\":{value}}}");

        answer.Status.Should().Be(422, answer.Body.ToString());
    }

    [Fact]
    public async Task An_older_clients_meeting_location_is_applied_or_refused()
    {
        var calendar = await host.NewCalendarAsync();
        var user = (await TeamAsync(calendar)).GetProperty("userId").GetString()!;
        Task<ApiResponse> PutAsync(object member) => host.Api.PutAsync($"/calendars/{calendar}", new { teamMembers = new[] { member } });

        var asked = await PutAsync(new { userId = user, meetingLocationType = "address", meetingLocation = "12 Main St" });
        var place = (await TeamAsync(calendar)).GetProperty("locationConfigurations")[0];
        var elsewhere = await PutAsync(new { userId = user, meetingLocationType = "gmeet" });
        var torn = await PutAsync(new
        {
            userId = user,
            meetingLocationType = "phone",
            locationConfigurations = new[] { new { kind = "custom", location = "Here" } },
        });
        var loose = await PutAsync(new { userId = user, meetingLocation = "somewhere" });

        asked.Status.Should().Be(200, asked.Body.ToString());
        (place.GetProperty("kind").GetString(), place.GetProperty("location").GetString()).Should().Be(("physical", "12 Main St"));
        new[] { elsewhere, torn, loose }.Should().OnlyContain(answer => answer.Status == 422);
    }

    private async Task<JsonElement> TeamAsync(string calendar) =>
        (await host.Api.GetAsync($"/calendars/{calendar}")).Body.GetProperty("calendar").GetProperty("teamMembers")[0];
}
