using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace ZoomCalendar.Core.Scheduling;

/// <summary>
/// The stored form: {"zone":"Europe/London","week":{"mon":["09:00-17:00"]},"dates":{"2025-06-13":[]}}.
/// Written always the same way; read strictly, so that a broken row is noticed and not half believed.
/// </summary>
public static class AvailabilityJson
{
    private static readonly string[] DayNames = ["", "mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static string Serialize(Availability availability) => JsonSerializer.Serialize(Shape.Of(availability), Options);

    /// <exception cref="JsonException">The text is not a stored availability; the message says why.</exception>
    public static Availability Parse(string json)
    {
        try
        {
            return Read(JsonSerializer.Deserialize<Shape>(json, Options));
        }
        catch (ArgumentException exception)
        {
            // Half a surrogate pair cannot be written in UTF-8, so it is no JSON.
            throw new JsonException(exception.Message, exception);
        }
    }

    private static Availability Read(Shape? shape)
    {
        try
        {
            return shape?.ToAvailability() ?? throw new JsonException("An availability cannot be null.");
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or UnparsableValueException)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    internal sealed class Converter : JsonConverter<Availability>
    {
        public override Availability Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            AvailabilityJson.Read(JsonSerializer.Deserialize<Shape>(ref reader, Options));

        public override void Write(Utf8JsonWriter writer, Availability value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, Shape.Of(value), Options);
    }

    private sealed record Shape(string Zone, Dictionary<string, string[]> Week, Dictionary<string, string[]> Dates)
    {
        public static Shape Of(Availability availability) => new(
            availability.ZoneId,
            WeeklyHours.Days.Where(day => availability.Week[day].Count > 0).ToDictionary(day => DayNames[(int)day], day => Texts(availability.Week[day])),
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
