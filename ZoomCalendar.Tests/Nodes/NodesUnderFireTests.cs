using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using Xunit.Abstractions;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Nodes;

/// <summary>
/// Three nodes behind nginx, one after the other killed with SIGKILL and restarted, while programs book the same slots and somebody sits at
/// a page.
/// </summary>
[OnPostgreSql]
[Trait("Category", "Browser")]
[Trait("Category", "PostgreSql")]
public sealed class NodesUnderFireTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(10);

    [ClusterFact]
    public async Task Killing_nodes_loses_and_doubles_nothing_and_people_continue_on_another_node()
    {
        var length = Environment.GetEnvironmentVariable("ZOOMCALENDAR_NODES_SECONDS") is { Length: > 0 } text
            ? TimeSpan.FromSeconds(int.Parse(text, CultureInfo.InvariantCulture))
            : Short;
        var began = Stopwatch.GetTimestamp();
        await using var cluster = await Cluster.StartAsync();
        var bookers = new Bookers(cluster.Database, cluster.Nginx.NewClient, Random.Shared.Next());
        await bookers.PrepareAsync();
        output.WriteLine($"three nodes up and connected after {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");

        await APageGoesOnElsewhereAsync(cluster);
        using var end = new CancellationTokenSource(length);
        var work = bookers.WorkAsync(end.Token);
        for (var node = 0; !end.IsCancellationRequested; node = (node + 1) % 3)
        {
            await cluster.KillAndRestartAsync(node);
        }

        await work;
        output.WriteLine(
            $"{cluster.Kills} kills, {bookers.Summary}, most of the day {cluster.MostOfTheDay}, after "
                + $"{Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
        await bookers.ShouldBeRightAsync();
        await ComeToRestAsync(cluster, isShort: length == Short, mayWaitForTheDay: true);
        cluster.MostOfTheDay.Should().BeLessThanOrEqualTo(100, "no Zoom user is asked a 101st time");
        await cluster.NextDayAsync();
        await ComeToRestAsync(cluster, isShort: true, mayWaitForTheDay: false);
        await bookers.ShouldBeRightAsync();
        await cluster.LinksShouldAgreeAsync();
        output.WriteLine(
            $"{cluster.Zoom.Control.Meetings.Count} meetings in Zoom, as wanted, after {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
    }

    /// <summary>Somebody is signed in and looks at the calendar; the node that their page lives on dies.</summary>
    private static async Task APageGoesOnElsewhereAsync(Cluster cluster)
    {
        var page = await Browser.OpenAsync(cluster.Nginx.Address, options => options.IgnoreHTTPSErrors = true);
        await page.SignInAsync("ben@demo.test");
        await page.VisitAsync("/a/northwind/calendar");
        await page.Context.APIRequest.GetAsync("/healthz/live");
        var node = cluster.NodeOf(cluster.Nginx.Log[^1]);

        await page.EvaluateAsync("() => window.before = true");
        var restarted = cluster.KillAndRestartAsync(node);
        await page.WaitForFunctionAsync("() => !window.before");
        await page.AliveAsync();
        var week = page.Url;
        await page.GetByRole(AriaRole.Button, new() { Name = "Next week" }).ClickAsync();
        await Assertions.Expect(page).Not.ToHaveURLAsync(week);

        new Uri(page.Url).AbsolutePath.Should().Be("/a/northwind/calendar", "nobody has to sign in again");
        await restarted;
        await page.Context.CloseAsync();
    }

    private async Task ComeToRestAsync(Cluster cluster, bool isShort, bool mayWaitForTheDay)
    {
        var began = Stopwatch.GetTimestamp();
        if (isShort)
        {
            await cluster.Database.LetMinutesPassAsync();
        }

        await Eventually.NothingIsLeftAsync(
            () => cluster.WhatIsLeftAsync(mayWaitForTheDay), TimeSpan.FromMinutes(2), "the nodes are at rest");
        output.WriteLine($"at rest after {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
    }
}
