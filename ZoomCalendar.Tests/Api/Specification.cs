using System.Text.Json;

namespace ZoomCalendar.Tests.Api;

/// <summary>Checks answers against an OpenAPI document: the parts of JSON Schema that such documents use.</summary>
internal sealed class Specification
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Api", "specification");

    private readonly JsonElement _document;
    private readonly string _prefix;

    public Specification(JsonElement document, string prefix = "")
    {
        _document = document;
        _prefix = prefix;
    }

    /// <summary>The platform's published Calendars API.</summary>
    public static Specification Platform { get; } = new(Load("ghl-calendars.openapi.json"));

    public IEnumerable<(string Path, List<string> Methods)> Operations =>
        _document.GetProperty("paths").EnumerateObject()
            .Select(path => (path.Name, path.Value.EnumerateObject().Select(method => method.Name).ToList()));

    public IEnumerable<(string Path, string Method, List<string> Names)> QueryParameters =>
        from path in _document.GetProperty("paths").EnumerateObject()
        from method in path.Value.EnumerateObject()
        let names = All(method.Value, "parameters").Where(each => each.GetProperty("in").GetString() == "query")
            .Select(each => each.GetProperty("name").GetString()!).ToList()
        where names.Count > 0
        select (path.Name, method.Name, names);

    public IEnumerable<string> FieldsOf(string schema) =>
        _document.GetProperty("components").GetProperty("schemas").GetProperty(schema).GetProperty("properties").EnumerateObject()
            .Select(field => field.Name);

    private static JsonElement Common { get; } = Load("ghl-common-schemas.json");

    public IReadOnlyList<string> Problems(string method, string path, ApiResponse answer)
    {
        var operation = _document.GetProperty("paths").GetProperty(_prefix + path).GetProperty(method);
        if (!operation.GetProperty("responses").TryGetProperty($"{answer.Status}", out var response))
        {
            return [$"{method} {path}: status {answer.Status} is not described"];
        }

        var schema = response.GetProperty("content").GetProperty("application/json").GetProperty("schema");
        return [.. Check(schema, answer.Body, "$")];
    }

    private static JsonElement Load(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, file))).RootElement;

    private IEnumerable<string> Check(JsonElement schema, JsonElement value, string at)
    {
        if (schema.ValueKind is not JsonValueKind.Object)
        {
            return [];
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Check(Resolve(reference.GetString()!), value, at);
        }

        return
        [
            .. All(schema, "allOf").SelectMany(part => Check(part, value, at)),
            .. CheckType(schema, value, at),
            .. CheckEnum(schema, value, at),
            .. CheckObject(schema, value, at),
            .. schema.TryGetProperty("items", out var items) && value.ValueKind is JsonValueKind.Array
                ? value.EnumerateArray().SelectMany((item, index) => Check(items, item, $"{at}[{index}]"))
                : [],
        ];
    }

    private IEnumerable<string> CheckObject(JsonElement schema, JsonElement value, string at)
    {
        if (value.ValueKind is not JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var name in All(schema, "required").Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _)))
        {
            yield return $"{at}.{name} is missing";
        }

        var known = schema.TryGetProperty("properties", out var properties) ? properties : default;
        foreach (var field in value.EnumerateObject())
        {
            var inner = known.ValueKind is JsonValueKind.Object && known.TryGetProperty(field.Name, out var property)
                ? property
                // The trace id stands beside the days of free slots, which the specification overlooks.
                : field.Name != "traceId" && schema.TryGetProperty("additionalProperties", out var rest) ? rest : default;
            foreach (var problem in inner.ValueKind is JsonValueKind.Object ? Check(inner, field.Value, $"{at}.{field.Name}") : [])
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<string> CheckType(JsonElement schema, JsonElement value, string at)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            yield break;
        }

        var types = type.ValueKind is JsonValueKind.Array
            ? type.EnumerateArray().Select(each => each.GetString()!).ToList()
            : [type.GetString()!];
        // The specification calls times objects, and shows them as text.
        if (types is ["object"] && schema.TryGetProperty("example", out var example) && example.ValueKind is JsonValueKind.String)
        {
            types = ["string"];
        }

        if (!types.Any(each => Is(value, each)))
        {
            yield return $"{at} is {value.ValueKind} instead of {string.Join('|', types)}";
        }
    }

    private static IEnumerable<string> CheckEnum(JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("enum", out var allowed) && allowed.EnumerateArray().All(each => each.ToString() != value.ToString()))
        {
            yield return $"{at} is {value}, which is none of {allowed}";
        }
    }

    private static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind is JsonValueKind.Object,
        "array" => value.ValueKind is JsonValueKind.Array,
        "string" => value.ValueKind is JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind is JsonValueKind.Number,
        "null" => value.ValueKind is JsonValueKind.Null,
        _ => false,
    };

    private JsonElement Resolve(string reference)
    {
        var root = reference.StartsWith('#') ? _document : Common;
        return reference[(reference.IndexOf('#', StringComparison.Ordinal) + 2)..].Split('/')
            .Aggregate(root, (element, part) => element.GetProperty(part));
    }

    private static IEnumerable<JsonElement> All(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array ? list.EnumerateArray() : [];
}
