using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Api;

internal static class ApiJson
{
    public const int MaxDepth = 16;

    public static JsonSerializerOptions Options { get; } = Make();

    public static JsonDocumentOptions Strict { get; } = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Strict)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
            RespectNullableAnnotations = false,
            RespectRequiredConstructorParameters = false,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = MaxDepth,
        };
        options.Converters.Add(new StorableTextConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    // Characters that databases cannot store (NUL) or other programs cannot read (unpaired surrogates, noncharacters).
    private sealed class StorableTextConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.String && reader.GetString() is { } text
                ? StorableText.IsClean(text) ? text : throw new UnstorableTextException()
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}

/// <summary>A text that contains characters that cannot be stored.</summary>
internal sealed class UnstorableTextException : JsonException;
