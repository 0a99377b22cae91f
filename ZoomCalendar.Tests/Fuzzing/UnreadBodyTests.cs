using ZoomCalendar.Tests.Booking;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Fuzzing;

/// <summary>A body that is too large costs only its own request, not the next one on the connection.</summary>
[OnSqlite("Nothing of it reaches a database.")]
[Collection(nameof(FuzzHost))]
public sealed class UnreadBodyTests(FuzzHost host)
{
    [Theory]
    [InlineData("/book/northwind/intro-call", true)]
    [InlineData("/book/waiting/unknown", true)]
    [InlineData("/book/waiting/unknown", false)]
    [InlineData("/book/cancel/unknown", true)]
    public async Task The_answer_to_a_body_that_is_too_large_says_that_the_connection_ends(string path, bool isLengthKnown)
    {
        using var visitor = new PublicVisitor(host.App);
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent([new("notes", new string('x', 70_000))]),
            Headers = { TransferEncodingChunked = !isLengthKnown },
        };

        using var answer = await visitor.Client.SendAsync(request);

        ((int)answer.StatusCode).Should().BeInRange(400, 499);
        answer.Headers.ConnectionClose.Should().BeTrue("the server closes it, and the next request on it would be lost");
    }
}
