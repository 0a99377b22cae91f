using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Contacts;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Web.Api.Answers;
using ZoomCalendar.Web.Api.Requests;

namespace ZoomCalendar.Web.Api.Endpoints;

/// <summary>Bookers and the team.</summary>
internal static class PeopleEndpoints
{
    public static void MapPeople(this RouteGroupBuilder api)
    {
        api.MapPost("/contacts/upsert", UpsertAsync)
            .Needs(TokenScopes.WriteContacts).Takes<UpsertContact>().Produces<UpsertContactAnswer>()
            .WithName("upsert-contact").WithSummary("Add or change a booker");
        api.MapGet("/contacts/{contactId}", GetContactAsync)
            .Needs(TokenScopes.ReadContacts).Produces<ContactAnswer>()
            .WithName("get-contact").WithSummary("One booker");
        api.MapGet("/users/", ListUsersAsync)
            .Needs(TokenScopes.ReadUsers).Produces<UsersAnswer>()
            .WithName("get-users").WithSummary("The team");
    }

    private static async Task<ApiResult> UpsertAsync(ApiCall call, ContactBook contacts)
    {
        var body = await call.ReadHereAsync<UpsertContact>(read => read.LocationId);
        if (body.Refused is { } refused)
        {
            return refused;
        }

        var told = body.Value!;
        var outcome = await contacts.UpsertAsync(
            new ContactDetails(told.FullName, NotEmpty(told.Email), NotEmpty(told.Phone), NotEmpty(told.Timezone)), call.SubAccount, call.Now, call.Cancel);
        return outcome.Contact is { } contact
            ? ApiResult.Ok(new UpsertContactAnswer { New = outcome.IsNew, Contact = ContactItem.Of(contact, call.SubAccount) })
            : ApiResult.Unprocessable(outcome.Problem!);
    }

    private static async Task<ApiResult> GetContactAsync(string contactId, ApiCall call, ContactBook contacts) =>
        await contacts.FindAsync(Ids.Read(contactId), call.SubAccount, call.Cancel) is { } contact
            ? ApiResult.Ok(new ContactAnswer { Contact = ContactItem.Of(contact, call.SubAccount) })
            : ApiResult.NotFound("Contact not found");

    private static async Task<ApiResult> ListUsersAsync(string? locationId, ApiCall call, IDbContextFactory<ZoomCalendarContext> contexts)
    {
        if (call.NotHere(locationId) is { } elsewhere)
        {
            return elsewhere;
        }

        await using var db = await contexts.CreateDbContextAsync(call.Cancel);
        var users = await (
            from membership in db.Memberships.AsNoTracking()
            where membership.SubAccountId == call.SubAccount
            join user in db.Users on membership.UserId equals user.Id
            orderby user.Name, user.Id
            select new { user.Id, user.Name, user.Email, membership.Role }).ToListAsync(call.Cancel);
        return ApiResult.Ok(new UsersAnswer
        {
            Users =
            [
                .. users.Select(user =>
                {
                    var (first, last) = PersonName.Split(user.Name);
                    return new UserItem
                    {
                        Id = user.Id.ToString(),
                        Name = user.Name,
                        FirstName = first,
                        LastName = last,
                        Email = user.Email ?? "",
                        Roles = new UserRole(user.Role.ToString().ToLowerInvariant(), [call.SubAccount.ToString()]),
                    };
                }),
            ],
        });
    }

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
