using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Tests.Screens;
using ZoomCalendar.Web.Booking;

namespace ZoomCalendar.Tests.Privacy;

/// <summary>The pages on which bookers see, download and erase their data.</summary>
[Collection(nameof(ScreenTestHost))]
public sealed class YourDataTests(ScreenTestHost screens)
{
    [Fact]
    public async Task Booker_erases_the_data_of_a_cancelled_appointment_by_its_link_and_the_link_ends()
    {
        var (id, path) = await BookAsync("Jo Erase");
        using var visitor = screens.App.NewVisitor();
        (await visitor.GetStringAsync(path)).Should().Contain("Jo Erase").And.Contain("Cancel by the link");
        (await PostAsync(visitor, $"{path}/erase")).Should().Be(HttpStatusCode.Conflict);
        await screens.App.Services.GetRequiredService<AppointmentBook>().CancelAsync(
            id, null, new Actor(screens.Northwind, await screens.UserAsync(ScreenTestHost.Ada), Role.Admin), screens.Now, default);

        (await visitor.GetStringAsync($"{path}/erase")).Should().Contain("This cannot be undone");
        (await PostAsync(visitor, $"{path}/erase")).Should().Be(HttpStatusCode.OK);

        (await screens.ReadAsync(db => db.Appointments.AsNoTracking().SingleAsync(row => row.Id == id))).Booker.Name.Should()
            .Be(Booker.ErasedName);
        (await visitor.GetAsync(path)).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Link_of_an_appointment_downloads_it_and_a_link_to_everything_is_sent_to_the_address()
    {
        var (id, path) = await BookAsync("Jo Export");
        using var visitor = screens.App.NewVisitor();

        (await visitor.GetStringAsync($"{path}/data.json")).Should().Contain("Jo Export").And.Contain($"\"id\": \"{id}\"");
        (await visitor.GetStringAsync($"{path}/appointments.ics")).Should().Contain("BEGIN:VEVENT").And.Contain(id.ToString());
        (await PostAsync(visitor, $"{path}/mail")).Should().Be(HttpStatusCode.OK);

        var email = await screens.ReadAsync(db => db.Appointments.Where(row => row.Id == id).Select(row => row.Booker.Email).SingleAsync());
        (await screens.ReadAsync(db => db.Messages.AnyAsync(
            row => row.Kind == MessageKind.Account && row.Receiver == MessageReceiver.Booker && row.Address == email))).Should().BeTrue();
        var all = screens.App.Services.GetRequiredService<DataLinks>();
        (await visitor.GetStringAsync(BookingUrls.Data(all.Make(screens.Northwind, email, screens.Now)))).Should().Contain("Jo Export");
        (await visitor.GetAsync(BookingUrls.Data(all.Make(screens.Northwind, email, screens.Now.AddHours(-3))))).StatusCode.Should()
            .Be(HttpStatusCode.NotFound, "it is valid for two hours");
        (await visitor.GetStringAsync(BookingUrls.Data(all.Make(screens.Southside, email, screens.Now)))).Should().NotContain("Jo Export");
    }

    [Fact]
    public async Task Every_page_of_a_booker_s_appointment_leads_to_the_booker_s_data()
    {
        var (id, path) = await BookAsync("Jo Everywhere");
        var row = await screens.ReadAsync(db => db.Appointments.AsNoTracking().SingleAsync(each => each.Id == id));
        var links = screens.App.Services.GetRequiredService<AppointmentLinks>();
        using var visitor = screens.App.NewVisitor();

        foreach (var page in new[]
        {
            BookingUrls.Change(links.Make(LinkPurpose.Change, id, row.End, row.Booker.Email)),
            BookingUrls.Cancel(links.Make(LinkPurpose.Cancel, id, row.End, row.Booker.Email)),
            $"/book/northwind/intro-call/confirmed/{links.Make(LinkPurpose.Confirmed, id, row.End, row.Booker.Email)}",
        })
        {
            var link = Regex.Match(await visitor.GetStringAsync(page), "href=\"(?<path>/your-data/[^\"]+)\"").Groups["path"].Value;
            link.Should().NotBeEmpty(page.Split('/')[2]);
            (await visitor.GetStringAsync(link)).Should().Contain("Jo Everywhere");
        }
    }

    [Fact]
    public async Task Message_with_the_link_to_everything_is_itself_in_the_export()
    {
        var (id, path) = await BookAsync("Jo Letter");
        using var visitor = screens.App.NewVisitor();
        (await PostAsync(visitor, $"{path}/mail")).Should().Be(HttpStatusCode.OK);
        var email = await screens.ReadAsync(db => db.Appointments.Where(row => row.Id == id).Select(row => row.Booker.Email).SingleAsync());
        var everything = BookingUrls.Data(
            screens.App.Services.GetRequiredService<DataLinks>().Make(screens.Northwind, email, screens.Now));

        (await visitor.GetStringAsync($"{everything}/data.json")).Should().Contain("\"Your data at ");
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient visitor, string path)
    {
        using var form = new FormUrlEncodedContent([new("sure", "yes")]);
        using var answer = await visitor.PostAsync(path, form);
        return answer.StatusCode;
    }

    private async Task<(AppointmentId Id, string Path)> BookAsync(string name)
    {
        var id = await screens.BookOneAsync(booker: name);
        var row = await screens.ReadAsync(db => db.Appointments.AsNoTracking().SingleAsync(each => each.Id == id));
        var link = new PersonalLink(id, PersonalLink.HolderOf(row.Booker.Email));
        return (id, BookingUrls.Data(screens.App.Services.GetRequiredService<DataLinks>().Make(link, row.End)));
    }
}
