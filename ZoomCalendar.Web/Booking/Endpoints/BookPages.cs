using NodaTime;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Web.Components.Pages.Booking;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Booking.Endpoints;

/// <summary>The booking page in each of its states.</summary>
internal sealed class BookPages(
    PublicCalendars calendars, PickerReader picker, FreeSlotFinder freeSlots, FormToken tokens, PublicUrl publicUrl, TimeProvider clock)
{
    private const int NearestShown = 3;

    /// <summary>Above a form with sentences at its fields.</summary>
    public static PublicSentence Marked => new(PublicStrings.Loc["Nothing is booked yet. Please correct what is marked below."]);

    /// <returns>Null if the calendar takes no bookings or does not exist.</returns>
    public async Task<PublicCalendar?> OpenAsync(BookingAddress address, CancellationToken cancellationToken) =>
        await calendars.ByAddressAsync(address, cancellationToken) is { IsArchived: false } calendar ? calendar : null;

    public async Task<IResult> ShowAsync(
        HttpContext context, PublicCalendar calendar, PickerQuery asked, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var query = calendar.Choice.Any(host => host.Id == asked.Host) ? asked : asked with { Host = null };
        var chosen = query.At is { } at ? await ListAsync(calendar, query, at, now, cancellationToken) : SlotListing.Empty;
        if (chosen is { Free.Count: > 0 } or { Full.Count: > 0 })
        {
            var typed = new BookingForm { Token = tokens.Make(calendar.Id, Guid.CreateVersion7(now), now) };
            return PublicPages.Private<BookPage>(context, new
            {
                Model = Filled(context, calendar, query, typed, chosen.Free.Count == 0),
            }, calendar);
        }

        var problem = query.At is null ? null : PublicReasons.NotFree;
        // Read first, so that the stream reports bookings made while the page is rendered.
        var state = ChangeStream.Of(await calendars.StateAsync(calendar.SubAccountId, cancellationToken));
        var shown = await picker.ReadAsync(calendar, query, null, now, cancellationToken);
        return PublicPages.Page<BookPage>(context, new
        {
            Model = Model(context, calendar, query with { At = null }, shown) with { Problem = problem, State = state },
        }, calendar);
    }

    /// <summary>The form again, with the input.</summary>
    public async Task<IResult> AgainAsync(
        HttpContext context,
        PublicCalendar calendar,
        PickerQuery query,
        BookingForm typed,
        PublicSentence problem,
        IReadOnlyList<Instant> nearest,
        int status,
        CancellationToken cancellationToken,
        bool forWaiting = false,
        IReadOnlyDictionary<BookingField, PublicSentence>? errors = null)
    {
        var now = clock.GetUtcNow();
        var at = query.At!.Value;
        if (tokens.Read(typed.Token, calendar.Id, now) is null or { IsExpired: true })
        {
            typed = typed with { Token = tokens.Make(calendar.Id, Guid.CreateVersion7(now), now) };
        }

        var chosen = await ListAsync(calendar, query, at, now, cancellationToken);
        var isFull = chosen is { Free.Count: 0, Full.Count: > 0 };
        if (nearest.Count == 0 && chosen.Free.Count == 0 && !(isFull && forWaiting))
        {
            var starts = await freeSlots.NearestAsync(
                calendar.Id, at.ToDateTimeOffset(), query.Host, NearestShown, calendar.Booker, now, cancellationToken);
            nearest = [.. starts.Select(Instant.FromDateTimeOffset)];
        }

        var model = Filled(context, calendar, query, typed, isFull && forWaiting);
        var waitUrl = isFull && !forWaiting
            ? BookingUrls.WithQuery(BookingUrls.Page(calendar.Address), query with { Day = null, Month = null })
            : null;
        return PublicPages.Private<BookPage>(context, new
        {
            Model = model with
            {
                Form = model.Form! with
                {
                    Problem = problem,
                    Errors = errors ?? model.Form.Errors,
                    Nearest = nearest,
                    WaitUrl = waitUrl,
                },
            },
        }, calendar, status);
    }

    private static Picker Nothing(PublicCalendar calendar, PickerQuery query) => new()
    {
        Month = default,
        ZoneId = query.Zone ?? calendar.TimeZone,
        Clock = VisitorClock.Of(query),
        Weeks = [],
        Slots = [],
    };

    private BookPageModel Filled(HttpContext context, PublicCalendar calendar, PickerQuery query, BookingForm typed, bool isForWaiting) =>
        Model(context, calendar, query, Nothing(calendar, query)) with
        {
            Form = new BookFormModel(
                typed,
                query.At!.Value,
                query.At!.Value + Duration.FromMinutes(calendar.Rules.LengthMinutes))
            { IsForWaiting = isForWaiting },
        };

    private BookPageModel Model(HttpContext context, PublicCalendar calendar, PickerQuery query, Picker shown) => new()
    {
        Calendar = calendar,
        Picker = shown,
        Query = query,
        Address = publicUrl.Of(context.Request, BookingUrls.Page(calendar.Address)),
    };

    private async Task<SlotListing> ListAsync(
        PublicCalendar calendar, PickerQuery query, Instant at, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var start = at.ToDateTimeOffset();
        var tooFar = BookingWindow.End(
            Instant.FromDateTimeOffset(now), calendar.Rules.HorizonDays, DateTimeZoneProviders.Tzdb[calendar.TimeZone]);
        return start > now && at < tooFar
            ? await freeSlots.ListAsync(calendar.Id, start, start.AddSeconds(1), query.Host, calendar.Booker, now, cancellationToken)
            : SlotListing.Empty;
    }
}
