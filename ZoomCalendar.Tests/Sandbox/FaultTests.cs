using System.Net;
using System.Text.Json;
using ZoomCalendar.Sandbox;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Sandbox;

public sealed class FaultTests : SandboxTest
{
    [Fact]
    public async Task The_next_requests_of_one_user_and_kind_fail_and_later_ones_succeed()
    {
        Connect();
        await Client.PostJsonAsync("sandbox/faults", new
        {
            mode = "status",
            times = 2,
            user = Ada,
            kind = "create",
            status = 503,
            headers = new { x = "y" },
        });

        using var read = await Client.GetAsync("v2/users/me");
        using var first = await Client.CreateAsync(Tomorrow);
        using var second = await Client.CreateAsync(Tomorrow);
        using var third = await Client.CreateAsync(Tomorrow);

        read.StatusCode.Should().Be(HttpStatusCode.OK);
        first.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        first.Headers.GetValues("x").Should().Equal("y");
        second.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        third.StatusCode.Should().Be(HttpStatusCode.Created);
        Control.CountToday(Ada).Should().Be(3);
    }

    [Theory]
    [InlineData(FaultMode.CutBefore, 0)]
    [InlineData(FaultMode.CutAfter, 1)]
    public async Task A_cut_connection_may_or_may_not_have_taken_effect(FaultMode mode, int meetings)
    {
        Connect();
        Control.Fail(new SandboxFault { Mode = mode, Kind = RequestKind.Create });

        var create = () => Client.CreateAsync(Tomorrow);

        await create.Should().ThrowAsync<HttpRequestException>();
        Control.Meetings.Should().HaveCount(meetings);
        Control.CountToday(Ada).Should().Be(1);
        Control.Requests.Should().ContainSingle(r => r.Status == 0);
    }

    [Fact]
    public async Task A_delayed_request_takes_effect_after_the_caller_has_left()
    {
        Connect();
        Control.Fail(new SandboxFault { Mode = FaultMode.Late, DelayMs = 800, Kind = RequestKind.Create });
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new("Bearer", Client.AccessToken);

        using var leaving = new CancellationTokenSource();

        var create = http.PostAsync("v2/users/me/meetings", new StringContent("{}", null, "application/json"), leaving.Token);
        await Eventually.HoldsAsync(() => Control.CountToday(Ada) == 1, TimeSpan.FromSeconds(10), "the sandbox has acted");
        await leaving.CancelAsync();

        await FluentActions.Awaiting(() => create).Should().ThrowAsync<TaskCanceledException>();
        await Eventually.HoldsAsync(() => Control.Meetings.Count == 1, TimeSpan.FromSeconds(10), "the sandbox has acted");
    }

    [Theory]
    [InlineData(LimitKind.PerSecond, RetryAfterForm.Seconds, "per-second", "1")]
    [InlineData(LimitKind.DailyApi, RetryAfterForm.Instant, "Refer to the response header", "2026-11-24T00:00:00Z")]
    [InlineData(LimitKind.DailyMeeting, RetryAfterForm.None, "daily rate limit (100)", null)]
    [InlineData(LimitKind.Concurrent, RetryAfterForm.None, "Too many concurrent requests", null)]
    public async Task Each_kind_of_429_can_be_ordered(LimitKind limit, RetryAfterForm form, string message, string? retryAfter)
    {
        Connect();
        Control.Fail(new SandboxFault { Mode = FaultMode.RateLimit, Limit = limit, RetryAfter = form });

        using var answer = await Client.GetAsync("v2/users/me");

        answer.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        (await JsonOf(answer))["message"]!.GetValue<string>().Should().Contain(message);
        answer.Headers.NonValidated.TryGetValues("Retry-After", out var values).Should().Be(retryAfter is not null);
        values.ToString().Should().Be(retryAfter ?? "");
    }

    [Fact]
    public async Task Bodies_can_be_broken_wrong_typed_or_huge_after_acting()
    {
        Connect();
        Control.Fail(new SandboxFault { Mode = FaultMode.Malformed });
        Control.Fail(new SandboxFault { Mode = FaultMode.WrongTyped });
        Control.Fail(new SandboxFault { Mode = FaultMode.Enormous, Size = 1_000_000 });
        Control.Fail(new SandboxFault { Mode = FaultMode.Slow, DelayMs = 0 });
        Control.Fail(new SandboxFault { Mode = FaultMode.Redirect });

        using var malformed = await Client.CreateAsync(Tomorrow);
        using var wrongTyped = await Client.CreateAsync(Tomorrow);
        using var enormous = await Client.CreateAsync(Tomorrow);
        using var slow = await Client.CreateAsync(Tomorrow);
        using var redirect = await Client.CreateAsync(Tomorrow);

        malformed.StatusCode.Should().Be(HttpStatusCode.Created);
        (await Record.ExceptionAsync(() => JsonOf(malformed))).Should().BeAssignableTo<JsonException>();
        (await JsonOf(wrongTyped))["id"]!.GetValueKind().Should().Be(JsonValueKind.Object);
        (await enormous.Content.ReadAsStringAsync()).Length.Should().BeGreaterThan(1_000_000);
        (await JsonOf(slow))["id"]!.GetValueKind().Should().Be(JsonValueKind.Number);
        redirect.StatusCode.Should().Be(HttpStatusCode.Redirect);
        Control.Meetings.Should().HaveCount(4);
    }

    [Fact]
    public async Task Random_faults_come_until_they_are_cleared()
    {
        Connect();
        await Client.PostJsonAsync("sandbox/faults/random", new
        {
            probability = 1.0,
            seed = 7,
            kinds = new[] { "me" },
            faults = new[] { new { status = 502 } },
        });

        using var faulty = await Client.GetAsync("v2/users/me");
        using var otherKind = await Client.GetAsync("v2/users/me/meetings");
        await Client.SendAsync(HttpMethod.Delete, "sandbox/faults");
        using var cleared = await Client.GetAsync("v2/users/me");

        faulty.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        otherKind.StatusCode.Should().Be(HttpStatusCode.OK);
        cleared.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_request_can_be_cut_after_the_rotation()
    {
        var tokens = Connect();
        Control.Fail(new SandboxFault { Mode = FaultMode.CutAfter, Kind = RequestKind.Token, User = Ada });

        var refresh = () => Client.RefreshAsync(tokens.RefreshToken);

        await refresh.Should().ThrowAsync<HttpRequestException>();
        (await JsonOf(refresh()))["error"]!.GetValue<string>().Should().Be("invalid_grant");
    }
}
