using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Tests.Meetings;

/// <summary>Two processes of the operating system on one database.</summary>
[Trait("Category", "Slow")]
public sealed class TwoProcessTests
{
    private const int Used = 60;
    private const int Rounds = 4;
    private const int Others = 6;

    [Fact]
    public async Task Two_reconcilers_never_exceed_the_quota_nor_send_anything_twice()
    {
        await using var zoomHost = await ZoomTestHost.CreateAsync();
        await zoomHost.TestTenant.Database.WriteAsync(db => db.QuotaDays.AddAsync(
            new QuotaDay { ZoomUserKey = ZoomTestHost.Key, Day = DateOnly.FromDateTime(zoomHost.Now.UtcDateTime), Used = Used }).AsTask());
        var calendars = await CalendarsAsync(zoomHost);
        using var one = await StartAsync(zoomHost);
        using var other = await StartAsync(zoomHost);
        var sent = Array.Empty<int>();

        for (var round = 0; round < Rounds; round++)
        {
            for (var hour = 0; hour < 12; hour++)
            {
                await zoomHost.BookedAsync(zoomHost.Personal, zoomHost.Tomorrow.AddDays(round).AddHours(hour), reconcile: false);
            }

            foreach (var calendar in calendars)
            {
                await zoomHost.BookedAsync(calendar, zoomHost.Tomorrow.AddDays(round), reconcile: false);
            }

            sent = await Task.WhenAll(WorkAsync(one), WorkAsync(other));
        }

        zoomHost.Control.CountToday(ZoomTestHost.Zoom).Should().Be(100 - Used);
        (await zoomHost.UsedAsync()).Should().Be(100);
        zoomHost.InZoom.Should().HaveCount(100 - Used + (Rounds * Others));
        zoomHost.InZoom.Select(meeting => meeting.Agenda).Should().OnlyHaveUniqueItems();
        zoomHost.Sent.Should().HaveCount(zoomHost.InZoom.Count).And.HaveCount(sent.Sum());
        var rows = await zoomHost.TestTenant.MeetingsAsync();
        rows.Where(row => row.State == SlotMeetingState.Live).Select(row => row.JoinUrl).Should()
            .BeEquivalentTo(zoomHost.InZoom.Select(meeting => meeting.JoinUrl));
        rows.Where(row => row.State != SlotMeetingState.Live).Should().HaveCount((Rounds * 12) - (100 - Used))
            .And.OnlyContain(row => row.WaitingFor == WaitingFor.Quota);
    }

    private static async Task<IReadOnlyList<CalendarId>> CalendarsAsync(ZoomTestHost zoomHost)
    {
        var calendars = new List<CalendarId>();
        for (var i = 0; i < Others; i++)
        {
            var user = await zoomHost.TestTenant.UserAsync($"host{i}");
            await zoomHost.ConnectAsync(user, $"key{i}", $"host{i}@zoom{i}.test");
            calendars.Add(await zoomHost.TestTenant.CalendarAsync(CalendarType.Personal, [user]));
        }

        return calendars;
    }

    private static async Task<Process> StartAsync(ZoomTestHost zoomHost)
    {
        var process = Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [typeof(ReconcilerWorker).Assembly.Location, ReconcilerWorker.Argument])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var tokens = new Dictionary<string, string>();
        foreach (var key in await zoomHost.TestTenant.Database.ReadAsync(
            db => db.ZoomAccounts.Select(account => account.Key).ToListAsync()))
        {
            tokens[key] = (await zoomHost.Tokens.GetAsync(key, null, CancellationToken.None)).AccessToken!;
        }

        var share = new ReconcilerShare(
            zoomHost.TestTenant.Database.Provider,
            zoomHost.TestTenant.Database.ConnectionString,
            zoomHost.Sandbox.OAuthBaseUrl,
            tokens,
            zoomHost.Now);
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(share));
        (await process.StandardOutput.ReadLineAsync()).Should().Be("ready");
        return process;
    }

    private static async Task<int> WorkAsync(Process process)
    {
        await process.StandardInput.WriteLineAsync("go");
        return int.Parse((await process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
    }
}
