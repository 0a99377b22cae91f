using System.Text.Json;
using ZoomCalendar.Core.Appointments.Contacts;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Web.Api.Answers;

namespace ZoomCalendar.Web.Api.Requests;

/// <summary>Which bookers, in which order, and which page of them.</summary>
internal sealed record SearchContacts : RequestBody
{
    public const int DefaultLimit = 20;
    private const int MaxLimit = 500;
    private const int MostFilters = 20;

    public string? LocationId { get; init; }

    /// <summary>From 1.</summary>
    public int? Page { get; init; }

    public int? PageLimit { get; init; }

    /// <summary>Part of a name, an address or a number.</summary>
    public string? Query { get; init; }

    /// <summary>The searchAfter of the last contact of the page before.</summary>
    public IReadOnlyList<JsonElement>? SearchAfter { get; init; }

    /// <summary>All must hold.</summary>
    public IReadOnlyList<ContactFilter>? Filters { get; init; }

    public IReadOnlyList<ContactSort>? Sort { get; init; }

    public override IEnumerable<string> Problems() =>
    [
        .. Required("locationId", LocationId),
        .. Page is < 1 ? ["page must be a number from 1"] : Array.Empty<string>(),
        .. PageLimit is < 1 or > MaxLimit ? [$"pageLimit must be a number from 1 to {MaxLimit}"] : Array.Empty<string>(),
        .. SearchAfter is { Count: > 0 } && After is null ? ["searchAfter must be the searchAfter of a contact"] : Array.Empty<string>(),
        .. (Filters ?? []).Count > MostFilters ? [$"filters can hold {MostFilters} at most"] : Array.Empty<string>(),
        .. (Filters ?? []).Any(filter => filter is null)
            ? ["filters must not hold null"]
            : (Filters ?? []).SelectMany(filter => filter.UnknownFields().Concat(filter.Problems())),
        .. (Sort ?? []).Any(sort => sort is null)
            ? ["sort must not hold null"]
            : (Sort ?? []).SelectMany(sort => sort.UnknownFields().Concat(sort.Problems())),
    ];

    public string? After => SearchAfter is [_, { ValueKind: JsonValueKind.String } id] ? id.GetString() : null;

    /// <summary>Matches the filters. The query text is matched by the database.</summary>
    public bool Finds(KnownContact contact) => (Filters ?? []).All(filter => filter.Finds(contact));

    /// <summary>The newest first by default.</summary>
    public IEnumerable<KnownContact> Sorted(IEnumerable<KnownContact> contacts)
    {
        IOrderedEnumerable<KnownContact>? sorted = null;
        foreach (var sort in Sort ?? [])
        {
            Func<KnownContact, string> key = contact => ContactFields.SortKey(sort.Field!, contact)!;
            sorted = (sorted, sort.Direction == "desc") switch
            {
                (null, false) => contacts.OrderBy(key, StringComparer.Ordinal),
                (null, true) => contacts.OrderByDescending(key, StringComparer.Ordinal),
                (_, false) => sorted.ThenBy(key, StringComparer.Ordinal),
                (_, true) => sorted.ThenByDescending(key, StringComparer.Ordinal),
            };
        }

        // The rows arrive newest first, and the sort is stable.
        return sorted ?? contacts;
    }
}

/// <summary>One condition.</summary>
internal sealed record ContactFilter : RequestBody
{
    private static readonly string[] Operators = ["eq", "not_eq", "contains", "not_contains", "exists", "not_exists"];

    public string? Field { get; init; }

    public string? Operator { get; init; }

    public JsonElement? Value { get; init; }

    public JsonElement? Group { get; init; }

    public JsonElement? Filters { get; init; }

    public override IEnumerable<string> Problems()
    {
        if (Group is not null || Filters is not null)
        {
            yield return "filters.group is not available here: all filters must hold.";
            yield break;
        }

        if (ContactFields.Value(Field, ContactFields.Nobody) is null)
        {
            yield return $"filters.field {Cut(Field)} must be one of the following values: {ContactFields.Filterable}";
        }

        if (!Operators.Contains(Operator))
        {
            yield return $"filters.operator {Cut(Operator)} must be one of the following values: {string.Join(", ", Operators)}";
        }
        else if (Operator is not ("exists" or "not_exists") && Value is not { ValueKind: JsonValueKind.String })
        {
            yield return "filters.value must be a text";
        }
    }

    public bool Finds(KnownContact contact)
    {
        var said = Value is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";
        var (value, wanted) =
            (ContactFields.Value(Field, contact)!, Field == "email" ? ContactFields.FoldEmail(said) : ContactFields.Fold(said));
        return Operator switch
        {
            "eq" => value == wanted,
            "not_eq" => value != wanted,
            "contains" => value.Contains(wanted, StringComparison.Ordinal),
            "not_contains" => !value.Contains(wanted, StringComparison.Ordinal),
            "exists" => value.Length > 0,
            _ => value.Length == 0,
        };
    }

    private static string Cut(string? text) => text is { Length: > 40 } ? text[..40] + "…" : text ?? "";
}

internal sealed record ContactSort : RequestBody
{
    public string? Field { get; init; }

    public string? Direction { get; init; }

    public override IEnumerable<string> Problems() =>
    [
        .. Field is null || ContactFields.SortKey(Field, ContactFields.Nobody) is null
            ? [$"sort.field {(Field is { Length: > 40 } ? Field[..40] + "…" : Field)} must be one of the following values: {ContactFields.Sortable}"] : Array.Empty<string>(),
        .. Direction is null or "asc" or "desc" ? Array.Empty<string>() : ["sort.direction must be one of the following values: asc, desc"],
    ];
}

/// <summary>The fields by which contacts are filtered and sorted, with the same folding on both databases.</summary>
internal static class ContactFields
{
    public const string Filterable = "email, phone, name, firstName, lastName, fullNameLowerCase, firstNameLowerCase, lastNameLowerCase";
    public const string Sortable =
        "dateAdded, dateUpdated, email, name, firstName, lastName, fullNameLowerCase, firstNameLowerCase, lastNameLowerCase";

    public static KnownContact Nobody { get; } = new(default, new Core.Appointments.Booker { Name = "" }, default, default);

    public static string Fold(string text) => SearchKey.Of(text);

    /// <summary>Addresses with and without an accent are two.</summary>
    public static string FoldEmail(string text) => Contact.Normalize(text) ?? "";

    /// <summary>Folded; null: not a field that can be searched.</summary>
    public static string? Value(string? field, KnownContact contact) => field switch
    {
        "email" => FoldEmail(contact.Booker.Email),
        "phone" => Fold(contact.Booker.Phone),
        "name" or "fullNameLowerCase" => Fold(contact.Booker.Name),
        "firstName" or "firstNameLowerCase" => Fold(PersonName.Split(contact.Booker.Name).First),
        "lastName" or "lastNameLowerCase" => Fold(PersonName.Split(contact.Booker.Name).Last),
        _ => null,
    };

    public static string? SortKey(string field, KnownContact contact) => field switch
    {
        "dateAdded" => contact.CreatedAt.UtcTicks.ToString("D19", System.Globalization.CultureInfo.InvariantCulture),
        "dateUpdated" => contact.UpdatedAt.UtcTicks.ToString("D19", System.Globalization.CultureInfo.InvariantCulture),
        "phone" => null,
        _ => Value(field, contact),
    };
}
