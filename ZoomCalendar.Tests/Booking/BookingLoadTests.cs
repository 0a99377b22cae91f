using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Booking;

/// <summary>More visitors than the app can serve.</summary>
[OnSqlite("A process bounds its work alike on both databases, and this one is easily held.")]
public sealed class BookingLoadTests
{
    private const string Page = "/book/northwind/intro-call";

    [Fact]
    public async Task Beyond_capacity_a_visitor_is_told_when_to_try_again_and_the_app_recovers_by_itself()
    {
        await using var app = await AppHost.StartAsync(host => host
            .UseSetting("Booking:RequestsAtOnce", "1").UseSetting("Booking:RequestsWaiting", "0")
            .UseSetting("Booking:ViewsPerMinute", "100000"));
        using var visitor = new PublicVisitor(app);
        var time = await visitor.FirstTimeAsync("intro-call");
        var form = await visitor.FormAsync(time);
        (form["name"], form["email"]) = ("Jo Field", "jo@example.test");

        Task<HttpResponseMessage> booking;
        await using (var database = new SqliteConnection(app.Services.GetRequiredService<IConfiguration>()
            .GetConnectionString(DatabaseOptions.ConnectionStringName)))
        {
            await database.OpenAsync();
            // Another process writes: the booking waits for it, and holds the only place meanwhile.
            await using var writing = database.BeginTransaction(deferred: false);
            booking = visitor.PostAsync(Page, form);
            await Eventually.HoldsAsync(
                async () => (await visitor.Client.GetAsync(Page)).StatusCode is HttpStatusCode.ServiceUnavailable,
                TimeSpan.FromMinutes(1),
                "the place is taken");

            using var refused = await visitor.Client.GetAsync(Page);
            refused.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(5));
            (await refused.TextAsync()).Should().Contain("Many people are booking").And.NotContain("The fault is ours");
            using var other = await visitor.Client.GetAsync("/account/sign-in");
            other.StatusCode.Should().Be(HttpStatusCode.OK, "other pages are not concerned");
        }

        (await booking).StatusCode.Should().Be(HttpStatusCode.SeeOther, "it waited and was booked");
        (await visitor.Client.GetAsync(Page)).StatusCode.Should().Be(HttpStatusCode.OK, "there is room again");
    }
}
