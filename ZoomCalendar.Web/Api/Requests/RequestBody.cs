using System.Text.Json;
using System.Text.Json.Serialization;

namespace ZoomCalendar.Web.Api.Requests;

/// <summary>The base of request bodies. Unknown fields are refused, not ignored.</summary>
internal abstract record RequestBody
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }

    /// <summary>Removes fields that equal the present resource, and reports read-only fields that differ.</summary>
    public IReadOnlyList<string> ReadOnlyFields(IReadOnlyList<JsonElement> present)
    {
        var problems = new List<string>();
        foreach (var (name, value) in (Unknown ?? []).ToList())
        {
            var known = present.Where(each => each.TryGetProperty(name, out _)).Select(each => each.GetProperty(name)).ToList();
            var isSame = known.Any(each => JsonElement.DeepEquals(each, value));
            if (isSame || (known.Count > 0 && IsStamp(name)))
            {
                Unknown!.Remove(name);
            }
            else if (known.Count > 0 && WhyUnknown(name, value) == NotKnown(name))
            {
                problems.Add($"{name} cannot be changed");
                Unknown!.Remove(name);
            }
        }

        return problems;
    }

    public IEnumerable<string> UnknownFields() => (Unknown ?? []).Select(field => WhyUnknown(field.Key, field.Value)).OfType<string>();

    /// <summary>All problems, with the client's field names.</summary>
    public virtual IEnumerable<string> Problems() => [];

    /// <summary>Null: a known field without content.</summary>
    protected virtual string? WhyUnknown(string name, JsonElement value) => NotKnown(name);

    protected static IEnumerable<string> Required(string name, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            yield return $"{name} should not be empty";
        }
    }

    protected static IEnumerable<string> NotAvailable(JsonElement? value, string sentence)
    {
        if (IsSaid(value))
        {
            yield return sentence;
        }
    }

    /// <summary>Null, false, and empty texts, arrays and objects request nothing.</summary>
    protected static bool IsSaid(JsonElement? value) => value is { } given && given.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.String => given.GetString() is { Length: > 0 },
        JsonValueKind.Array => given.GetArrayLength() > 0,
        JsonValueKind.Object => given.EnumerateObject().Any(),
        _ => true,
    };

    private static string NotKnown(string name) => $"property {Short(name)} should not exist";

    // A link that became ready meanwhile also differs. Clients never intend to set these fields.
    private static bool IsStamp(string name) => name is "dateAdded" or "dateUpdated" or "traceId";

    private static string Short(string name) => name.Length > 60 ? name[..60] + "…" : name;
}
