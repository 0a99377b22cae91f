using System.Net;
using ZoomCalendar.Sandbox;

namespace ZoomCalendar.Tests.Sandbox;

public sealed class StateTests : SandboxTest, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("zoom-sandbox-").FullName;

    protected override SandboxOptions Options => new() { Port = 0, StateFile = StateFile };

    private string StateFile => Path.Combine(_folder, "state.jsonl");

    [Fact]
    public async Task Everything_survives_a_restart()
    {
        var tokens = Connect();
        var kept = await CreatedIdAsync();
        var gone = await CreatedIdAsync();
        await Client.DeleteAsync(gone);
        Control.AddUser("dan@soak.test");
        Control.SetApproval("user@preapprove.test", true);
        Control.ShiftClock(TimeSpan.FromMinutes(10));

        await StopAsync();
        await StartAsync();
        Client.AccessToken = tokens.AccessToken;
        using var read = await Client.GetAsync($"v2/meetings/{kept}");
        using var refreshed = await Client.RefreshAsync(tokens.RefreshToken);

        read.StatusCode.Should().Be(HttpStatusCode.OK);
        refreshed.StatusCode.Should().Be(HttpStatusCode.OK);
        Control.Meetings.Should().ContainSingle().Which.Settings["waiting_room"]!.GetValue<bool>().Should().BeTrue();
        Control.CountToday(Ada).Should().Be(3);
        Control.Users.Should().Contain(u => u.Email == "dan@soak.test");
        Control.IsApproved("user@preapprove.test").Should().BeTrue();
        Control.Now.Should().Be(Clock.GetUtcNow().AddMinutes(10));
    }

    [Fact]
    public async Task Answered_requests_are_on_disk_before_the_sandbox_stops_and_a_torn_line_is_ignored()
    {
        Connect();
        var id = await CreatedIdAsync();
        var killed = Path.Combine(_folder, "killed.jsonl");
        await using (var source = new FileStream(StateFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        await using (var copy = File.Create(killed))
        {
            await source.CopyToAsync(copy);
            await copy.WriteAsync("""[{"key":"meeting/1","val"""u8.ToArray());
        }

        await using var next = await SandboxServer.StartAsync(new SandboxOptions { Port = 0, StateFile = killed }, Clock);

        next.Control.Meetings.Should().ContainSingle(m => m.Id == id);
        next.Control.CountToday(Ada).Should().Be(1);
    }

    [Fact]
    public async Task The_state_endpoint_lists_meetings_counts_and_requests()
    {
        Connect();
        await CreatedIdAsync();
        await Client.PostJsonAsync("sandbox/users", new
        {
            users = new[] { new { email = "u1@soak.test" }, new { email = "u2@soak.test" } },
        });

        var state = await JsonOf(Client.GetAsync($"sandbox/state?user={Ada}"));

        Control.Users.Should().Contain(u => u.Email == "u2@soak.test");
        state["meetings"]!.AsArray().Should().ContainSingle();
        state["users"]![0]!["countToday"]!.GetValue<int>().Should().Be(1);
        state["counts"]![0]!["count"]!.GetValue<int>().Should().Be(1);
        state["requests"]![0]!["path"]!.GetValue<string>().Should().Be("/v2/users/me/meetings");
        state["requests"]![0]!["counted"]!.GetValue<bool>().Should().BeTrue();
    }

    [Fact]
    public async Task The_clock_and_the_approval_can_be_set_over_http()
    {
        Connect();

        await Client.PostJsonAsync("sandbox/clock", new { set = "2027-01-01T00:00:00Z", shiftSeconds = 60 });
        await Client.PostJsonAsync($"sandbox/users/{Ada}/approval", new { approved = false });
        using var unknown = await Client.PostJsonAsync("sandbox/users/nobody@zoom.test/approval", new { approved = false });

        Control.Now.Should().Be(new DateTimeOffset(2027, 1, 1, 0, 1, 0, TimeSpan.Zero));
        Control.IsApproved(Ada).Should().BeFalse();
        unknown.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_root_page_shows_users_meetings_and_counts()
    {
        Connect();
        Control.CreateByHand(Ada, "By <hand>", Tomorrow);

        using var answer = await Client.GetAsync("");
        var html = await answer.Content.ReadAsStringAsync();

        html.Should().Contain("By &lt;hand&gt;").And.Contain("ada@zoom.test").And.Contain("of 100");
    }

    [Fact]
    public async Task A_sandbox_is_recognized_by_its_port()
    {
        (await SandboxServer.AnswersAsync(Server.BaseAddress.Port)).Should().BeTrue();
        (await SandboxServer.AnswersAsync(1)).Should().BeFalse();
        await FluentActions.Awaiting(() => SandboxServer.StartAsync(new SandboxOptions { Port = Server.BaseAddress.Port }, Clock)).Should()
            .ThrowAsync<IOException>();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
