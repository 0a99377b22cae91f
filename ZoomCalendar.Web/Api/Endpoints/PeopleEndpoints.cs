using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Web.Api.Answers;

namespace ZoomCalendar.Web.Api.Endpoints;

/// <summary>The team.</summary>
internal static class PeopleEndpoints
{
    public static void MapPeople(this RouteGroupBuilder api) =>
        api.MapGet("/users/", ListUsersAsync)
            .Needs(TokenScopes.ReadUsers).Produces<UsersAnswer>()
            .WithName("get-users").WithSummary("The team");

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
}
