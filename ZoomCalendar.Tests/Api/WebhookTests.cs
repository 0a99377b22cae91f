using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Org.BouncyCastle.OpenSsl;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Webhooks;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Api;

public sealed class WebhookTests(WebhookTests.Host host) : IClassFixture<WebhookTests.Host>
{
    [Fact]
    public async Task S104_Cancelling_sends_the_outgoing_webhook_once_and_the_reminders_are_gone()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var webhook = await host.SubscribeAsync(receiver);
        var calendar = await host.Inner.NewCalendarAsync();
        var booked = await host.Inner.BookAsync(calendar, (await host.Inner.FreeAsync(calendar))[^1]);
        await Eventually.HoldsAsync(
            async () => await RemindersAsync(booked.Id) is [MessageState.Waiting, ..], TimeSpan.FromSeconds(30), "reminders wait");

        await host.Inner.Api.PutAsync($"/calendars/events/appointments/{booked.Id}", new { appointmentStatus = "cancelled" });
        await receiver.WaitForAsync(2);
        await Eventually.HoldsAsync(
            async () => (await RemindersAsync(booked.Id)).All(state => state is MessageState.Dropped),
            TimeSpan.FromSeconds(30),
            "the reminders are gone");
        await host.Inner.Api.DeleteAsync($"/calendars/events/{booked.Id}");
        var told = await receiver.WaitForAsync(3);
        var log = await host.Inner.Api.GetAsync($"/webhooks/{webhook}/deliveries");

        told.Where(each => each.AppointmentId == booked.Id).Select(each => each.Type).Should()
            .BeEquivalentTo(["AppointmentCreate", "AppointmentUpdate", "AppointmentDelete"]);
        told.Single(each => each.Type == "AppointmentUpdate").Body.GetProperty("appointment").GetProperty("appointmentStatus").GetString()
            .Should().Be("cancelled");
        told[0].Body.GetProperty("locationId").GetString().Should().Be(host.Inner.LocationId);
        log.Body.GetProperty("deliveries").GetArrayLength().Should().Be(3);
    }

    [Fact]
    public async Task Each_message_is_signed_over_its_raw_body_by_the_published_key()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await host.SubscribeAsync(receiver);
        var calendar = await host.Inner.NewCalendarAsync();
        await host.Inner.BookAsync(calendar, (await host.Inner.FreeAsync(calendar))[0]);

        var told = (await receiver.WaitForAsync(1))[0];
        using var visitor = host.Inner.App.NewVisitor();
        using var pem = new PemReader(new StringReader(await visitor.GetStringAsync("/.well-known/webhook-signing-key.pem")));
        var key = (Ed25519PublicKeyParameters)pem.ReadObject();
        var body = Encoding.UTF8.GetBytes(told.Text);
        var signature = Convert.FromBase64String(told.Signature);

        key.Verify(Ed25519.Algorithm.Ed25519, null, body, 0, body.Length, signature, 0).Should().BeTrue();
        body[^2]++;
        key.Verify(Ed25519.Algorithm.Ed25519, null, body, 0, body.Length, signature, 0).Should().BeFalse();
    }

    [Fact]
    public async Task A_refused_delivery_is_repeated_and_the_log_says_why()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answers.Enqueue(503);
        var webhook = await host.SubscribeAsync(receiver);
        var calendar = await host.Inner.NewCalendarAsync();
        await host.Inner.BookAsync(calendar, (await host.Inner.FreeAsync(calendar))[0]);
        await receiver.WaitForAsync(1);

        var told = await receiver.WaitForAsync(2);

        told[1].Text.Should().Be(told[0].Text);
        var delivery = (await host.Inner.Api.GetAsync($"/webhooks/{webhook}/deliveries")).Body.GetProperty("deliveries")[0];
        delivery.GetProperty("attempts").GetInt32().Should().BeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public void Pauses_grow_and_end_after_a_day()
    {
        var now = DateTimeOffset.UnixEpoch;
        var delivery = new WebhookDelivery
        {
            Id = Guid.NewGuid(),
            WebhookId = WebhookId.New(now),
            EventId = 1,
            AppointmentId = AppointmentId.New(now),
            Type = WebhookType.LinkChanged,
            Body = "{}",
            CreatedAt = now,
            NextAttemptAt = now,
        };
        var pauses = new List<TimeSpan>();
        while (delivery.NextAttemptAt is { } next)
        {
            delivery.MarkFailed(500, "Answered 500.", next);
            pauses.Add((delivery.NextAttemptAt ?? next) - next);
        }

        pauses.SkipLast(1).Should().BeInAscendingOrder().And.HaveCount(8);
        delivery.State.Should().Be(DeliveryState.GivenUp);
        delivery.Body.Should().BeEmpty();
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.100.100.200", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    public void Webhooks_are_sent_to_public_addresses_only(string address, bool isPublic) =>
        PublicAddresses.IsPublic(IPAddress.Parse(address)).Should().Be(isPublic);

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task The_address_is_checked_at_each_connection(string name)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var http = new WebhookHttp(Options.Create(new WebhookOptions()));

        var reply = await http.PostAsync($"http://{name}:{new Uri(receiver.Url).Port}/hook", [1], "signature", CancellationToken.None);

        reply.Should().Be(new WebhookResponse(null, WebhookHttp.NotPublic));
        receiver.Received.Should().BeEmpty();
    }

    [Theory]
    [InlineData("http://example.com/hook")]
    [InlineData("https://127.0.0.1/hook")]
    [InlineData("https://localhost/hook")]
    [InlineData("https://[fd00::1]/hook")]
    [InlineData("https://user:secret@example.com/hook")]
    [InlineData("ftp://example.com/hook")]
    [InlineData("example.com/hook")]
    [InlineData("")]
    public async Task Private_addresses_are_refused_when_entered(string url)
    {
        await using var strict = await AppHost.StartAsync(ApiHost.Configure);
        using var client = new ApiClient(strict.Address, ApiHost.Token);

        var answer = await client.PostAsync("/webhooks/", new { url });

        answer.Status.Should().Be(422);
    }

    private async Task<List<MessageState>> RemindersAsync(string appointment)
    {
        var id = new AppointmentId(Guid.Parse(appointment));
        await using var db = await host.Inner.App.OpenDatabaseAsync();
        return await db.Messages.Where(row => row.AppointmentId == id && row.Kind == MessageKind.Reminder).Select(row => row.State)
            .ToListAsync();
    }

    /// <summary>An app that may send webhooks to this machine.</summary>
    public sealed class Host : IAsyncLifetime
    {
        public ApiHost Inner { get; } = new(builder => builder.UseSetting("Webhooks:AllowPrivateAddresses", "true"));

        public Task InitializeAsync() => Inner.InitializeAsync();

        public Task DisposeAsync() => Inner.DisposeAsync();

        internal async Task<string> SubscribeAsync(WebhookReceiver receiver)
        {
            var answer = await Inner.Api.PostAsync("/webhooks/", new { url = receiver.Url });
            answer.Status.Should().Be(201, answer.Body.ToString());
            return answer.Body.GetProperty("webhook").GetProperty("id").GetString()!;
        }
    }
}
