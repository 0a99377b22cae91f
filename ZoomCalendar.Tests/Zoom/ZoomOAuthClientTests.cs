using ZoomCalendar.Core.Zoom;
using static ZoomCalendar.Tests.Zoom.ZoomClientTests;
using Kind = ZoomCalendar.Core.Zoom.ZoomErrorKind;

namespace ZoomCalendar.Tests.Zoom;

public sealed class ZoomOAuthClientTests
{
    private const string Pair = """{"access_token":"a1","token_type":"bearer","refresh_token":"r2","expires_in":3599,"scope":"user:read:user meeting:write:meeting","api_url":"https://evil.example"}""";

    private readonly StubZoom _zoom = new();

    [Fact]
    public async Task A_refresh_is_a_form_with_basic_authentication()
    {
        _zoom.Answers(200, Pair);

        var tokens = ValueOf(await _zoom.OAuth().RefreshAsync(new RefreshToken("r/1"), default));

        _zoom.Requests.Should().Equal(new StubZoom.Asked(
            "POST",
            "https://zoom.us/oauth/token",
            "Basic Y2xpZW50OnMzY3JldA==",
            "application/x-www-form-urlencoded",
            "grant_type=refresh_token&refresh_token=r%2F1"));
        tokens.AccessToken.Value.Should().Be("a1");
        tokens.RefreshToken.Value.Should().Be("r2");
        tokens.ExpiresAt.Should().Be(StubZoom.Now.AddSeconds(3599));
        ZoomScopes.MissingFrom(tokens.Scopes).Should()
            .Equal("meeting:update:meeting", "meeting:delete:meeting", "meeting:read:meeting", "meeting:read:list_meetings");
    }

    [Fact]
    public async Task A_code_is_exchanged_with_its_verifier_and_redirect_address()
    {
        _zoom.Answers(200, Pair);

        var result = await _zoom.OAuth()
            .ExchangeCodeAsync(new AuthorizationCode("c0de"), "http://localhost:5080/zoom/callback", "verifier", default);

        result.Should().BeOfType<ZoomResult<ZoomTokens>.Ok>();
        _zoom.Requests[0].Body.Should().Be(
            "grant_type=authorization_code&code=c0de&redirect_uri=http%3A%2F%2Flocalhost%3A5080%2Fzoom%2Fcallback&code_verifier=verifier");
    }

    [Fact]
    public async Task A_revocation_names_the_access_token()
    {
        _zoom.Answers(200, """{"status":"success"}""");

        var result = await _zoom.OAuth().RevokeAsync(new AccessToken("a1"), default);

        result.Should().BeOfType<ZoomResult<NoContent>.Ok>();
        _zoom.Requests[0].Address.Should().Be("https://zoom.us/oauth/revoke");
        _zoom.Requests[0].Body.Should().Be("token=a1");
    }

    [Theory]
    [InlineData("""{"access_token":"a1"}""")]
    [InlineData("""{"access_token":"a1","refresh_token":""}""")]
    [InlineData("""{"access_token":"a 1","refresh_token":"r2"}""")]
    [InlineData("""{"access_token":"a\r\nX: y","refresh_token":"r2"}""")]
    [InlineData("""{"access_token":{},"refresh_token":"r2"}""")]
    [InlineData("<html>")]
    public async Task A_pair_that_cannot_be_read_is_an_unknown_outcome(string body)
    {
        _zoom.Answers(200, body);

        ErrorOf(await _zoom.OAuth().RefreshAsync(new RefreshToken("r1"), default)).Kind.Should().Be(Kind.OutcomeUnknown);
    }

    [Fact]
    public async Task A_refresh_is_never_repeated_by_itself()
    {
        _zoom.Throws(new HttpRequestException(HttpRequestError.ResponseEnded));

        ErrorOf(await _zoom.OAuth().RefreshAsync(new RefreshToken("r1"), default)).Kind.Should().Be(Kind.OutcomeUnknown);
        _zoom.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_used_refresh_token_is_an_invalid_grant()
    {
        _zoom.Answers(400, """{"reason":"Invalid Token!","error":"invalid_grant"}""");

        ErrorOf(await _zoom.OAuth().RefreshAsync(new RefreshToken("r1"), default)).Kind.Should().Be(Kind.InvalidGrant);
    }
}
