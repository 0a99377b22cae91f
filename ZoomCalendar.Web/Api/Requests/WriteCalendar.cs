using System.Text.Json;
using System.Text.Json.Serialization;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Web.Api.Requests;

/// <summary>
/// A calendar to be made or changed; with a change, what is missing stays as it is. Some field names are misspelt on purpose.
/// </summary>
internal record WriteCalendar : RequestBody
{
    private const decimal Most = 1_000_000;

    public bool? IsActive { get; init; }

    public IReadOnlyList<MemberBody>? TeamMembers { get; init; }

    /// <summary>RoundRobin_OptimizeForAvailability or RoundRobin_OptimizeForEqualDistribution.</summary>
    public string? EventType { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Slug { get; init; }

    public string? WidgetSlug { get; init; }

    /// <summary>round_robin, event, class_booking, collective or personal.</summary>
    public string? CalendarType { get; init; }

    public string? EventColor { get; init; }

    /// <summary>Of an event calendar.</summary>
    public IReadOnlyList<LocationBody>? LocationConfigurations { get; init; }

    public decimal? SlotDuration { get; init; }

    public string? SlotDurationUnit { get; init; }

    public decimal? SlotInterval { get; init; }

    public string? SlotIntervalUnit { get; init; }

    public decimal? SlotBuffer { get; init; }

    public string? SlotBufferUnit { get; init; }

    public decimal? PreBuffer { get; init; }

    public string? PreBufferUnit { get; init; }

    public decimal? AppoinmentPerSlot { get; init; }

    public decimal? AppoinmentPerDay { get; init; }

    public decimal? AllowBookingAfter { get; init; }

    public string? AllowBookingAfterUnit { get; init; }

    public decimal? AllowBookingFor { get; init; }

    public string? AllowBookingForUnit { get; init; }

    public IReadOnlyList<OpenHourBody>? OpenHours { get; init; }

    public IReadOnlyList<AvailabilityBody>? Availabilities { get; init; }

    [JsonIgnore]
    public string? WantedSlug => Slug is { Length: > 0 } ? Slug : WidgetSlug is { Length: > 0 } ? WidgetSlug : null;

    // What the platform's clients always send, in the values that say nothing.
    protected override string? WhyUnknown(string name, JsonElement value) => name switch
    {
        "autoConfirm" or "allowReschedule" or "allowCancellation" when value.ValueKind is JsonValueKind.True => null,
        "widgetType" or "formSubmitType" or "availabilityType" when value.ToString() is "default" or "ThankYouMessage" or "0" or "" => null,
        "eventTitle" when value.ToString() is Names.DefaultEventTitle or "" => null,
        "timezone" or "timeZone" or "meetingSettings" =>
            $"{name} cannot be set here: an admin chooses a calendar's zone and meeting settings under Settings > Calendar Settings.",
        "groupId" => IsSaid(value) ? Endpoints.CalendarEndpoints.NoGroups : null,
        _ when WithoutMeaning.Contains(name) => IsSaid(value) ? $"{name} is not available here." : null,
        "autoConfirm" or "allowReschedule" or "allowCancellation" or "widgetType" or "formSubmitType" or "availabilityType"
            or "eventTitle" =>
            $"{name} cannot be {value.ToString()[..Math.Min(40, value.ToString().Length)]} here.",
        _ => base.WhyUnknown(name, value),
    };

    private static readonly HashSet<string> WithoutMeaning =
    [
        "notifications", "meetingLocation", "enableRecurring", "recurring", "formId", "stickyContact", "isLivePaymentMode",
        "shouldSendAlertEmailsToAssignedMember", "alertEmail", "googleInvitationEmails", "shouldAssignContactToTeamMember",
        "shouldSkipAssigningContactForExisting",
        "notes",
        "pixelId",
        "formSubmitRedirectURL",
        "formSubmitThanksMessage",
        "guestType",
        "consentLabel",
        "calendarCoverImage", "lookBusyConfig",
    ];

    public override IEnumerable<string> Problems() =>
    [
        .. OneOf("calendarType", CalendarType, CalendarType is null || Names.Type(CalendarType) is not null, Names.TypeNames),
        .. OneOf("eventType", EventType, EventType is null || Names.Distribution(EventType) is not null, Names.DistributionNames),
        .. OneOf("eventColor", EventColor, EventColor is null || Names.Colors.Contains(EventColor), string.Join(", ", Names.Colors)),
        .. Amounts.Where(each => each.Value is < 0 or > Most).Select(each => each.Problem),
        .. Unit("slotDurationUnit", SlotDurationUnit, "mins", "hours"), .. Unit("slotIntervalUnit", SlotIntervalUnit, "mins", "hours"),
        .. Unit("slotBufferUnit", SlotBufferUnit, "mins", "hours"), .. Unit("preBufferUnit", PreBufferUnit, "mins", "hours"),
        .. Unit("allowBookingAfterUnit", AllowBookingAfterUnit, "hours", "days", "weeks", "months"),
        .. Unit("allowBookingForUnit", AllowBookingForUnit, "days", "weeks", "months"),
        .. (TeamMembers ?? []).Any(member => member is null)
            ? ["teamMembers must not hold null"]
            : (TeamMembers ?? []).SelectMany(member => member.AllProblems()),
        .. Locations("locationConfigurations", LocationConfigurations),
        .. Hours(),
        .. HourParts().SelectMany(each => each is null ? [] : each.UnknownFields().Concat(each.Problems())),
    ];

    public static IEnumerable<string> Locations(string name, IReadOnlyList<LocationBody>? locations) => locations switch
    {
        null or { Count: 0 } => [],
        { Count: > 1 } => [$"{name} can hold one location only."],
        [null] => [$"{name} must not hold null"],
        [var one] => one.AllProblems(),
    };

    private IEnumerable<RequestBody?> HourParts() =>
    [
        .. OpenHours ?? [], .. (OpenHours ?? []).SelectMany(each => each?.Hours ?? []),
        .. Availabilities ?? [], .. (Availabilities ?? []).SelectMany(each => each?.Hours ?? []),
    ];

    private IEnumerable<string> Hours()
    {
        var isBroken = (OpenHours ?? []).Any(each => each?.DaysOfTheWeek is null || each.Hours is null
            || each.DaysOfTheWeek.Any(day => day is < 0 or > 6) || each.Hours.Any(hour => hour is not { IsSound: true }));
        if (isBroken)
        {
            yield return "openHours must hold daysOfTheWeek from 0 (Sunday) to 6, and hours such as 9:00 to 17:00";
        }

        if ((Availabilities ?? []).Any(
            each => each is null || each.Day is null || (each.Hours ?? []).Any(hour => hour is not { IsSound: true })))
        {
            yield return "availabilities must hold dates such as 2026-11-23T00:00:00.000Z, and hours such as 9:00 to 17:00";
        }
    }

    /// <summary>The values out of range in a readable body, each with its name and limits.</summary>
    public IReadOnlyList<string> BeyondLimits() =>
        [.. Amounts.Where(each => each.Value is not null && !each.IsWithin()).Select(each => each.Problem), .. UnitsAlone()];

    private IReadOnlyList<Amount> Amounts =>
    [
        Amount.OfMinutes("slotDuration", SlotDuration, SlotDurationUnit, SlotRules.IsLength, SlotRules.LengthRange),
        Amount.OfMinutes("slotInterval", SlotInterval, SlotIntervalUnit, SlotRules.IsLength, SlotRules.LengthRange),
        Amount.OfMinutes("slotBuffer", SlotBuffer, SlotBufferUnit, SlotRules.IsBuffer, SlotRules.BufferRange),
        Amount.OfMinutes("preBuffer", PreBuffer, PreBufferUnit, SlotRules.IsBuffer, SlotRules.BufferRange),
        new(
            "appoinmentPerSlot",
            AppoinmentPerSlot,
            () => Amount.Whole(AppoinmentPerSlot) is >= 1 and <= SlotRules.MaxSeats,
            SlotRules.SeatsRange),
        new(
            "appoinmentPerDay",
            AppoinmentPerDay,
            () => Amount.Whole(AppoinmentPerDay) is >= 0,
            "1 or more, in whole numbers, or 0 for no limit"),
        Amount.OfNotice("allowBookingAfter", AllowBookingAfter, AllowBookingAfterUnit),
        Amount.OfDays("allowBookingFor", AllowBookingFor, AllowBookingForUnit),
    ];

    // A unit that we do not answer with ourselves, of nothing.
    private IEnumerable<string> UnitsAlone()
    {
        (string Name, decimal? Value, string? Unit, string Ours)[] pairs =
        [
            ("slotDuration", SlotDuration, SlotDurationUnit, "mins"), ("slotInterval", SlotInterval, SlotIntervalUnit, "mins"),
            ("slotBuffer", SlotBuffer, SlotBufferUnit, "mins"), ("preBuffer", PreBuffer, PreBufferUnit, "mins"),
            ("allowBookingAfter", AllowBookingAfter, AllowBookingAfterUnit, "hours"), ("allowBookingFor", AllowBookingFor,
                AllowBookingForUnit, "days"),
        ];
        return pairs.Where(pair => pair.Value is null && pair.Unit is { Length: > 0 } unit && unit != pair.Ours)
            .Select(pair => $"{pair.Name}Unit says nothing without {pair.Name}");
    }

    private static IEnumerable<string> Unit(string name, string? value, params string[] units) =>
        OneOf(name, value, value is null || units.Contains(value), string.Join(", ", units));

    private static IEnumerable<string> OneOf(string name, string? value, bool isFine, string values) =>
        isFine || value?.Length == 0 ? [] : [$"{name} must be one of the following values: {values}"];
}

/// <summary>A new calendar.</summary>
internal sealed record CreateCalendarBody : WriteCalendar
{
    public string? LocationId { get; init; }

    public override IEnumerable<string> Problems() =>
        [.. Required("locationId", LocationId), .. Required("name", Name), .. base.Problems()];
}
