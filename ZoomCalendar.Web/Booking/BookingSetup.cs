namespace ZoomCalendar.Web.Booking;

/// <summary>The pages for the customer: booking, confirmation, rescheduling, cancelling.</summary>
internal static class BookingSetup
{
    public static WebApplicationBuilder AddPublicBooking(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<BookingOptions>().BindConfiguration(BookingOptions.SectionName);
        services.AddBookingLimits();
        services.AddSingleton<SignedTokens>();
        services.AddSingleton<FormToken>();
        services.AddSingleton<AppointmentLinks>();
        services.AddSingleton<PublicCalendars>();
        services.AddSingleton<PublicAppointments>();
        services.AddSingleton<PickerReader>();
        services.AddSingleton<BookPages>();
        services.AddSingleton<LiveStream>();
        return builder;
    }

    public static WebApplication MapPublicBooking(this WebApplication app)
    {
        // The forms carry a signed token of their own: visitors get no cookie.
        var pages = app.MapGroup("").AllowAnonymous().DisableAntiforgery()
            .WithMetadata(new RequestLimits(PublicForm.LargestBytes));
        pages.MapBook();
        pages.MapConfirmed();
        pages.MapCancel();
        pages.MapChange();
        pages.MapGet(BookingUrls.ChangesPattern, async (string slug, BookPages book, LiveStream stream, CancellationToken cancellationToken) =>
                await book.OpenAsync(slug, cancellationToken) is { } calendar ? stream.Of(calendar.SubAccountId, null) : TypedResults.NotFound())
            .RequireRateLimiting(BookingLimits.Views);
        return app;
    }

    private sealed record RequestLimits(long? MaxRequestBodySize) : Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata;
}
