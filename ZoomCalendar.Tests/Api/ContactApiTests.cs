using System.Text.Json;

namespace ZoomCalendar.Tests.Api;

/// <summary>Contacts are added, listed, searched, changed and deleted as the platform's client does.</summary>
public sealed class ContactApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Contacts_are_listed_page_by_page_the_newest_first()
    {
        var mark = Mark();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await AddAsync($"{mark} {i}"));
        }

        var first = await ListAsync($"&query={mark}&limit=2");
        var meta = first.Body.GetProperty("meta");
        var second = await ListAsync(
            $"&query={mark}&limit=2&startAfter={meta.GetProperty("startAfter").GetInt64()}&startAfterId={meta.GetProperty("startAfterId").GetString()}");
        var all = await ListAsync($"&query={mark}");

        Ids(first).Concat(Ids(second)).Should().Equal(Enumerable.Reverse(ids).Take(4));
        Ids(all).Should().Equal(Enumerable.Reverse(ids));
        first.Body.GetProperty("count").GetInt32().Should().Be(5);
    }

    [Fact]
    public async Task A_contact_added_between_two_pages_does_not_shift_the_second()
    {
        var mark = Mark();
        await AddAsync($"{mark} 1");
        await AddAsync($"{mark} 2");
        var first = await ListAsync($"&query={mark}&limit=1");
        await AddAsync($"{mark} 3");

        var second = await ListAsync(
            $"&query={mark}&limit=1&startAfterId={first.Body.GetProperty("meta").GetProperty("startAfterId").GetString()}");

        Names(second).Should().Equal($"{mark} 1");
    }

    [Theory]
    [InlineData("öz", "Özlem")]
    [InlineData("ozlem", "Özlem")]
    [InlineData("ÖZLEM", "özlem")]
    [InlineData("o'neil", "O'Neil")]
    [InlineData("100%_", "100%_ sure")]
    public async Task A_search_finds_names_in_any_letters(string query, string name)
    {
        var mark = Mark();
        await AddAsync($"{name} {mark}");
        await AddAsync($"Other {mark}");

        var listed = await ListAsync($"&query={Uri.EscapeDataString(query)}");
        var searched = await SearchAsync(new { locationId = host.LocationId, pageLimit = 100, query });

        Names(listed).Should().Contain($"{name} {mark}").And.NotContain($"Other {mark}");
        Names(searched).Should().Contain($"{name} {mark}").And.NotContain($"Other {mark}");
    }

    [Fact]
    public async Task The_advanced_search_filters_sorts_and_pages()
    {
        var mark = Mark();
        foreach (var name in (string[])["Carol", "alice", "Bob"])
        {
            await AddAsync($"{name} {mark}", $"{name}.{mark}@example.com");
        }

        object[] filters = [new { field = "email", @operator = "contains", value = mark.ToUpperInvariant() }];
        object[] byName = [new { field = "firstNameLowerCase", direction = "asc" }];
        var first = await SearchAsync(new { locationId = host.LocationId, page = 1, pageLimit = 2, filters, sort = byName });
        var second = await SearchAsync(new { locationId = host.LocationId, page = 2, pageLimit = 2, filters, sort = byName });
        var one = await SearchAsync(new
        {
            locationId = host.LocationId,
            pageLimit = 20,
            filters = new[] { new { field = "email", @operator = "eq", value = $"BOB.{mark}@example.com" } },
        });

        Names(first).Should().Equal($"alice {mark}", $"Bob {mark}");
        Names(second).Should().Equal($"Carol {mark}");
        first.Body.GetProperty("total").GetInt32().Should().Be(3);
        Names(one).Should().Equal($"Bob {mark}");
    }

    [Theory]
    [InlineData("""{"pageLimit":0}""", "pageLimit")]
    [InlineData("""{"pageLimit":501}""", "pageLimit")]
    [InlineData("""{"page":0}""", "page")]
    [InlineData("""{"filters":[{"field":"tags","operator":"eq","value":"x"}]}""", "tags")]
    [InlineData("""{"filters":[{"field":"email","operator":"near","value":"x"}]}""", "near")]
    [InlineData("""{"filters":[{"group":"OR","filters":[]}]}""", "group")]
    [InlineData("""{"sort":[{"field":"ssn","direction":"asc"}]}""", "ssn")]
    [InlineData("""{"nonsense":1}""", "nonsense")]
    [InlineData("""{"filters":[null]}""", "filters")]
    [InlineData("""{"searchAfter":["x"]}""", "searchAfter")]
    public async Task A_search_that_is_not_available_is_refused_with_its_name(string body, string name)
    {
        var answer = await host.Api.SendTextAsync(HttpMethod.Post, "/contacts/search", $$"""{"locationId":"{{host.LocationId}}",{{body[1..]}}""");

        answer.Status.Should().Be(422, answer.Body.ToString());
        answer.Message.Should().Contain(name);
    }

    [Theory]
    [InlineData("&limit=0")]
    [InlineData("&limit=101")]
    [InlineData("&limit=x")]
    [InlineData("&startAfter=x")]
    [InlineData("&tags=vip")]
    public async Task A_list_that_is_not_available_is_refused(string query) => (await ListAsync(query)).Status.Should().Be(422);

    [Fact]
    public async Task A_contact_is_added_once_changed_and_deleted()
    {
        var email = $"{Mark()}@example.com";
        var made = await host.Api.PostAsync("/contacts/", new
        {
            locationId = host.LocationId,
            firstName = "Jo",
            lastName = "Field",
            email,
        });
        var twice = await host.Api.PostAsync("/contacts/", new
        {
            locationId = host.LocationId,
            name = "Jo again",
            email = email.ToUpperInvariant(),
        });
        var path = $"/contacts/{IdOf(made)}";

        var renamed = await host.Api.PutAsync(path, new { lastName = "Meadow" });
        var readdressed = await host.Api.PutAsync(path, new
        {
            email = $"new.{email}",
            phone = "+1 312 555 0100",
            timezone = "Asia/Kolkata",
        });
        var deleted = await host.Api.DeleteAsync(path);

        made.Status.Should().Be(201, made.Body.ToString());
        twice.Status.Should().Be(400);
        renamed.Body.GetProperty("succeded").GetBoolean().Should().BeTrue();
        renamed.Body.GetProperty("contact").GetProperty("name").GetString().Should().Be("Jo Meadow");
        var contact = readdressed.Body.GetProperty("contact");
        (contact.GetProperty("email").GetString(), contact.GetProperty("phone").GetString(), contact.GetProperty("timezone").GetString())
            .Should().Be(($"new.{email}", "+1 312 555 0100", "Asia/Kolkata"));
        deleted.Body.GetProperty("succeded").GetBoolean().Should().BeTrue();
        (await host.Api.GetAsync(path)).Status.Should().Be(404);
        (await host.Api.DeleteAsync(path)).Status.Should().Be(404);
        (await host.Api.PutAsync(path, new { name = "Gone" })).Status.Should().Be(404);
    }

    [Fact]
    public async Task A_changed_first_name_in_a_read_contact_is_stored()
    {
        var path = $"/contacts/{await AddAsync("Jo Field")}";
        var contact = JsonSerializer.Deserialize<Dictionary<string, object?>>((await host.Api.GetAsync(path)).Body.GetProperty("contact"))!;
        contact["firstName"] = "Johanna";

        var changed = await host.Api.PutAsync(path, contact);

        changed.Body.GetProperty("contact").GetProperty("name").GetString().Should().Be("Johanna Field");
    }

    [Fact]
    public async Task Another_contacts_address_is_refused_in_a_sentence()
    {
        var taken = $"{Mark()}@example.com";
        await AddAsync("First", taken);
        var second = await AddAsync("Second");

        var answer = await host.Api.PutAsync($"/contacts/{second}", new { email = taken.ToUpperInvariant() });

        answer.Status.Should().Be(400);
        answer.Message.Should().Contain("another contact");
    }

    [Theory]
    [InlineData("""{"email":"nonsense"}""")]
    [InlineData("""{"timezone":"Mars/Base"}""")]
    [InlineData("""{"tags":["vip"]}""")]
    [InlineData("""{"name":"x","nonsense":1}""")]
    public async Task A_change_that_cannot_be_stored_is_refused(string body)
    {
        var contact = await AddAsync("Jo Field");

        (await host.Api.SendTextAsync(HttpMethod.Put, $"/contacts/{contact}", body)).Status.Should().Be(422);
    }

    [Fact]
    public async Task Appointments_of_a_deleted_contact_stay_and_keep_the_bookers_data()
    {
        var calendar = await host.NewCalendarAsync();
        var contact = await AddAsync("Jo Field");
        var booked = await host.BookAsync(calendar, (await host.FreeAsync(calendar))[0], contact);

        await host.Api.DeleteAsync($"/contacts/{contact}");

        var appointment = (await host.Api.GetAsync($"/calendars/events/appointments/{booked.Id}")).Body.GetProperty("event");
        var known = await host.Api.GetAsync($"/contacts/{appointment.GetProperty("contactId").GetString()}");
        known.Body.GetProperty("contact").GetProperty("name").GetString().Should().Be("Jo Field");
    }

    [Fact]
    public async Task The_booker_of_an_appointment_who_is_no_contact_is_neither_changed_nor_deleted_as_one()
    {
        var calendar = await host.NewCalendarAsync();
        var contact = await AddAsync("Jo Field");
        var booked = await host.BookAsync(calendar, (await host.FreeAsync(calendar))[0], contact);
        await host.Api.DeleteAsync($"/contacts/{contact}");

        var changed = await host.Api.PutAsync($"/contacts/{booked.Id}", new { name = "Another" });
        var deleted = await host.Api.DeleteAsync($"/contacts/{booked.Id}");

        new[] { changed, deleted }.Should().OnlyContain(answer => answer.Status == 422);
        changed.Message.Should().Contain("appointment");
    }

    [Fact]
    public async Task A_contact_is_found_by_its_address_or_number()
    {
        var email = $"{Mark()}@example.com";
        var id = await AddAsync("Jo Field", email);

        var found = await host.Api.GetAsync($"/contacts/search/duplicate?locationId={host.LocationId}&email={email.ToUpperInvariant()}");
        var nobody = await host.Api.GetAsync($"/contacts/search/duplicate?locationId={host.LocationId}&email=nobody.{email}");

        IdOf(found).Should().Be(id);
        nobody.Status.Should().Be(200);
        nobody.Body.TryGetProperty("contact", out _).Should().BeFalse();
    }

    [Theory]
    [InlineData("GET", "/contacts/{id}/tasks")]
    [InlineData("POST", "/contacts/{id}/tags")]
    [InlineData("GET", "/contacts/{id}/notes")]
    [InlineData("POST", "/contacts/{id}/followers")]
    [InlineData("POST", "/contacts/{id}/workflow/1")]
    [InlineData("DELETE", "/contacts/{id}/campaigns/removeAll")]
    [InlineData("GET", "/contacts/business/1")]
    [InlineData("POST", "/contacts/bulk/business")]
    public async Task Unsupported_contact_features_are_refused_with_a_sentence(string method, string path)
    {
        var answer = await host.Api.SendTextAsync(HttpMethod.Parse(method), path.Replace("{id}", Guid.NewGuid().ToString()), "{}");

        answer.Status.Should().Be(422);
        answer.Message.Should().Contain("here");
    }

    private Task<ApiResponse> ListAsync(string query) => host.Api.GetAsync($"/contacts/?locationId={host.LocationId}{query}");

    private Task<ApiResponse> SearchAsync(object body) => host.Api.PostAsync("/contacts/search", body);

    private async Task<string> AddAsync(string name, string? email = null) =>
        IdOf(await host.Api.PostAsync(
            "/contacts/upsert", new { locationId = host.LocationId, name, email = email ?? $"{Guid.NewGuid():N}@example.com" }));

    private static string IdOf(ApiResponse answer) => answer.Body.GetProperty("contact").GetProperty("id").GetString()!;

    private static IEnumerable<string> Ids(ApiResponse answer) =>
        answer.Body.GetProperty("contacts").EnumerateArray().Select(each => each.GetProperty("id").GetString()!);

    private static IEnumerable<string> Names(ApiResponse answer) =>
        answer.Body.GetProperty("contacts").EnumerateArray().Select(each => each.GetProperty("name").GetString()!);

    private static string Mark() => $"m{Guid.NewGuid().ToString("N")[..10]}";
}
