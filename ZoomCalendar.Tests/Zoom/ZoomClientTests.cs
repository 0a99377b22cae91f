using System.Text.Json;
using ZoomCalendar.Core.Zoom;
using Kind = ZoomCalendar.Core.Zoom.ZoomErrorKind;

namespace ZoomCalendar.Tests.Zoom;

public sealed class ZoomClientTests
{
    private const string Meeting = """
        {"uuid":"abc==","id":98765432101234,"host_id":"h1","topic":"Yoga","type":2,"status":"waiting","start_time":"2026-11-23T09:00:00Z","duration":45,
         "timezone":"Europe/Berlin","agenda":"Ref: zc-1-2","created_at":"2026-11-22T10:00:00Z","join_url":"https://us02web.zoom.us/j/98765432101234?pwd=x",
         "start_url":"https://zoom.us/s/98765432101234?zak=y","password":"p4ss"}
        """;

    private static readonly AccessToken Token = new("t0ken");
    private readonly StubZoom _zoom = new();

    [Fact]
    public async Task A_meeting_is_created_in_Zooms_own_shape()
    {
        _zoom.Answers(201, Meeting, ("Date", "Sun, 22 Nov 2026 10:00:03 GMT"));
        var settings = new ZoomMeetingSettings
        {
            WaitingRoom = false,
            JoinBeforeHost = true,
            JoinBeforeHostMinutes = 5,
            AutoRecording = AutoRecording.Cloud,
            EmailNotification = false,
        };

        var result = await _zoom.Client().CreateMeetingAsync(Token, Request(settings: settings), default);

        var asked = _zoom.Requests.Should().ContainSingle().Subject;
        asked.Method.Should().Be("POST");
        asked.Address.Should().Be("https://api.zoom.us/v2/users/me/meetings");
        asked.Authorization.Should().Be("Bearer t0ken");
        asked.ContentType.Should().Be("application/json");
        asked.Body.Should().Be(
            """{"topic":"Yoga","type":2,"start_time":"2026-11-23T09:00:00Z","duration":45,"timezone":"Europe/Berlin","agenda":"Ref: zc-1-2","password":"p4ss","settings":{"waiting_room":false,"join_before_host":true,"jbh_time":5,"auto_recording":"cloud","email_notification":false}}""");
        var meeting = result.Should().BeOfType<ZoomResult<ZoomMeeting>.Ok>().Subject.Value;
        meeting.Should().BeEquivalentTo(new ZoomMeeting(98765432101234)
        {
            Uuid = "abc==",
            HostId = "h1",
            Topic = "Yoga",
            Type = 2,
            Status = "waiting",
            StartTime = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero),
            DurationMinutes = 45,
            TimeZone = "Europe/Berlin",
            Agenda = "Ref: zc-1-2",
            CreatedAt = StubZoom.Now,
            JoinUrl = new("https://us02web.zoom.us/j/98765432101234?pwd=x"),
            Password = "p4ss",
        });
        result.ServerDate.Should().Be(StubZoom.Now.AddSeconds(3));
    }

    [Fact]
    public async Task An_update_leaves_the_kind_of_meeting_alone()
    {
        _zoom.Answers(204);

        var result = await _zoom.Client().UpdateMeetingAsync(Token, 77, Request(password: null), default);

        result.Should().BeOfType<ZoomResult<NoContent>.Ok>();
        _zoom.Requests[0].Method.Should().Be("PATCH");
        _zoom.Requests[0].Address.Should().Be("https://api.zoom.us/v2/meetings/77");
        JsonDocument.Parse(_zoom.Requests[0].Body).RootElement.EnumerateObject().Select(member => member.Name)
            .Should().Equal("topic", "start_time", "duration", "timezone", "agenda", "settings");
    }

    [Fact]
    public async Task A_deletion_asks_Zoom_to_send_no_mail()
    {
        _zoom.Answers(204);

        var result = await _zoom.Client().DeleteMeetingAsync(Token, 77, default);

        result.Should().BeOfType<ZoomResult<NoContent>.Ok>();
        _zoom.Requests.Should().Equal(
            new StubZoom.Asked("DELETE", "https://api.zoom.us/v2/meetings/77?schedule_for_reminder=false", "Bearer t0ken", null, ""));
    }

    [Fact]
    public async Task The_waiting_room_switches_joining_before_the_host_off()
    {
        _zoom.Answers(201, Meeting);

        await _zoom.Client().CreateMeetingAsync(
            Token, Request(settings: new() { WaitingRoom = true, JoinBeforeHost = true, JoinBeforeHostMinutes = 10 }), default);

        _zoom.Requests[0].Body.Should().Contain("""{"waiting_room":true,"join_before_host":false}""");
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":{},"join_url":"https://zoom.us/j/1"}""")]
    [InlineData("""{"id":-1,"join_url":"https://zoom.us/j/1"}""")]
    [InlineData("""{"id":1e300,"join_url":"https://zoom.us/j/1"}""")]
    [InlineData("""{"id":1}""")]
    [InlineData("""{"id":1,"join_url":7}""")]
    [InlineData("""{"id":1,"join_url":"javascript:alert(1)"}""")]
    [InlineData("""{"id":1,"join_url":"http://zoom.us/j/1"}""")]
    [InlineData("""{"id":1,"join_url":"\ud800"}""")]
    public async Task A_created_meeting_that_cannot_be_read_is_an_unknown_outcome(string body)
    {
        _zoom.Answers(201, body);

        var result = await _zoom.Client().CreateMeetingAsync(Token, Request(), default);

        ErrorOf(result).Kind.Should().Be(Kind.OutcomeUnknown);
        ErrorOf(result).MayHaveActed.Should().BeTrue();
    }

    [Fact]
    public async Task An_enormous_answer_is_not_read_to_its_end()
    {
        _zoom.Answers(201, Meeting + new string(' ', 1024 * 1024)).Answers(503, new string('x', 2_000_000));

        var created = await _zoom.Client().CreateMeetingAsync(Token, Request(), default);
        var deleted = await _zoom.Client().DeleteMeetingAsync(Token, 1, default);

        ErrorOf(created).Kind.Should().Be(Kind.OutcomeUnknown);
        ErrorOf(deleted).Kind.Should().Be(Kind.ServerError);
    }

    [Fact]
    public async Task An_HTML_page_as_answer_is_not_a_successful_deletion()
    {
        _zoom.Answers(200, "<html>Sign in to this network</html>");

        var result = await _zoom.Client().DeleteMeetingAsync(Token, 1, default);

        ErrorOf(result).Kind.Should().Be(Kind.OutcomeUnknown);
    }

    [Fact]
    public async Task Zooms_error_details_are_preserved()
    {
        _zoom.Answers(
            429,
            """{"code":429,"message":"You have reached the maximum per-second rate limit for this API. Try again later."}""",
            ("Retry-After", "2026-11-22T10:00:02Z"),
            ("x-zm-trackingid", "v=2.0;clid=aw1;rid=WEB_1"),
            ("Date", "Sun, 22 Nov 2026 10:00:00 GMT"));

        var error = ErrorOf(await _zoom.Client().CreateMeetingAsync(Token, Request(), default));

        error.Should().BeEquivalentTo(new ZoomError(Kind.RateLimited)
        {
            HttpStatus = 429,
            Code = 429,
            Message = "You have reached the maximum per-second rate limit for this API. Try again later.",
            RetryAfter = TimeSpan.FromSeconds(2),
            TrackingId = "v=2.0;clid=aw1;rid=WEB_1",
            ServerDate = StubZoom.Now,
        });
    }

    [Theory]
    [InlineData("12345678901", 12345678901)]
    [InlineData("\"12345678901\"", 12345678901)]
    public async Task A_meeting_id_may_be_a_number_or_text(string id, long expected)
    {
        _zoom.Answers(200, $$"""{"id":{{id}}}""");

        var result = await _zoom.Client().GetMeetingAsync(Token, expected, default);

        ValueOf(result).Id.Should().Be(expected);
    }

    [Fact]
    public async Task The_list_is_read_to_its_last_page()
    {
        _zoom.Answers(200, """{"next_page_token":"a b+/=","meetings":[{"id":1,"agenda":"Ref: zc-1-1"},{"id":2,"type":3}]}""")
            .Answers(200, """{"next_page_token":"","meetings":[{"id":3}]}""");

        var upcoming = ValueOf(await _zoom.Client().ListUpcomingMeetingsAsync(Token, default));

        upcoming.Meetings.Select(meeting => meeting.Id).Should().Equal(1, 2, 3);
        upcoming.IsComplete.Should().BeTrue();
        _zoom.Requests.Select(asked => asked.Address).Should().Equal(
            "https://api.zoom.us/v2/users/me/meetings?type=upcoming&page_size=300&next_page_token=",
            "https://api.zoom.us/v2/users/me/meetings?type=upcoming&page_size=300&next_page_token=a%20b%2B%2F%3D");
    }

    [Fact]
    public async Task A_list_that_never_ends_is_given_up_and_says_so()
    {
        for (var page = 1; page <= 20; page++)
        {
            _zoom.Answers(200, $$"""{"next_page_token":"{{page}}","meetings":[{"id":{{page}}}]}""");
        }

        var upcoming = ValueOf(await _zoom.Client().ListUpcomingMeetingsAsync(Token, default));

        upcoming.Meetings.Should().HaveCount(20);
        upcoming.IsComplete.Should().BeFalse();
    }

    [Fact]
    public async Task A_list_that_repeats_its_page_tokens_is_given_up()
    {
        _zoom.Answers(200, """{"next_page_token":"a","meetings":[]}""").Answers(200, """{"next_page_token":"a","meetings":[]}""");

        var upcoming = ValueOf(await _zoom.Client().ListUpcomingMeetingsAsync(Token, default));

        upcoming.IsComplete.Should().BeFalse();
    }

    [Fact]
    public async Task A_partial_list_is_an_error()
    {
        _zoom.Answers(200, """{"next_page_token":"a","meetings":[{"id":1}]}""").Answers(401, """{"code":124,"message":"Access token is expired."}""")
            .Answers(200, """{"meetings":[{"id":1},{"topic":"without an id"}]}""");

        ErrorOf(await _zoom.Client().ListUpcomingMeetingsAsync(Token, default)).Kind.Should().Be(Kind.Unauthorized);
        ErrorOf(await _zoom.Client().ListUpcomingMeetingsAsync(Token, default)).Kind.Should().Be(Kind.OutcomeUnknown);
    }

    [Theory]
    [InlineData("https://zoom.us/s/1?zak=y", true)]
    [InlineData("https://us02web.zoom.us/s/1?zak=y", true)]
    [InlineData("http://zoom.us/s/1", false)]
    [InlineData("https://zoom.us.evil.example/s/1", false)]
    [InlineData("https://evilzoom.us/s/1", false)]
    [InlineData("https://zoom.us:8443/s/1", false)]
    [InlineData("https://zoom.us@evil.example/s/1", false)]
    [InlineData("//evil.example", false)]
    [InlineData("http://127.0.0.1:5999/s/1", false)]
    public async Task A_start_link_leads_only_to_Zoom(string link, bool follows)
    {
        _zoom.Answers(200, JsonSerializer.Serialize(new { id = 1, start_url = link }));

        var result = await _zoom.Client().GetStartUrlAsync(Token, 1, default);

        (result is ZoomResult<Uri>.Ok).Should().Be(follows);
    }

    [Fact]
    public async Task In_the_sandbox_a_start_link_leads_to_the_sandbox()
    {
        (_zoom.Options.ApiBaseUrl, _zoom.Options.OAuthBaseUrl) = ("http://127.0.0.1:5999/v2", "http://localhost:5999");
        _zoom.Answers(200, """{"id":1,"start_url":"http://127.0.0.1:5999/s/1"}""").Answers(200, """{"id":1,"start_url":"http://127.0.0.1:5998/s/1"}""");

        (await _zoom.Client().GetStartUrlAsync(Token, 1, default)).Should().BeOfType<ZoomResult<Uri>.Ok>();
        (await _zoom.Client().GetStartUrlAsync(Token, 1, default)).Should().BeOfType<ZoomResult<Uri>.Failed>();
    }

    [Fact]
    public async Task The_connected_user_is_read()
    {
        _zoom.Answers(200, """{"id":"u1","account_id":"a1","email":"ada@zoom.test","first_name":"Ada","last_name":"L","type":2,"timezone":"Europe/London","status":"active"}""");

        var user = ValueOf(await _zoom.Client().GetMeAsync(Token, default));

        user.Should().BeEquivalentTo(new ZoomUser("u1")
        {
            AccountId = "a1",
            Email = "ada@zoom.test",
            DisplayName = "Ada L",
            Type = 2,
            TimeZone = "Europe/London",
            Status = "active",
        });
    }

    [Fact]
    public async Task A_read_is_repeated_once_when_the_connection_broke()
    {
        _zoom.Throws(new HttpRequestException(HttpRequestError.ResponseEnded)).Answers(200, """{"id":1}""")
            .Throws(new HttpRequestException(HttpRequestError.ResponseEnded))
            .Throws(new HttpRequestException(HttpRequestError.ConnectionError));

        (await _zoom.Client().GetMeetingAsync(Token, 1, default)).Should().BeOfType<ZoomResult<ZoomMeeting>.Ok>();
        ErrorOf(await _zoom.Client().GetMeetingAsync(Token, 1, default)).Kind.Should().Be(Kind.NotSent);
        _zoom.Requests.Should().HaveCount(4);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, Kind.NotSent)]
    [InlineData(HttpRequestError.ConnectionError, Kind.NotSent)]
    [InlineData(HttpRequestError.SecureConnectionError, Kind.NotSent)]
    [InlineData(HttpRequestError.ProxyTunnelError, Kind.NotSent)]
    [InlineData(HttpRequestError.ResponseEnded, Kind.OutcomeUnknown)]
    [InlineData(HttpRequestError.InvalidResponse, Kind.OutcomeUnknown)]
    [InlineData(HttpRequestError.Unknown, Kind.OutcomeUnknown)]
    public async Task A_counted_request_that_failed_in_transport_is_never_repeated(HttpRequestError broken, Kind expected)
    {
        _zoom.Throws(new HttpRequestException(broken));

        var result = await _zoom.Client().CreateMeetingAsync(Token, Request(), default);

        ErrorOf(result).Kind.Should().Be(expected);
        _zoom.Requests.Should().ContainSingle();
    }

    [Fact]
    public void Nothing_prints_a_secret_or_a_link()
    {
        object[] printed =
        [
            Token, new RefreshToken("r"), new AuthorizationCode("c"), new ZoomOptions { ClientSecret = "s3cret" }, Request(),
            new ZoomMeeting(1) { JoinUrl = new("https://zoom.us/j/1?pwd=t0ken"), Password = "p4ss" },
            new ZoomResult<Uri>.Ok(new("https://zoom.us/s/1?zak=t0ken"), null),
            new ZoomTokens(Token, new RefreshToken("s3cret"), StubZoom.Now, new HashSet<string>()),
        ];

        string.Join("\n", printed).Should().NotContainAny("t0ken", "s3cret", "p4ss", "Yoga");
    }

    internal static MeetingRequest Request(string? password = "p4ss", ZoomMeetingSettings? settings = null) =>
        new(
            "Yoga",
            new(2026, 11, 23, 10, 0, 0, 500, TimeSpan.FromHours(1)),
            45,
            "Europe/Berlin",
            "Ref: zc-1-2",
            password,
            settings ?? new());

    internal static ZoomError ErrorOf<T>(ZoomResult<T> result) => result.Should().BeOfType<ZoomResult<T>.Failed>().Subject.Error;

    internal static T ValueOf<T>(ZoomResult<T> result) => result.Should().BeOfType<ZoomResult<T>.Ok>().Subject.Value;
}
