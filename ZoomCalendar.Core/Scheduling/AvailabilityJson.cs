using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>
/// The stored form: {"zone":"Europe/London","week":{"mon":["09:00-17:00"]},"dates":{"2025-06-13":[]}}. Equal values have equal text.
/// Reading is strict, so a corrupt row is an error.
/// </summary>
public static class AvailabilityJson
{
    private static readonly string[] DayNames = ["", "mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    private static readonly JsonSerializerOptions Options =
        new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static string Serialize(Availability availability) => JsonSerializer.Serialize(Document.Of(availability), Options);

    /// <exception cref="JsonException">The text is not a stored availability; the message says why.</exception>
    public static Availability Parse(string json)
    {
        try
        {
            return Read(JsonSerializer.Deserialize<Document>(json, Options));
        }
        catch (ArgumentException exception)
        {
            // An unpaired surrogate cannot be encoded in UTF-8, so the text is not JSON.
            throw new JsonException(exception.Message, exception);
        }
    }

    private static Availability Read(Document? document)
    {
        try
        {
            return document?.ToAvailability() ?? throw new JsonException("An availability cannot be null.");
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or UnparsableValueException)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    internal sealed class Converter : JsonConverter<Availability>
    {
        public override Availability Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            AvailabilityJson.Read(JsonSerializer.Deserialize<Document>(ref reader, Options));

        public override void Write(Utf8JsonWriter writer, Availability value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, Document.Of(value), Options);
    }

    private sealed record Document(string Zone, Dictionary<string, string[]> Week, Dictionary<string, string[]> Dates)
    {
        public static Document Of(Availability availability) => new(
            availability.ZoneId,
            WeeklyHours.Days.Where(day => availability.Week[day].Count > 0)
                .ToDictionary(day => DayNames[(int)day], day => Texts(availability.Week[day])),
            availability.Overrides.ToDictionary(change => LocalDatePattern.Iso.Format(change.Date), change => Texts(change.Hours)));

        public Availability ToAvailability() => new(
            Zone,
            new WeeklyHours(Week.Select(day => KeyValuePair.Create(DayOf(day.Key), Hours(day.Value)))),
            Dates.Select(date => new DateOverride(LocalDatePattern.Iso.Parse(date.Key).Value, Hours(date.Value))));

        private static string[] Texts(IReadOnlyList<OpenHours> hours) => [.. hours.Select(h => h.ToString())];

        private static IReadOnlyList<OpenHours> Hours(string[] texts) =>
            [.. texts.Select(text => OpenHours.Parse(text ?? throw new FormatException("A pair of times cannot be null.")))];

        private static IsoDayOfWeek DayOf(string name) => Array.IndexOf(DayNames, name) is > 0 and var day
            ? (IsoDayOfWeek)day
            : throw new FormatException($"\"{name}\" is not a day: mon, tue, wed, thu, fri, sat, sun.");
    }
}
