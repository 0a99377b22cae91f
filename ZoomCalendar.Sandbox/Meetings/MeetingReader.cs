using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NodaTime;

namespace ZoomCalendar.Sandbox.Meetings;

/// <summary>Reads the body of a create or update as strictly as Zoom documents it.</summary>
internal sealed partial class MeetingReader
{
    private static readonly string[] BooleanSettings =
        ["host_video", "participant_video", "join_before_host", "mute_upon_entry", "waiting_room", "email_notification",
            "registrants_email_notification", "use_pmi", "watermark"];

    private readonly JsonElement _body;
    private readonly List<FieldError> _errors = [];

    private MeetingReader(JsonElement body) => _body = body;

    public static (SandboxMeetingDraft Draft, IReadOnlyList<FieldError> Errors) Read(JsonElement body)
    {
        var reader = new MeetingReader(body);
        var draft = new SandboxMeetingDraft
        {
            Topic = reader.Text("topic", 200),
            Type = reader.Whole("type", type => type is 1 or 2 or 3 or 8 or 10),
            StartTime = reader.StartTime(),
            Duration = reader.Whole("duration", minutes => minutes is >= 1 and <= 1440),
            Timezone = reader.Zone(),
            Agenda = reader.Text("agenda", 2000),
            Password = reader.Passcode(),
            Settings = reader.Settings(),
        };

        return (draft, reader._errors);
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z\z")]
    private static partial Regex StartTimeFormat();

    [GeneratedRegex(@"^[a-zA-Z0-9@_*!-]{0,10}\z")]
    private static partial Regex PasscodeFormat();

    private string? Text(string field, int max) =>
        Text(_body, field, field, text => text.Length <= max, $"Must be at most {max} characters.");

    private string? Text(JsonElement parent, string field, string name, Func<string, bool> isRight, string otherwise)
    {
        if (!parent.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return Wrong<string>(name, "Must be a string.");
        }

        var text = value.GetString()!;
        return isRight(text) ? text : Wrong<string>(name, otherwise);
    }

    private int? Whole(string field, Func<int, bool> isRight)
    {
        if (!_body.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && isRight(number))
        {
            return number;
        }

        _errors.Add(new FieldError(field, "Invalid field."));
        return null;
    }

    private DateTimeOffset? StartTime()
    {
        var text = Text(_body, "start_time", "start_time", StartTimeFormat().IsMatch, "The date format must be yyyy-MM-ddTHH:mm:ssZ.");

        if (text is null)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            return instant;
        }

        _errors.Add(new FieldError("start_time", "Invalid date."));
        return null;
    }

    private string? Zone() =>
        Text(_body, "timezone", "timezone", id => DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is not null, "Invalid time zone.");

    private string? Passcode() =>
        Text(_body, "password", "password", PasscodeFormat().IsMatch, "At most 10 characters of a-z A-Z 0-9 @ - _ * !");

    private JsonObject Settings()
    {
        var settings = new JsonObject();

        if (!_body.TryGetProperty("settings", out var given) || given.ValueKind == JsonValueKind.Null)
        {
            return settings;
        }

        if (given.ValueKind != JsonValueKind.Object)
        {
            Wrong<JsonObject>("settings", "Must be an object.");
            return settings;
        }

        foreach (var name in BooleanSettings)
        {
            Keep(settings, given, name, value => value.ValueKind is JsonValueKind.True or JsonValueKind.False, "Must be true or false.");
        }

        Keep(
            settings,
            given,
            "jbh_time",
            value => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var m) && m is 0 or 5 or 10 or 15,
            "Must be 0, 5, 10 or 15.");
        Keep(
            settings,
            given,
            "auto_recording",
            value => value.ValueKind == JsonValueKind.String && value.GetString() is "local" or "cloud" or "none",
            "Must be local, cloud or none.");
        Keep(settings, given, "alternative_hosts", value => value.ValueKind == JsonValueKind.String, "Must be a string.");

        return settings;
    }

    private void Keep(JsonObject settings, JsonElement given, string name, Func<JsonElement, bool> isRight, string otherwise)
    {
        if (!given.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        if (isRight(value))
        {
            settings[name] = JsonNode.Parse(value.GetRawText());
        }
        else
        {
            _errors.Add(new FieldError($"settings.{name}", otherwise));
        }
    }

    private T? Wrong<T>(string field, string message)
        where T : class
    {
        _errors.Add(new FieldError(field, message));
        return null;
    }
}

internal sealed record FieldError(string Field, string Message);
