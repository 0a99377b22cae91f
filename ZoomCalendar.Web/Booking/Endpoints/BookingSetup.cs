using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Messages;

namespace ZoomCalendar.Web.Booking.Endpoints;

/// <summary>The pages for the customer: booking, confirmation, rescheduling, cancelling.</summary>
internal static class BookingSetup
{
    public static WebApplicationBuilder AddPublicBooking(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<BookingOptions>().BindConfiguration(BookingOptions.SectionName);
        services.AddBookingLimits();
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
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
        services.AddSingleton<WaitingListPages>();
        services.AddSingleton<IWaitingListMessages, WaitingListMessageQueue>();
        services.AddSingleton<WaitingList>();
        services.AddSingleton<WaitingListProcessor>();
        services.AddHostedService<WaitingListService>();
        return builder;
    }

    /// <summary>
    /// Compression for slow phones, only here: these pages hold no constant secret beside text that a stranger can choose,
    /// which compression could reveal (BREACH).
    /// </summary>
    public static WebApplication UsePublicBooking(this WebApplication app)
    {
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/book", StringComparison.Ordinal), pages => pages.UseResponseCompression());
        return app;
    }

    public static WebApplication MapPublicBooking(this WebApplication app)
    {
        // The forms carry their own signed token, so visitors get no cookie.
        var pages = app.MapGroup("").AllowAnonymous().DisableAntiforgery()
            .WithMetadata(new RequestLimits(PublicForm.LargestBytes));
        pages.MapBook();
        pages.MapConfirmed();
        pages.MapCancel();
        pages.MapChange();
        pages.MapWait();
        pages.MapPlace();
        pages.MapGet(BookingUrls.ChangesPattern, ChangesAsync).RequireRateLimiting(BookingLimits.Views);
        return app;
    }

    private static async Task<IResult> ChangesAsync(
        string slug, string? known, BookPages book, PublicCalendars calendars, ChangeStream stream, CancellationToken cancellationToken) =>
        await book.OpenAsync(slug, cancellationToken) is { } calendar
            ? stream.Follow(calendar.SubAccountId, known, stop => calendars.StateAsync(calendar.SubAccountId, stop))
            : TypedResults.NotFound();

    private sealed record RequestLimits(long? MaxRequestBodySize) : Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata;
}
