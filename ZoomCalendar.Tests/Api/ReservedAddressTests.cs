namespace ZoomCalendar.Tests.Api;

/// <summary>Words that the public pages use themselves are no addresses of calendars, whoever makes the calendar.</summary>
public sealed class ReservedAddressTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("cancel")]
    [InlineData("change")]
    [InlineData("waiting")]
    [InlineData("confirmed")]
    [InlineData("wait")]
    [InlineData("changes")]
    public async Task A_reserved_word_is_refused_in_a_sentence_and_changes_nothing(string word)
    {
        var calendar = await host.NewCalendarAsync();
        var before = await ReadAsync(calendar);

        var made = await host.Api.PostAsync("/calendars/", New("Reserved", word));
        var edited = await host.Api.PutAsync($"/calendars/{calendar}", new { name = "Other name", slug = word });
        var widget = await host.Api.PutAsync($"/calendars/{calendar}", new { widgetSlug = word });

        foreach (var answer in new[] { made, edited, widget })
        {
            answer.Status.Should().Be(422, answer.Body.ToString());
            answer.Message.Should().Contain("own pages use").And.Contain($"{word}-calendar");
        }

        (await ReadAsync(calendar)).Should().Be(before);
    }

    [Fact]
    public async Task An_address_from_a_name_is_never_a_reserved_word()
    {
        var first = await host.Api.PostAsync("/calendars/", New("Waiting", null));
        var second = await host.Api.PostAsync("/calendars/", New("Waiting!", null));

        (first.Status, second.Status).Should().Be((200, 200));
        Slug(first).Should().Be("waiting-calendar");
        Slug(second).Should().Be("waiting-calendar-2");
    }

    private async Task<string> ReadAsync(string calendar) =>
        (await host.Api.GetAsync($"/calendars/{calendar}")).Body.GetProperty("calendar").ToString();

    private object New(string name, string? slug) => new { locationId = host.LocationId, name, calendarType = "event", slug };

    private static string Slug(ApiResponse answer) => answer.Body.GetProperty("calendar").GetProperty("slug").GetString()!;
}
