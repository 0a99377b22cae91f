using System.Text.Json;
using System.Text.Json.Serialization;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Web.Api.Answers;

namespace ZoomCalendar.Web.Api.Requests;

/// <summary>What programs say of a booker.</summary>
internal abstract record ContactBody : RequestBody
{
    private const string NotKept = "is not kept here: a contact has a name, an email address, a phone number and a time zone.";

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? Name { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    /// <summary>IANA id; messages to the booker tell the time in it.</summary>
    public string? Timezone { get; init; }

    public JsonElement? Gender { get; init; }

    public JsonElement? Address1 { get; init; }

    public JsonElement? City { get; init; }

    public JsonElement? State { get; init; }

    public JsonElement? PostalCode { get; init; }

    public JsonElement? Website { get; init; }

    public JsonElement? Dnd { get; init; }

    public JsonElement? DndSettings { get; init; }

    public JsonElement? InboundDndSettings { get; init; }

    public JsonElement? Tags { get; init; }

    public JsonElement? CustomFields { get; init; }

    /// <summary>Accepted for clients that always send it; the API itself is the source.</summary>
    public string? Source { get; init; }

    public JsonElement? DateOfBirth { get; init; }

    public JsonElement? Country { get; init; }

    public JsonElement? CompanyName { get; init; }

    public JsonElement? AssignedTo { get; init; }

    [JsonIgnore]
    public string? FullName => Name is { Length: > 0 } ? Name : $"{FirstName} {LastName}".Trim() is { Length: > 0 } both ? both : null;

    public override IEnumerable<string> Problems() =>
    [
        .. NotAvailable(Gender, $"gender {NotKept}"),
        .. NotAvailable(Address1, $"address1 {NotKept}"),
        .. NotAvailable(City, $"city {NotKept}"),
        .. NotAvailable(State, $"state {NotKept}"),
        .. NotAvailable(PostalCode, $"postalCode {NotKept}"),
        .. NotAvailable(Website, $"website {NotKept}"),
        .. NotAvailable(Dnd, $"dnd {NotKept}"),
        .. NotAvailable(DndSettings, $"dndSettings {NotKept}"),
        .. NotAvailable(InboundDndSettings, $"inboundDndSettings {NotKept}"),
        .. NotAvailable(Tags, $"tags {NotKept}"),
        .. NotAvailable(CustomFields, $"customFields {NotKept}"),
        .. NotAvailable(DateOfBirth, $"dateOfBirth {NotKept}"),
        .. NotAvailable(Country, $"country {NotKept}"),
        .. NotAvailable(CompanyName, $"companyName {NotKept}"),
        .. NotAvailable(AssignedTo, $"assignedTo {NotKept}"),
    ];
}

/// <summary>A new booker.</summary>
internal record CreateContact : ContactBody
{
    public string? LocationId { get; init; }

    public override IEnumerable<string> Problems() =>
    [
        .. Required("locationId", LocationId),
        .. string.IsNullOrWhiteSpace(Email) && string.IsNullOrWhiteSpace(Phone) && FullName is null
            ? ["email, phone or name should not be empty"]
            : Array.Empty<string>(),
        .. base.Problems(),
    ];
}

/// <summary>A booker, found by e-mail, else by phone; made if there is none.</summary>
internal sealed record UpsertContact : CreateContact
{
    public JsonElement? CreateNewIfDuplicateAllowed { get; init; }

    public override IEnumerable<string> Problems() =>
    [
        .. base.Problems(),
        .. NotAvailable(CreateNewIfDuplicateAllowed, "createNewIfDuplicateAllowed is not available: one email address is one contact."),
    ];
}

/// <summary>A change of a booker: what is missing stays as it is, an empty e-mail address or phone number is removed.</summary>
internal sealed record UpdateContact : ContactBody
{
    /// <summary>
    /// The name that is wanted; null: as it is. Whoever sends back what they read with another first name means that one.
    /// </summary>
    public string? NameFor(Booker present)
    {
        if (Name is { Length: > 0 } && Name != present.Name)
        {
            return Name;
        }

        var (first, last) = PersonName.Split(present.Name);
        return (FirstName ?? first, LastName ?? last) == (first, last) ? null : $"{FirstName ?? first} {LastName ?? last}".Trim();
    }
}
