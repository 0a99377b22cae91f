using System.Globalization;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments.Contacts;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Web.Api.Answers;
using ZoomCalendar.Web.Api.Requests;

namespace ZoomCalendar.Web.Api.Endpoints;

/// <summary>Bookers.</summary>
internal static class ContactEndpoints
{
    private const string Path = "/contacts/{contactId}";
    private const string NotFound = "Contact not found";
    private const int MaxLimit = 100;

    public static void MapContacts(this RouteGroupBuilder api)
    {
        api.MapGet("/contacts/", ListAsync)
            .Needs(TokenScopes.ReadContacts).Produces<ContactsAnswer>()
            .WithName("get-contacts").WithSummary("All bookers, the newest first")
            .WithDescription(
                "`query` is part of a name, an address or a number. A page at a time (`limit`, 1 to 100): send `startAfter` and "
                    + "`startAfterId` of `meta` back for the next one.");
        api.MapPost("/contacts/search", SearchAsync)
            .Needs(TokenScopes.ReadContacts).Takes<SearchContacts>().Produces<FoundContactsAnswer>()
            .WithName("search-contacts-advanced").WithSummary("Find bookers by filters, in the order asked for");
        api.MapGet("/contacts/search/duplicate", FindDuplicateAsync)
            .Needs(TokenScopes.ReadContacts).Produces<DuplicateContactAnswer>()
            .WithName("get-duplicate-contact").WithSummary("The booker with an email address or phone number");
        api.MapPost("/contacts/upsert", UpsertAsync)
            .Needs(TokenScopes.WriteContacts).Takes<UpsertContact>().Produces<UpsertContactAnswer>()
            .WithName("upsert-contact").WithSummary("Add or change a booker");
        api.MapPost("/contacts/", CreateAsync)
            .Needs(TokenScopes.WriteContacts).Takes<CreateContact>().Produces<ContactAnswer>(StatusCodes.Status201Created)
            .WithName("create-contact").WithSummary("Add a booker");
        api.MapGet(Path, GetAsync)
            .Needs(TokenScopes.ReadContacts).Produces<ContactAnswer>()
            .WithName("get-contact").WithSummary("One booker");
        api.MapPut(Path, UpdateAsync)
            .Needs(TokenScopes.WriteContacts).Takes<UpdateContact>().Produces<ChangedContactAnswer>()
            .WithName("update-contact").WithSummary("Change a booker; appointments keep what was known when they were booked");
        api.MapDelete(Path, DeleteAsync)
            .Needs(TokenScopes.WriteContacts).Takes<EmptyBody>().Produces<ChangedContactAnswer>()
            .WithName("delete-contact").WithSummary("Delete a booker; their appointments stay");
    }

    private static async Task<ApiResult> ListAsync(
        string? locationId, string? query, string? limit, string? startAfter, string? startAfterId, ApiCall call, ContactBook contacts)
    {
        if (call.NotHere(locationId) is { } elsewhere)
        {
            return elsewhere;
        }

        var size = string.IsNullOrEmpty(limit)
            ? SearchContacts.DefaultLimit
            : int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            ? given
            : 0;
        var before = string.IsNullOrEmpty(startAfter) ? null : ApiTime.Read(startAfter);
        List<string> problems =
        [
            .. size is < 1 or > MaxLimit ? [$"limit must be a number from 1 to {MaxLimit}"] : Array.Empty<string>(),
            .. before is null && !string.IsNullOrEmpty(startAfter)
                ? ["startAfter must be the startAfter of an earlier answer"]
                : Array.Empty<string>(),
        ];
        if (problems.Count > 0)
        {
            return ApiResult.Unprocessable(problems);
        }

        var after = string.IsNullOrEmpty(startAfterId) ? (ContactId?)null : new ContactId(Ids.Read(startAfterId));
        var (page, count) = await contacts.ListAsync(call.SubAccount, query, after, before, size + 1, call.Cancel);
        var shown = page.Take(size).ToList();
        var last = page.Count > size ? shown[^1] : null;
        return ApiResult.Ok(new ContactsAnswer
        {
            Contacts = [.. shown.Select(contact => ContactItem.Of(contact, call.SubAccount))],
            Count = count,
            Meta = new ContactsMeta
            {
                Total = count,
                StartAfterId = last?.Id.ToString(),
                StartAfter = last?.CreatedAt.ToUnixTimeMilliseconds(),
            },
        });
    }

    private static async Task<ApiResult> SearchAsync(ApiCall call, ContactBook contacts)
    {
        var body = await call.ReadHereAsync<SearchContacts>(read => read.LocationId);
        if (body.Refused is { } refused)
        {
            return refused;
        }

        var search = body.Value!;
        var found = new List<KnownContact>();
        await foreach (var contact in contacts.AllAsync(call.SubAccount, search.Query, call.Cancel))
        {
            if (search.Finds(contact))
            {
                found.Add(contact);
            }
        }

        var sorted = search.Sorted(found).ToList();
        var at = search.After is { } after ? sorted.FindIndex(contact => contact.Id.Value == Ids.Read(after)) : -1;
        if (at < 0 && search.After is not null)
        {
            return ApiResult.Unprocessable("searchAfter must be the searchAfter of a contact that this search finds");
        }

        var size = search.PageLimit ?? SearchContacts.DefaultLimit;
        var skipped = at >= 0 ? at + 1 : Math.Min((search.Page - 1 ?? 0L) * size, sorted.Count);
        return ApiResult.Ok(new FoundContactsAnswer
        {
            Contacts =
            [
                .. sorted.Skip((int)skipped).Take(size).Select(contact => ContactItem.Of(contact, call.SubAccount) with
                {
                    SearchAfter = [contact.CreatedAt.ToUnixTimeMilliseconds(), contact.Id.ToString()],
                }),
            ],
            Total = sorted.Count,
        });
    }

    private static async Task<ApiResult> FindDuplicateAsync(
        string? locationId, string? email, string? number, ApiCall call, ContactBook contacts)
    {
        if (call.NotHere(locationId) is { } elsewhere)
        {
            return elsewhere;
        }

        if (string.IsNullOrWhiteSpace(email) && string.IsNullOrWhiteSpace(number))
        {
            return ApiResult.Unprocessable("email or number should not be empty");
        }

        // A plus sign that was not escaped arrives as a space.
        var phone = NotEmpty(number) is { } text && text.StartsWith(' ') ? "+" + text[1..] : NotEmpty(number);
        var found = await contacts.MatchAsync(NotEmpty(email), phone, call.SubAccount, call.Cancel);
        return ApiResult.Ok(new DuplicateContactAnswer { Contact = found is null ? null : ContactItem.Of(found, call.SubAccount) });
    }

    private static async Task<ApiResult> UpsertAsync(ApiCall call, ContactBook contacts)
    {
        var body = await call.ReadHereAsync<UpsertContact>(read => read.LocationId);
        if (body.Refused is { } refused)
        {
            return refused;
        }

        var outcome = await contacts.UpsertAsync(DetailsOf(body.Value!), call.SubAccount, call.Now, call.Cancel);
        return outcome.Contact is { } contact
            ? ApiResult.Ok(new UpsertContactAnswer { New = outcome.IsNew, Contact = ContactItem.Of(contact, call.SubAccount) })
            : ApiResult.Unprocessable(outcome.Problem!);
    }

    private static async Task<ApiResult> CreateAsync(ApiCall call, ContactBook contacts)
    {
        var body = await call.ReadHereAsync<CreateContact>(read => read.LocationId);
        if (body.Refused is { } refused)
        {
            return refused;
        }

        var change = await contacts.CreateAsync(DetailsOf(body.Value!), call.SubAccount, call.Now, call.Cancel);
        return change.Contact is { } contact
            ? ApiResult.Created(new ContactAnswer { Contact = ContactItem.Of(contact, call.SubAccount) })
            : RefusalOf(change);
    }

    private static async Task<ApiResult> GetAsync(string contactId, ApiCall call, ContactBook contacts) =>
        await contacts.FindAsync(Ids.Read(contactId), call.SubAccount, call.Cancel) is { } contact
            ? ApiResult.Ok(new ContactAnswer { Contact = ContactItem.Of(contact, call.SubAccount) })
            : ApiResult.NotFound(NotFound);

    private static async Task<ApiResult> UpdateAsync(string contactId, ApiCall call, ContactBook contacts)
    {
        var present = await contacts.FindAsync(Ids.Read(contactId), call.SubAccount, call.Cancel);
        var body = await call.ReadAsync<UpdateContact>(present is null ? [] : [ContactItem.Of(present, call.SubAccount)]);
        if (body.Refused is { } refused)
        {
            return refused;
        }

        var told = body.Value!;
        var change = await contacts.UpdateAsync(
            Ids.Read(contactId),
            known => new ContactDetails(told.NameFor(known), told.Email, told.Phone, NotEmpty(told.Timezone)),
            call.SubAccount,
            call.Now,
            call.Cancel);
        return change.Contact is { } contact
            ? ApiResult.Ok(new ChangedContactAnswer { Contact = ContactItem.Of(contact, call.SubAccount) })
            : RefusalOf(change);
    }

    private static async Task<ApiResult> DeleteAsync(string contactId, ApiCall call, ContactBook contacts)
    {
        var body = await call.ReadAsync<EmptyBody>();
        if (body.Refused is { } refused)
        {
            return refused;
        }

        var change = await contacts.DeleteAsync(Ids.Read(contactId), call.SubAccount, call.Cancel);
        return change.Refusal is null ? ApiResult.Ok(new ChangedContactAnswer()) : RefusalOf(change);
    }

    private static ApiResult RefusalOf(ContactChangeOutcome change) =>
        change.Refusal is Refusal.Taken ? ApiResult.BadRequest(change.Message) : ApiErrors.Of(change.Refusal!.Value, change.Message);

    private static ContactDetails DetailsOf(CreateContact told) =>
        new(told.FullName, NotEmpty(told.Email), NotEmpty(told.Phone), NotEmpty(told.Timezone));

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
