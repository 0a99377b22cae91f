using Microsoft.Extensions.DependencyInjection.Extensions;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Events;

namespace ZoomCalendar.Web.Startup;

/// <summary>Registers the use cases of booking. They are stateless.</summary>
internal static class CoreServices
{
    public static WebApplicationBuilder AddBooking(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<Signals>();
        builder.Services.TryAddSingleton<FreeSlotFinder>();
        builder.Services.TryAddSingleton<AppointmentBook>();
        return builder;
    }
}
