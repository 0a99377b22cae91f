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
public sealed class TwoProcessTests
{
    private const int Used = 60;
    private const int Rounds = 4;
    private const int Others = 6;

    [Fact]
    public async Task Two_reconcilers_never_exceed_the_quota_nor_send_anything_twice()
    {
        await using var world = await ZoomTestHost.CreateAsync();
        await world.TestTenant.Database.WriteAsync(db => db.QuotaDays.AddAsync(new QuotaDay { ZoomUserKey = ZoomTestHost.Key, Day = DateOnly.FromDateTime(world.Now.UtcDateTime), Used = Used }).AsTask());
        var calendars = await CalendarsAsync(world);
        using var one = await StartAsync(world);
        using var other = await StartAsync(world);
        var sent = Array.Empty<int>();

        for (var round = 0; round < Rounds; round++)
        {
            for (var hour = 0; hour < 12; hour++)
            {
                await world.BookedAsync(world.Personal, world.Tomorrow.AddDays(round).AddHours(hour), reconcile: false);
            }

            foreach (var calendar in calendars)
            {
                await world.BookedAsync(calendar, world.Tomorrow.AddDays(round), reconcile: false);
            }

            sent = await Task.WhenAll(WorkAsync(one), WorkAsync(other));
        }

        world.Control.CountToday(ZoomTestHost.Zoom).Should().Be(100 - Used);
        (await world.UsedAsync()).Should().Be(100);
        world.InZoom.Should().HaveCount(100 - Used + (Rounds * Others));
        world.InZoom.Select(meeting => meeting.Agenda).Should().OnlyHaveUniqueItems();
        world.Sent.Should().HaveCount(world.InZoom.Count).And.HaveCount(sent.Sum());
        var rows = await world.TestTenant.MeetingsAsync();
        rows.Where(row => row.State == SlotMeetingState.Live).Select(row => row.JoinUrl).Should().BeEquivalentTo(world.InZoom.Select(meeting => meeting.JoinUrl));
        rows.Where(row => row.State != SlotMeetingState.Live).Should().HaveCount((Rounds * 12) - (100 - Used)).And.OnlyContain(row => row.WaitingFor == WaitingFor.Quota);
    }

    private static async Task<IReadOnlyList<CalendarId>> CalendarsAsync(ZoomTestHost world)
    {
        var calendars = new List<CalendarId>();
        for (var i = 0; i < Others; i++)
        {
            var user = await world.TestTenant.UserAsync($"host{i}");
            await world.ConnectAsync(user, $"key{i}", $"host{i}@zoom{i}.test");
            calendars.Add(await world.TestTenant.CalendarAsync(CalendarType.Personal, [user]));
        }

        return calendars;
    }

    private static async Task<Process> StartAsync(ZoomTestHost world)
    {
        var process = Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(ReconcilerWorker).Assembly.Location, ReconcilerWorker.Argument])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var tokens = new Dictionary<string, string>();
        foreach (var key in await world.TestTenant.Database.ReadAsync(db => db.ZoomAccounts.Select(account => account.Key).ToListAsync()))
        {
            tokens[key] = (await world.Tokens.GetAsync(key, null, CancellationToken.None)).AccessToken!;
        }

        var share = new ReconcilerShare(world.TestTenant.Database.Provider, world.TestTenant.Database.ConnectionString, world.Sandbox.OAuthBaseUrl, tokens, world.Now);
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
