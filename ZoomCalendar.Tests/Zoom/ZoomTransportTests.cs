using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ZoomCalendar.Core.Zoom;
using static ZoomCalendar.Tests.Zoom.ZoomClientTests;
using Kind = ZoomCalendar.Core.Zoom.ZoomErrorKind;

namespace ZoomCalendar.Tests.Zoom;

/// <summary>The clients as they are registered, over real connections.</summary>
public sealed class ZoomTransportTests : IDisposable
{
    private const string Deleted = "HTTP/1.1 204 No Content\r\n\r\n";

    private static readonly AccessToken Token = new("t0ken");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly FakeTimeProvider _clock = new(StubZoom.Now);
    private readonly Lines _lines = new();
    private ServiceProvider? _services;

    public void Dispose() => _services?.Dispose();

    [Fact]
    public async Task A_refused_connection_means_that_nothing_was_sent()
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var address = $"http://{free.LocalEndpoint}";
        free.Stop();

        var result = await Client(address).DeleteMeetingAsync(Token, 1, default);

        ErrorOf(result).Kind.Should().Be(Kind.NotSent);
    }

    [Fact]
    public async Task An_unknown_name_means_that_nothing_was_sent()
    {
        var result = await Client("https://nowhere.invalid").DeleteMeetingAsync(Token, 1, default);

        ErrorOf(result).Kind.Should().Be(Kind.NotSent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 201 Cre")]
    [InlineData("HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{\"id\":1,")]
    [InlineData("HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    public async Task A_connection_cut_after_the_request_leaves_the_outcome_unknown(string bytes)
    {
        await using var server = new RawServer(_ => (bytes, Close: true));

        var result = await Client(server.Address).CreateMeetingAsync(Token, Request(), default);

        ErrorOf(result).Kind.Should().Be(Kind.OutcomeUnknown);
        server.Requests.Should().Be(1);
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("POST")]
    [InlineData("PATCH")]
    public async Task A_counted_request_on_a_connection_that_was_closed_meanwhile_is_sent_only_once(string method)
    {
        await using var server = new RawServer(number => number == 1 ? (Deleted, Close: false) : ("", Close: true));
        var client = Client(server.Address);
        (await client.DeleteMeetingAsync(Token, 1, default)).Should().BeOfType<ZoomResult<NoContent>.Ok>();

        var kind = method switch
        {
            "DELETE" => ErrorOf(await client.DeleteMeetingAsync(Token, 2, default)).Kind,
            "POST" => ErrorOf(await client.CreateMeetingAsync(Token, Request(), default)).Kind,
            _ => ErrorOf(await client.UpdateMeetingAsync(Token, 2, Request(), default)).Kind,
        };

        kind.Should().Be(Kind.OutcomeUnknown);
        server.Requests.Should().Be(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{\"id\":1,")]
    public async Task An_answer_that_is_not_whole_after_15_seconds_is_an_unknown_outcome(string begun)
    {
        await using var server = new RawServer(_ => (begun, Close: false));
        var creating = Client(server.Address).CreateMeetingAsync(Token, Request(), default);
        await server.Answered.Task.WaitAsync(Patience);

        _clock.Advance(TimeSpan.FromSeconds(14.9));
        creating.IsCompleted.Should().BeFalse();
        _clock.Advance(TimeSpan.FromSeconds(0.2));

        ErrorOf(await creating.WaitAsync(Patience)).Kind.Should().Be(Kind.OutcomeUnknown);
    }

    [Fact]
    public async Task A_list_has_15_seconds_for_all_its_pages()
    {
        const string page = """{"next_page_token":"a","meetings":[]}""";
        await using var server = new RawServer(
            number => number == 1 ? ($"HTTP/1.1 200 OK\r\nContent-Length: {page.Length}\r\n\r\n{page}", false) : ("", false));
        var listing = Client(server.Address).ListUpcomingMeetingsAsync(Token, default);
        await server.Answered.Task.WaitAsync(Patience);

        _clock.Advance(TimeSpan.FromSeconds(15.1));

        ErrorOf(await listing.WaitAsync(Patience)).Kind.Should().Be(Kind.OutcomeUnknown);
    }

    [Fact]
    public async Task A_cancelled_call_throws()
    {
        await using var server = new RawServer(_ => ("", Close: false));
        using var giveUp = new CancellationTokenSource();
        var creating = Client(server.Address).CreateMeetingAsync(Token, Request(), giveUp.Token);
        await server.Answered.Task.WaitAsync(Patience);

        await giveUp.CancelAsync();

        await FluentActions.Awaiting(() => creating.WaitAsync(Patience)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = new RawServer(_ => (Deleted, Close: true));
        await using var server = new RawServer(
            _ => ($"HTTP/1.1 307 Temporary Redirect\r\nLocation: {elsewhere.Address}\r\nContent-Length: 0\r\n\r\n", Close: false));

        var error = ErrorOf(await Client(server.Address).DeleteMeetingAsync(Token, 1, default));

        (error.Kind, error.HttpStatus).Should().Be((Kind.Unexpected, 307));
        elsewhere.Requests.Should().Be(0);
    }

    [Fact]
    public async Task More_requests_than_may_be_in_flight_are_not_sent()
    {
        await using var server = new RawServer(_ => ("", Close: false));
        var client = Client(server.Address, mostAtOnce: 1);
        using var giveUp = new CancellationTokenSource();
        var first = client.DeleteMeetingAsync(Token, 1, giveUp.Token);
        await server.Answered.Task.WaitAsync(Patience);

        var second = await client.DeleteMeetingAsync(Token, 2, default);

        ErrorOf(second).Kind.Should().Be(Kind.NotSent);
        server.Requests.Should().Be(1);
        await giveUp.CancelAsync();
        await FluentActions.Awaiting(() => first).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task The_log_names_path_status_code_and_tracking_id_and_nothing_else()
    {
        const string body = """{"code":3001,"message":"Meeting does not exist: 4242."}""";
        await using var server = new RawServer(
            _ => ($"HTTP/1.1 404 Not Found\r\nx-zm-trackingid: WEB_1\r\nContent-Length: {body.Length}\r\n\r\n{body}", Close: false));

        await Client(server.Address).DeleteMeetingAsync(Token, 4242, default);

        _lines.Written.Should().Equal("Zoom DELETE /meetings/{id}: MeetingGone, status 404, code 3001, tracking id WEB_1");
    }

    private ZoomClient Client(string address, int mostAtOnce = 8)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Zoom:ClientId"] = "c",
                ["Zoom:ClientSecret"] = "s",
                ["Zoom:ApiBaseUrl"] = address,
                ["Zoom:MaxConcurrentRequests"] = $"{mostAtOnce}",
            })
            .Build();
        _services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_lines))
            .AddSingleton<TimeProvider>(_clock)
            .AddZoomClient(configuration)
            .BuildServiceProvider();

        return _services.GetRequiredService<ZoomClient>();
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public List<string> Written { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
