using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Booking.Endpoints;

/// <summary>The pages for the customer: booking, confirmation, rescheduling, cancelling.</summary>
internal static class BookingSetup
{
    public static WebApplicationBuilder AddPublicBooking(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<BookingOptions>().BindConfiguration(BookingOptions.SectionName);
        services.AddBookingLimits();
        services.AddSingleton<BookingCapacity>();
        services.AddSingleton<SignedTokens>();
        services.AddSingleton<FormToken>();
        services.AddSingleton<AppointmentLinks>();
        services.AddSingleton<PublicCalendars>();
        services.AddSingleton<PublicAppointments>();
        services.AddSingleton<PickerReader>();
        services.AddSingleton<BookPages>();
        services.AddSingleton<ChangeStream>();
        services.AddSingleton<BookedPageLinks>();
        services.AddSingleton<WaitingListLinks>();
        services.AddSingleton<DataLinks>();
        services.AddSingleton<DataMail>();
        services.AddSingleton<YourDataEndpoints.Opener>();
        services.AddSingleton<WaitingListPages>();
        services.AddSingleton<IWaitingListMessages, WaitingListMessageQueue>();
        services.AddSingleton<WaitingList>();
        services.AddSingleton<WaitingListProcessor>();
        services.AddHostedService<WaitingListService>();
        return builder;
    }

    public static WebApplication MapPublicBooking(this WebApplication app)
    {
        // The forms carry their own signed token, so visitors get no cookie.
        var pages = app.MapGroup("").WithPageAssets(app).AllowAnonymous().DisableAntiforgery()
            .WithMetadata(new RequestLimits(PublicForm.LargestBytes));
        pages.MapBook();
        pages.MapConfirmed();
        pages.MapCancel();
        pages.MapChange();
        pages.MapWait();
        pages.MapPlace();
        pages.MapOldAddresses();
        pages.MapYourData();
        pages.MapGet(BookingUrls.ChangesPattern, ChangesAsync).RequireRateLimiting(BookingLimits.Views);
        return app;
    }

    private static async Task<IResult> ChangesAsync(
        HttpContext context,
        [AsParameters] BookingAddress address,
        string? known,
        BookPages book,
        PublicCalendars calendars,
        ChangeStream stream,
        CancellationToken cancellationToken) =>
        await book.OpenAsync(address, cancellationToken) is { } calendar
            ? stream.Follow(context, calendar.SubAccountId, known, stop => calendars.StateAsync(calendar.SubAccountId, stop))
            : TypedResults.NotFound();

    private sealed record RequestLimits(long? MaxRequestBodySize) : Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata;
}
