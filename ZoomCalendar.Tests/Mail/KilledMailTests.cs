using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Mail;

/// <summary>
/// The queue of messages while its process is killed again and again, against a real SMTP server. <c>ZOOMCALENDAR_MAIL_KILLS=200</c> runs
/// it at length, <c>ZOOMCALENDAR_MAIL_SEED</c> repeats a run's moments.
/// </summary>
public sealed class KilledMailTests(ITestOutputHelper output)
{
    private const int BookingsEachTime = 8;
    // Milliseconds after a message has come: from before the server's answer has gone out to the midst of a later one.
    private const int LatestKill = 25;

    private static readonly TimeSpan BetweenRuns = MessageQueue.Lease + TimeSpan.FromMinutes(1);

    private static int Kills { get; } = Setting("ZOOMCALENDAR_MAIL_KILLS", 5);

    private static int Seed { get; } = Setting("ZOOMCALENDAR_MAIL_SEED", Random.Shared.Next());

    [SmtpServerFact]
    public async Task A_killed_sender_loses_nothing_and_repeats_only_messages_accepted_before_they_were_recorded()
    {
        output.WriteLine($"ZOOMCALENDAR_MAIL_SEED={Seed} ZOOMCALENDAR_MAIL_KILLS={Kills}");
        await using var tenant = await TestTenant.CreateAsync();
        await using var server = await RecordingSmtpServer.StartAsync();
        var random = new Random(Seed);
        var calendar = await tenant.CalendarAsync(
            CalendarType.Personal,
            [await tenant.UserAsync("ben")],
            new BookingRules { HorizonDays = 700 },
            new MeetingLocation(MeetingLocationKind.Phone, "+1 312 555 0100"));
        var mayRepeat = new Dictionary<string, int>();
        var next = tenant.Now.AddDays(30);
        // It notes where the events begin, before the first booking.
        await new MessageWriter(tenant.Database, new MessageSettings()).StartAsync(CancellationToken.None);

        for (var kill = 0; kill < Kills; kill++)
        {
            tenant.Now += BetweenRuns;
            for (var i = 0; i < BookingsEachTime; i++)
            {
                await tenant.BookedAsync(calendar, next += TimeSpan.FromMinutes(30));
            }

            var before = server.Received.Count;
            await using var worker = await MailWorker.StartAsync(tenant.Database, server.Port, tenant.Now);
            await worker.GoAsync();
            await server.ArrivedAsync(before + random.Next(BookingsEachTime * 2));
            await PauseAsync(random.Next(LatestKill));
            await worker.KillAsync();
            await server.QuietAsync();

            // At most one: it sends one after the other. The row says that it was begun.
            var rows = await RowsAsync(tenant);
            var open = server.Received.Skip(before).Where(id => rows[id].State is not MessageState.Sent).ToList();
            open.Should().HaveCountLessThanOrEqualTo(1);
            foreach (var id in open)
            {
                rows[id].Content.Should().NotBeEmpty();
                mayRepeat[id] = mayRepeat.GetValueOrDefault(id) + 1;
            }
        }

        tenant.Now += BetweenRuns;
        await using (var last = await MailWorker.StartAsync(tenant.Database, server.Port, tenant.Now))
        {
            await last.GoAsync();
            await last.DoneAsync();
        }

        var all = (await RowsAsync(tenant)).Where(row => row.Value.Kind is not MessageKind.Reminder).ToList();
        all.Should().HaveCount(Kills * BookingsEachTime * 2, "booker and host are told of each booking, once in the queue")
            .And.OnlyContain(row => row.Value.State == MessageState.Sent);
        var received = server.Received.GroupBy(id => id).ToDictionary(group => group.Key, group => group.Count());
        received.Keys.Should().BeEquivalentTo(all.Select(row => row.Key));
        received.Should().OnlyContain(each => each.Value == 1 + mayRepeat.GetValueOrDefault(each.Key));
        output.WriteLine(
            $"{received.Count} messages, {received.Values.Sum()} deliveries, {mayRepeat.Values.Sum()} of them repeated after the "
                + "server's 250");
    }

    private static async Task<Dictionary<string, Message>> RowsAsync(TestTenant tenant)
    {
        var rows = await tenant.Database.ReadAsync(db => db.Messages.AsNoTracking().ToListAsync());
        return rows.ToDictionary(row => $"{row.Id:N}@book.example.test");
    }

    private static async Task PauseAsync(int milliseconds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(milliseconds + 1));
        await timer.WaitForNextTickAsync();
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
