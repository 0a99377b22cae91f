using ZoomCalendar.Core.Zoom;
using static ZoomCalendar.Tests.Zoom.ZoomClientTests;
using Kind = ZoomCalendar.Core.Zoom.ZoomErrorKind;

namespace ZoomCalendar.Tests.Zoom;

/// <summary>What cannot be kept as it stands is refused where it comes in; it is never cut into another value.</summary>
public sealed class HostileValueTests
{
    private static readonly AccessToken Token = new("t0ken");

    private readonly StubZoom _zoom = new();

    public static TheoryData<string, string> OfTheUser => new()
    {
        { "id", Long(101) },
        { "id", "\"a\\u0000b\"" },
        { "id", "\"a\\nb\"" },
        { "id", "\"\\ud800\"" },
        { "id", "true" },
        { "account_id", Long(101) },
        { "account_id", "\"a\\u0000b\"" },
        { "email", Long(255) },
        { "email", "\"a\\u0000@b.test\"" },
    };

    public static TheoryData<string, string> OfTheTokens => new()
    {
        { "access_token", Long(20_000) },
        { "access_token", "\"a\\u0000b\"" },
        { "refresh_token", Long(20_000) },
        { "refresh_token", "\"a\\u0000b\"" },
        { "scope", Long(20_000) },
        { "scope", "\"a\\ud800\"" },
    };

    [Theory]
    [MemberData(nameof(OfTheUser))]
    public async Task A_Zoom_user_that_cannot_be_stored_is_an_unexpected_answer(string field, string raw)
    {
        _zoom.Answers(200, With("""{"id":"u1","account_id":"a1","email":"ada@zoom.test"}""", field, raw));

        ErrorOf(await _zoom.Client().GetMeAsync(Token, default)).Kind.Should().Be(Kind.OutcomeUnknown);
    }

    [Theory]
    [InlineData("display_name")]
    [InlineData("first_name")]
    [InlineData("timezone")]
    [InlineData("status")]
    public async Task Display_fields_of_a_Zoom_user_are_shortened_and_cleaned(string field)
    {
        _zoom.Answers(200, With("""{"id":"u1"}""", field, Long(500))).Answers(200, With("""{"id":"u1"}""", field, "\"a\\ud83d\\u0000\""));

        foreach (var shown in new[] { ValueOf(
            await _zoom.Client().GetMeAsync(Token, default)), ValueOf(await _zoom.Client().GetMeAsync(Token, default)) })
        {
            var text = shown.DisplayName ?? shown.TimeZone ?? shown.Status!;
            text.Length.Should().BeInRange(1, ZoomUser.DisplayNameMaxLength);
            text.Should().NotContain("\0").And.NotContain("\ud83d");
        }
    }

    [Theory]
    [MemberData(nameof(OfTheTokens))]
    public async Task Tokens_that_cannot_be_stored_are_an_unexpected_answer(string field, string raw)
    {
        _zoom.Answers(200, With("""{"access_token":"a1","refresh_token":"r2","scope":"user:read:user"}""", field, raw));

        ErrorOf(await _zoom.OAuth().RefreshAsync(new RefreshToken("r1"), default)).Kind.Should().Be(Kind.OutcomeUnknown);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-3600")]
    [InlineData("1")]
    [InlineData("9223372036854775807")]
    [InlineData("1e400")]
    [InlineData("\"soon\"")]
    public async Task An_invalid_token_lifetime_causes_no_repeated_refreshes(string expiresIn)
    {
        _zoom.Answers(200, $$"""{"access_token":"a1","refresh_token":"r2","expires_in":{{expiresIn}}}""");

        var tokens = ValueOf(await _zoom.OAuth().RefreshAsync(new RefreshToken("r1"), default));

        (tokens.ExpiresAt - StubZoom.Now).Should().BeGreaterThan(TimeSpan.FromMinutes(5)).And.BeLessThanOrEqualTo(TimeSpan.FromDays(1));
    }

    [Theory]
    [InlineData("uuid")]
    [InlineData("password")]
    [InlineData("join_url")]
    public async Task A_created_meeting_that_cannot_be_stored_is_an_unknown_outcome(string field)
    {
        _zoom.Answers(201, With("""{"id":1,"uuid":"u","join_url":"https://zoom.us/j/1","password":"p"}""", field, "\"https://zoom.us/" + new string('x', 1_000) + "\""));

        ErrorOf(await _zoom.Client().CreateMeetingAsync(Token, Request(), default)).Kind.Should().Be(Kind.OutcomeUnknown);
    }

    [Fact]
    public async Task A_malformed_foreign_meeting_hides_none_of_our_meetings()
    {
        // Zoom cuts an agenda to 250 characters, through the middle of an emoji if need be.
        _zoom.Answers(200, $$"""{"meetings":[{"id":1,"agenda":"\ud83d","uuid":{{Long(500)}},"join_url":{{Long(5_000)}}},{"id":2,"agenda":"Ref: zc-1-2"}]}""");

        var upcoming = ValueOf(await _zoom.Client().ListUpcomingMeetingsAsync(Token, default));

        upcoming.Meetings.Select(meeting => (meeting.Id, meeting.JoinUrl, meeting.Agenda)).Should()
            .Equal((1, null, "\ufffd"), (2, null, "Ref: zc-1-2"));
    }

    [Fact]
    public async Task A_list_with_an_invalid_page_token_is_an_unexpected_answer()
    {
        _zoom.Answers(200, $$"""{"next_page_token":{{Long(200_000)}},"meetings":[]}""");

        ErrorOf(await _zoom.Client().ListUpcomingMeetingsAsync(Token, default)).Kind.Should().Be(Kind.OutcomeUnknown);
    }

    [Theory]
    [InlineData("""{"event":"app_deauthorized","payload":{"user_id":"LONG","client_id":"c"}}""")]
    [InlineData("""{"event":"app_deauthorized","payload":{"user_id":"u","client_id":"LONG"}}""")]
    [InlineData("""{"event":"app_deauthorized","payload":{"user_id":"u\u0000","client_id":"c"}}""")]
    [InlineData("""{"event":"meeting.deleted","payload":{"object":{"id":-1}}}""")]
    [InlineData("""{"event":"meeting.updated","payload":{"object":{"id":0}}}""")]
    [InlineData("""{"event":"meeting.updated","payload":{"object":{"id":92233720368547758070}}}""")]
    [InlineData("""{"event":"\ud800","payload":{}}""")]
    public void A_webhook_that_cannot_be_stored_is_refused(string body) =>
        ZoomWebhook.Parse(System.Text.Encoding.UTF8.GetBytes(body.Replace("LONG", new string('x', 101)))).Should().BeNull();

    private static string Long(int length) => $"\"{new string('x', length)}\"";

    private static string With(string json, string field, string raw)
    {
        var place = System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject();
        place[field] = "@@";
        return place.ToJsonString().Replace("\"@@\"", raw);
    }
}
