using System.Text;
using ZoomCalendar.Core.Zoom;
using Kind = ZoomCalendar.Core.Zoom.ZoomErrorKind;

namespace ZoomCalendar.Tests.Zoom;

public sealed class ZoomErrorsTests
{
    private const string DailyPerHost =
        "You have exceeded the daily rate limit (100) of Meeting Create/Update API requests permitted for this particular user. "
            + "You may resume these requests at GMT 00:00:00.";
    private const string DailyPerApi =
        "You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can "
            + "make another request.";
    private const string PerSecond = "You have reached the maximum per-second rate limit for this API. Try again later.";
    private const string Concurrent = "Too many concurrent requests. A request to disassociate this user has already been made.";

    [Theory]
    [InlineData(400, 300, "Validation Failed.", Kind.Rejected)]
    [InlineData(400, 3161, "Meeting hosting and scheduling capabilities are not allowed for your user account.", Kind.MayNotHost)]
    [InlineData(400, 3000, "Cannot access meeting information.", Kind.MayNotHost)]
    [InlineData(400, 4711, "Invalid access token, does not contain scopes:[meeting:write:meeting].", Kind.ScopesMissing)]
    [InlineData(401, 4711, "Invalid access token, does not contain scopes.", Kind.ScopesMissing)]
    [InlineData(403, 4711, "Invalid access token, does not contain scopes.", Kind.ScopesMissing)]
    [InlineData(400, 4738, "The token is disabled by admin", Kind.ApprovalWithdrawn)]
    [InlineData(401, 4738, "The token is disabled by admin", Kind.ApprovalWithdrawn)]
    [InlineData(401, 4741, "The token has been revoked.", Kind.TokenSuperseded)]
    [InlineData(401, 124, "Access token is expired.", Kind.Unauthorized)]
    [InlineData(401, 124, "Invalid access token.", Kind.Unauthorized)]
    [InlineData(404, 1001, "User does not exist.", Kind.UserGone)]
    [InlineData(404, 1120, "Invite does not exist.", Kind.UserGone)]
    [InlineData(404, 3001, "Meeting does not exist: 1.", Kind.MeetingGone)]
    [InlineData(429, 429, DailyPerHost, Kind.DailyLimitReached)]
    [InlineData(429, 4001, DailyPerHost, Kind.DailyLimitReached)]
    [InlineData(429, 429, DailyPerApi, Kind.DailyLimitReached)]
    [InlineData(429, 429, PerSecond, Kind.RateLimited)]
    [InlineData(429, 4001, Concurrent, Kind.RateLimited)]
    [InlineData(429, 429, "", Kind.RateLimited)]
    [InlineData(500, 500, "Internal error", Kind.ServerError)]
    [InlineData(503, 0, "", Kind.ServerError)]
    [InlineData(404, 404, "No such path", Kind.Unexpected)]
    [InlineData(403, 200, "No permission.", Kind.Unexpected)]
    [InlineData(302, 0, "", Kind.Unexpected)]
    [InlineData(302, 124, "", Kind.Unexpected)]
    [InlineData(201, 0, "", Kind.OutcomeUnknown)]
    public void Each_answer_of_the_API_has_one_meaning(int status, int code, string message, Kind expected)
    {
        var error = ZoomErrors.Classify(Reply(status, $$"""{"code":{{code}},"message":"{{message}}"}"""), StubZoom.Now);

        error.Kind.Should().Be(expected);
        error.HttpStatus.Should().Be(status);
        error.Code.Should().Be(code);
        error.Message.Should().Be(message);
    }

    [Theory]
    [InlineData(400, """{"reason":"Invalid Token!","error":"invalid_grant"}""", Kind.InvalidGrant)]
    [InlineData(400, """{"reason":"Invalid client_id or client_secret","error":"invalid_client"}""", Kind.ConfigurationRejected)]
    [InlineData(401, """{"reason":"Invalid client_id or client_secret","error":"invalid_client"}""", Kind.ConfigurationRejected)]
    [InlineData(400, """{"reason":"unsupported grant type","error":"unsupported_grant_type"}""", Kind.ConfigurationRejected)]
    [InlineData(400, """{"reason":"Invalid authorization code","error":"invalid_request"}""", Kind.Rejected)]
    [InlineData(400, """{"code":4738,"message":"The token is disabled by admin"}""", Kind.ApprovalWithdrawn)]
    [InlineData(400, """{"reason":"The token is disabled by admin","error":"invalid_grant"}""", Kind.ApprovalWithdrawn)]
    [InlineData(400, """{"reason":"Token replaced (4741)","error":"invalid_grant"}""", Kind.TokenSuperseded)]
    [InlineData(400, """{"code":4741,"message":"x"}""", Kind.TokenSuperseded)]
    [InlineData(429, """{"code":429,"message":"Too many"}""", Kind.RateLimited)]
    [InlineData(502, "<html>", Kind.ServerError)]
    [InlineData(401, "<html>", Kind.Unexpected)]
    [InlineData(400, """{"error":["invalid_grant"]}""", Kind.Unexpected)]
    [InlineData(302, """{"error":"invalid_grant"}""", Kind.Unexpected)]
    public void Each_answer_of_the_token_endpoint_has_one_meaning(int status, string body, Kind expected)
    {
        var error = ZoomErrors.ClassifyToken(Reply(status, body), StubZoom.Now);

        error.Kind.Should().Be(expected);
    }

    [Fact]
    public void The_token_endpoints_message_about_a_code_is_not_stored()
    {
        var error = ZoomErrors.ClassifyToken(Reply(400, """{"reason":"Invalid authorization code c0de","error":"invalid_request"}"""), StubZoom.Now);

        error.Message.Should().Be("invalid_request");
        error.ToString().Should().NotContain("c0de");
    }

    [Theory]
    [InlineData("", "Daily-limit", Kind.DailyLimitReached)]
    [InlineData("", "QPS", Kind.RateLimited)]
    [InlineData("", null, Kind.RateLimited)]
    [InlineData(PerSecond, "Daily-limit", Kind.RateLimited)]
    [InlineData(DailyPerApi, "QPS", Kind.DailyLimitReached)]
    public void A_rate_limit_is_classified_by_its_message_before_its_headers(string message, string? type, Kind expected)
    {
        var reply = Reply(429, $$"""{"code":429,"message":"{{message}}"}""") with { RateLimitType = type };

        ZoomErrors.Classify(reply, StubZoom.Now).Kind.Should().Be(expected);
    }

    [Theory]
    [InlineData(429, Kind.RateLimited)]
    [InlineData(500, Kind.ServerError)]
    [InlineData(401, Kind.Unauthorized)]
    [InlineData(404, Kind.Unexpected)]
    [InlineData(400, Kind.Unexpected)]
    public void Without_a_readable_body_the_status_decides(int status, Kind expected)
    {
        string[] bodies = ["", "<html>no</html>", "null", "[]", "{", """{"code":{"a":1},"message":7,"errors":"no"}""", """{"message":"\ud800"}""", """{"errors":[1,null,"x",{}]}"""];

        bodies.Should().AllSatisfy(body => ZoomErrors.Classify(Reply(status, body), StubZoom.Now).Kind.Should().Be(expected));
    }

    [Fact]
    public void The_fields_that_Zoom_refused_are_named()
    {
        var reply = Reply(400, """{"code":300,"message":"Validation Failed.","errors":[{"field":"start_time","message":"Bad time"},{"field":"topic","message":"Too long"}]}""");

        var error = ZoomErrors.Classify(reply, StubZoom.Now);

        error.FieldErrors.Should().Equal(new ZoomFieldError("start_time", "Bad time"), new ZoomFieldError("topic", "Too long"));
    }

    [Theory]
    [InlineData("2", 2)]
    [InlineData(" 30 ", 30)]
    [InlineData("2026-11-22T10:00:05Z", 5)]
    [InlineData("2026-11-22T11:00:05+01:00", 5)]
    [InlineData("2026-11-23T00:00:00.000Z", 14 * 3600)]
    [InlineData("Sun, 22 Nov 2026 10:01:00 GMT", 60)]
    [InlineData("999999999999", 24 * 3600)]
    [InlineData("2099-01-01T00:00:00Z", 24 * 3600)]
    [InlineData("0", null)]
    [InlineData("-5", null)]
    [InlineData("2026-11-22T09:59:00Z", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Retry_after_is_read_as_seconds_or_as_an_instant_and_capped(string? header, int? seconds)
    {
        var error = ZoomErrors.Classify(Reply(429, "") with { RetryAfter = header }, StubZoom.Now);

        error.RetryAfter.Should().Be(seconds is null ? null : TimeSpan.FromSeconds(seconds.Value));
    }

    [Fact]
    public void An_instant_to_retry_at_is_measured_by_Zooms_own_clock()
    {
        var reply = Reply(429, "") with { RetryAfter = "2026-11-22T10:10:02Z", Date = StubZoom.Now.AddMinutes(10) };

        ZoomErrors.Classify(reply, StubZoom.Now).RetryAfter.Should().Be(TimeSpan.FromSeconds(2));
    }

    private static ZoomResponse Reply(int status, string body) => new(status) { Body = Encoding.UTF8.GetBytes(body) };
}
