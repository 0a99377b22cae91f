using ZoomCalendar.Core.Appointments.Contacts;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Api.Answers;

/// <summary>A booker.</summary>
internal sealed record ContactItem
{
    public required string Id { get; init; }

    public required string LocationId { get; init; }

    public required string Name { get; init; }

    public required string FirstName { get; init; }

    public required string LastName { get; init; }

    public required string Email { get; init; }

    public required string Phone { get; init; }

    public required string Timezone { get; init; }

    public required string DateAdded { get; init; }

    public required string DateUpdated { get; init; }

    /// <summary>Where a search goes on after this one.</summary>
    public IReadOnlyList<object>? SearchAfter { get; init; }

    public static ContactItem Of(KnownContact contact, SubAccountId subAccount)
    {
        var (first, last) = PersonName.Split(contact.Booker.Name);
        return new ContactItem
        {
            Id = contact.Id.ToString(),
            LocationId = subAccount.ToString(),
            Name = contact.Booker.Name,
            FirstName = first,
            LastName = last,
            Email = contact.Booker.Email,
            Phone = contact.Booker.Phone,
            Timezone = contact.Booker.TimeZone,
            DateAdded = ApiTime.Write(contact.CreatedAt),
            DateUpdated = ApiTime.Write(contact.UpdatedAt),
        };
    }
}

internal static class PersonName
{
    public static (string First, string Last) Split(string name)
    {
        var space = name.IndexOf(' ');
        return space < 0 ? (name, "") : (name[..space], name[(space + 1)..].Trim());
    }
}

internal sealed record ContactAnswer : ApiAnswer
{
    public required ContactItem Contact { get; init; }
}

/// <summary>A page of contacts; count is how many there are in all.</summary>
internal sealed record ContactsAnswer : ApiAnswer
{
    public required IReadOnlyList<ContactItem> Contacts { get; init; }

    public required int Count { get; init; }

    public required ContactsMeta Meta { get; init; }
}

/// <summary>Send both back for the next page; missing on the last one.</summary>
internal sealed record ContactsMeta
{
    public required int Total { get; init; }

    public string? StartAfterId { get; init; }

    public long? StartAfter { get; init; }
}

internal sealed record FoundContactsAnswer : ApiAnswer
{
    public required IReadOnlyList<ContactItem> Contacts { get; init; }

    public required int Total { get; init; }
}

/// <summary>The contact is missing if there is none.</summary>
internal sealed record DuplicateContactAnswer : ApiAnswer
{
    public ContactItem? Contact { get; init; }
}

/// <summary>The platform writes it so.</summary>
internal sealed record ChangedContactAnswer : ApiAnswer
{
    public bool Succeded { get; init; } = true;

    public ContactItem? Contact { get; init; }
}

internal sealed record UpsertContactAnswer : ApiAnswer
{
    public required bool New { get; init; }

    public required ContactItem Contact { get; init; }
}

/// <summary>Somebody on the team.</summary>
internal sealed record UserItem
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string FirstName { get; init; }

    public required string LastName { get; init; }

    public required string Email { get; init; }

    public required UserRole Roles { get; init; }

    public bool Deleted { get; init; }
}

internal sealed record UserRole(string Role, IReadOnlyList<string> LocationIds)
{
    public string Type { get; init; } = "account";
}

internal sealed record UsersAnswer : ApiAnswer
{
    public required IReadOnlyList<UserItem> Users { get; init; }
}
