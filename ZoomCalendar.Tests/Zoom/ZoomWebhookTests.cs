using System.Text;
using ZoomCalendar.Core.Zoom;

namespace ZoomCalendar.Tests.Zoom;

public sealed class ZoomWebhookTests
{
    private const string Secret = "webhook-secret";
    private static readonly byte[] Body = """{"event":"meeting.deleted"}"""u8.ToArray();
    private static readonly string Timestamp = $"{StubZoom.Now.ToUnixTimeSeconds()}";

    // printf 'v0:1795341600:{"event":"meeting.deleted"}' | openssl dgst -sha256 -hmac webhook-secret
    private const string Signature = "v0=2e7b8832d6abc27f6b5bc1e22d367f125102eb06b2625c4c1173f10f500cd5b5";

    [Fact]
    public void S131_A_valid_signature_over_the_raw_bytes_is_accepted() =>
        ZoomWebhookSignature.IsValid(Secret, Timestamp, Signature, Body, StubZoom.Now).Should().BeTrue();

    [Theory]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void S131_Five_minutes_either_way_are_fresh(int seconds, bool accepted) =>
        ZoomWebhookSignature.IsValid(Secret, Timestamp, Signature, Body, StubZoom.Now.AddSeconds(seconds)).Should().Be(accepted);

    [Fact]
    public void S131_Anything_else_is_refused()
    {
        IsValid(secret: "").Should().BeFalse();
        IsValid(secret: null).Should().BeFalse();
        IsValid(secret: "other").Should().BeFalse();
        IsValid(signature: null).Should().BeFalse();
        IsValid(signature: "").Should().BeFalse();
        IsValid(signature: Signature[3..]).Should().BeFalse();
        IsValid(signature: Signature[..^1] + "é").Should().BeFalse();
        IsValid(timestamp: null).Should().BeFalse();
        IsValid(timestamp: $"+{Timestamp}").Should().BeFalse();
        IsValid(timestamp: $"{Timestamp} ").Should().BeFalse();
        IsValid(timestamp: $"{Timestamp}000").Should().BeFalse();
        IsValid(timestamp: "99999999999").Should().BeFalse();
        ZoomWebhookSignature.IsValid(Secret, Timestamp, Signature, [.. Body, (byte)' '], StubZoom.Now).Should().BeFalse();

        bool IsValid(string? secret = Secret, string? timestamp = "T", string? signature = Signature) =>
            ZoomWebhookSignature.IsValid(secret, timestamp == "T" ? Timestamp : timestamp, signature, Body, StubZoom.Now);
    }

    [Fact]
    public void S132_The_plain_token_is_answered_encrypted()
    {
        var webhook = Parse("""{"payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"},"event_ts":1654503849680,"event":"endpoint.url_validation"}""");

        webhook.Should().Be(new ZoomWebhook.UrlValidation("qgg8vlvZRS6UYooatFL8Aw", 1654503849680));
        ZoomWebhookSignature.EncryptedToken(Secret, "qgg8vlvZRS6UYooatFL8Aw").Should()
            .Be("6888178e55e7626f94e88a56224baefbb707ceaa8ec37ce09efc6bbf66b89ea8");
    }

    [Theory]
    [InlineData("12345678901")]
    [InlineData("\"12345678901\"")]
    public void The_id_of_a_meeting_is_a_number_or_text(string id)
    {
        Parse($$$"""{"event":"meeting.deleted","event_ts":5,"payload":{"account_id":"a","object":{"id":{{{id}}},"host_id":"h"} } }""")
            .Should().Be(new ZoomWebhook.MeetingDeleted(12345678901, "h", "a", 5));
        Parse($$$"""{"event":"meeting.updated","payload":{"account_id":"a","object":{"id":{{{id}}},"topic":"x"},"old_object":{"id":{{{id}}},"topic":"y"},"time_stamp":6}}""")
            .Should().Be(new ZoomWebhook.MeetingUpdated(12345678901, null, "a", 6));
    }

    [Theory]
    [InlineData("""{"event":"app_deauthorized","event_ts":7,"payload":{"account_id":"a","user_id":"u","signature":"s","deauthorization_time":"2026-11-22T10:00:00.000Z","client_id":"c"}}""")]
    [InlineData("""{"event":"app_deauthorized","payload":{"event_ts":7,"account_id":"a","user_id":"u","signature":"s","deauthorization_time":"2026-11-22T10:00:00Z","client_id":"c"}}""")]
    public void A_deauthorization_is_read_wherever_its_time_stamp_stands(string body) =>
        Parse(body).Should().Be(new ZoomWebhook.AppDeauthorized("u", "a", "c", StubZoom.Now, 7));

    [Fact]
    public void Deliveries_of_one_event_have_one_key()
    {
        var first = Parse("""{"event":"meeting.deleted","event_ts":5,"payload":{"object":{"id":1}}}""");
        var again = Parse("""{"event_ts":5,"event":"meeting.deleted","payload":{"object":{"id":"1"}}}""");
        var other = Parse("""{"event":"meeting.deleted","event_ts":5,"payload":{"object":{"id":2}}}""");

        first!.Key.Should().Be("meeting.deleted:5:1").And.Be(again!.Key).And.NotBe(other!.Key);
    }

    [Fact]
    public void An_unsubscribed_event_is_distinguished_from_an_unreadable_body()
    {
        Parse("""{"event":"meeting.started","event_ts":1}""").Should().Be(new ZoomWebhook.Other("meeting.started", 1));

        string[] nonsense = ["", "x", "[]", "{}", """{"event":5.5}"""[..^1], """{"event":"meeting.deleted"}""", """{"event":"meeting.deleted","payload":[]}""", """{"event":"app_deauthorized","payload":{"user_id":{}}}"""];
        nonsense.Select(Parse).Should().AllBeEquivalentTo((ZoomWebhook?)null);
    }

    private static ZoomWebhook? Parse(string body) => ZoomWebhook.Parse(Encoding.UTF8.GetBytes(body));
}
