using System.Net.NetworkInformation;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Api;
using ZoomCalendar.Tests.Connect;
using ZoomCalendar.Tests.Meetings;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Nodes;

/// <summary>Three nodes, each a process, on one PostgreSQL behind nginx. The sandbox runs in the test process and survives them.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    public static readonly string[] InZoom = ["ada@zoom.test", "ben@zoom.test", "cleo@zoom.test"];

    private static readonly string[] People = ["ada@demo.test", "ben@demo.test", "cleo@demo.test"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoomcalendar-nodes-");
    private readonly IReadOnlyList<Uri> _addresses = [.. LastingPorts().Take(3).Select(port => new Uri($"http://localhost:{port}"))];
    private readonly AppProcess?[] _nodes = new AppProcess?[3];

    private Cluster(SandboxServer zoom, TestDatabase database) => (Zoom, Database) = (zoom, database);

    public SandboxServer Zoom { get; }

    public TestDatabase Database { get; }

    public Nginx Nginx { get; private set; } = null!;

    public int Kills { get; private set; }

    /// <summary>
    /// All three at once, on a database without the demo; then three people connect through nginx, whichever node answers.
    /// </summary>
    public static async Task<Cluster> StartAsync()
    {
        var zoom = await SandboxServer.StartAsync(new SandboxOptions { Port = 0 }, TimeProvider.System);
        foreach (var email in InZoom)
        {
            zoom.Control.AddUser(email);
        }

        var cluster = new Cluster(zoom, await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql));
        cluster.Nginx = await Nginx.StartAsync(cluster._addresses);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(cluster.StartNodeAsync));
        zoom.Control.WebhookUrl = new Uri(cluster._addresses[0], "/zoom/webhooks").ToString();
        foreach (var (person, account) in People.Zip(InZoom))
        {
            var browser = cluster.Nginx.NewClient();
            var answer = await browser.PostFormAsync(
                "/account/sign-in", "sign-in", ("Input.Email", person), ("Input.Password", "Zoom-Calendar-1"));
            answer.StatusCode.Should().Be(System.Net.HttpStatusCode.Redirect, "{0} signs in", person);
            await new Person(browser, zoom).ConnectAsync("northwind", account);
        }

        return cluster;
    }

    /// <summary>SIGKILL, and up again at once.</summary>
    public async Task KillAndRestartAsync(int node)
    {
        var victim = _nodes[node]!;
        _nodes[node] = null;
        await victim.DisposeAsync();
        Kills++;
        await StartNodeAsync(node);
    }

    /// <summary>The node that a visitor's cookie leads to at present, by nginx's log.</summary>
    public int NodeOf(string line)
    {
        var port = line.Split(' ')[4].Split(':')[^1];
        return _addresses.Select((address, index) => (address, index)).Single(node => $"{node.address.Port}" == port).index;
    }

    /// <summary>What is due, in flight, or leased by a node; nothing: the cluster is at rest.</summary>
    /// <param name="mayWaitForTheDay">What waits for 00:00 UTC counts as at rest.</param>
    public Task<IReadOnlyList<string>> WhatIsLeftAsync(bool mayWaitForTheDay) => Database.ReadAsync<IReadOnlyList<string>>(async db =>
    [
        .. (await db.SlotMeetings.AsNoTracking()
                .Where(row => row.InFlight != null
                    || (row.NextActionAt != null && (!mayWaitForTheDay || row.WaitingFor != WaitingFor.Quota)))
                .ToListAsync())
            .Select(
                row =>
                    $"{row.Id} {row.State} of {row.HostId} at {row.Start:O}, next {row.NextActionAt:O}, waits for "
                        + $"{row.WaitingFor}, in flight {row.InFlight}"),
        .. (await db.ZoomAccounts.AsNoTracking().Where(row => row.WorkLeaseUntil != null).ToListAsync())
            .Select(row => $"{row.Email} leased until {row.WorkLeaseUntil:O}, backs off until {row.BackoffUntil:O}"),
    ]);

    /// <summary>A new day for Zoom and for us: what waited for it goes out.</summary>
    public async Task NextDayAsync()
    {
        // Zoom's first: it must not refuse what our fresh count lets go, or the account would be parked until the real midnight.
        foreach (var email in InZoom)
        {
            Zoom.Control.SetCount(email, 0);
        }

        await Database.ReadAsync(db => db.QuotaDays.ExecuteDeleteAsync());
        await Database.LetMinutesPassAsync();
    }

    public int MostOfTheDay => Zoom.Control.Counts.Max(count => count.Count);

    public Task LinksShouldAgreeAsync() => Agreement.ShouldHoldAsync(Database, Zoom.Control.Meetings, "three nodes were at work");

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.OfType<AppProcess>())
        {
            await node.DisposeAsync();
        }

        await Nginx.DisposeAsync();
        await Zoom.DisposeAsync();
        await Database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>
    /// Below those that the system gives to outgoing connections: one of these would keep a restarted node from its port.
    /// </summary>
    private static IEnumerable<int> LastingPorts()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            if (IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().All(taken => taken.Port != port))
            {
                yield return port;
            }
        }
    }

    private async Task StartNodeAsync(int node)
    {
        // A folder of its own: nodes share the database and the master key, nothing else.
        var folder = _folder.CreateSubdirectory($"{node}").FullName;
        var settings = new Dictionary<string, string>
        {
            ["DataProtection__MasterKey"] = Convert.ToBase64String(new byte[32]),
            ["PublicUrl"] = Nginx.Address.ToString(),
            ["Proxy__KnownProxies"] = "127.0.0.1,::1",
            ["Demo__PrivateIntegrationToken"] = ApiHost.Token,
            ["Api__RateLimitMax"] = "1000000",
        };
        var data = AppData.Of(folder, new DatabaseOptions
        {
            Provider = DatabaseProvider.PostgreSql,
            ConnectionString = Database.ConnectionString,
        });
        var app = _nodes[node] = AppProcess.Launch(data, Zoom, settings, _addresses[node]);
        try
        {
            await app.AnswersAsync();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(
                $"Node {node} did not start. It said: {string.Join('\n', app.Errors)}\nThe database was at: {await SessionsAsync()}",
                exception);
        }
    }

    private async Task<string> SessionsAsync() => string.Join('\n', await Database.ReadAsync(db => db.Database.SqlQuery<string>(
        $"""
         SELECT concat_ws(' ', pid, state, wait_event_type, wait_event, pg_blocking_pids(pid)::text, left(query, 100)) AS "Value"
         FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'
         """).ToListAsync()));
}
