using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Booking;

namespace ZoomCalendar.Tests.Booking;

/// <summary>Every form of the public pages, with what a person would send.</summary>
internal static class PublicForms
{
    public static async Task<List<(string Path, Dictionary<string, string> Fields)>> FindAsync(AppHost app, PublicVisitor visitor)
    {
        var fields = await visitor.FormAsync(await visitor.FirstTimeAsync("yoga-class", skip: 1));
        (fields["name"], fields["email"], fields["phone"], fields["notes"], fields["place"], fields["host"]) =
            ("Jo", "jo@example.test", "1", "Notes", "Here", "");
        await visitor.BookAsync("intro-call", await visitor.FirstTimeAsync("intro-call"), "hostile@example.test");
        await using var db = await app.OpenDatabaseAsync();
        var appointment = await db.Appointments.SingleAsync(row => row.Booker.Email == "hostile@example.test");
        var (links, waiting) = (app.Services.GetRequiredService<AppointmentLinks>(), app.Services.GetRequiredService<WaitingListLinks>());
        var change = links.Make(LinkPurpose.Change, appointment.Id, appointment.End, appointment.Booker.Email);
        var cancel = links.Make(LinkPurpose.Cancel, appointment.Id, appointment.End, appointment.Booker.Email);
        var data = BookingUrls.Data(app.Services.GetRequiredService<DataLinks>().Make(
            new PersonalLink(appointment.Id, PersonalLink.HolderOf(appointment.Booker.Email)), appointment.End));
        return
        [
            ("/book/northwind/yoga-class", fields),
            ("/book/northwind/yoga-class/wait", fields),
            ($"/book/change/{change}", new() { ["at"] = fields["at"], ["zone"] = "Europe/Berlin" }),
            ($"/book/cancel/{cancel}", new() { ["sure"] = "yes" }),
            ($"{data}/erase", new() { ["sure"] = "yes" }),
            ($"{data}/mail", new() { ["sure"] = "yes" }),
            ($"/book/waiting/{WaitingTokenOf(waiting)}", new() { ["sure"] = "yes" }),
            ($"/book/waiting/{WaitingTokenOf(waiting)}/leave", new() { ["sure"] = "yes" }),
        ];
    }

    private static string WaitingTokenOf(WaitingListLinks links) =>
        links.Make(new WaitingId(Guid.NewGuid()), TimeProvider.System.GetUtcNow().AddDays(1), "hostile@example.test");
}
