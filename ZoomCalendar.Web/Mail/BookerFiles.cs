using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Operations.Privacy;
using Calendar = Ical.Net.Calendar;

namespace ZoomCalendar.Web.Mail;

/// <summary>A booker's data as files: everything as JSON, the appointments as a calendar.</summary>
internal static class BookerFiles
{
    private const string Producer = "-//Zoom Calendar//Bookers data//EN";

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // A file, not a part of a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new IdConverter() },
    };

    /// <param name="data">What to export.</param>
    /// <param name="format"><c>ics</c>, or anything else for JSON.</param>
    /// <param name="host">The host name in the UIDs, the same as in invitations.</param>
    /// <param name="context">The request; its answer is not cached.</param>
    public static FileContentHttpResult Of(BookerData data, string format, string host, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return format is "ics"
            ? TypedResults.File(Encoding.UTF8.GetBytes(Ics(data, host)), "text/calendar; charset=utf-8", "appointments.ics")
            : TypedResults.File(JsonSerializer.SerializeToUtf8Bytes(data, Readable), "application/json; charset=utf-8", "your-data.json");
    }

    private static string Ics(BookerData data, string host)
    {
        var calendar = new Calendar { ProductId = Producer, Method = CalendarInvitation.Publish };
        foreach (var row in data.Appointments)
        {
            calendar.Events.Add(new CalendarEvent
            {
                Uid = $"{row.Id}@{host}",
                DtStamp = Utc(data.ExportedAt),
                DtStart = Utc(row.Start),
                DtEnd = Utc(row.End),
                Summary = $"{row.Calendar} – {data.Business}",
                Description = row.Notes,
                Location = row.Location,
                Status = row.Status is nameof(AppointmentStatus.Cancelled) or nameof(AppointmentStatus.Deleted)
                    or nameof(AppointmentStatus.Invalid)
                    ? EventStatus.Cancelled
                    : EventStatus.Confirmed,
            });
        }

        return LineFolding.Of(new CalendarSerializer().SerializeToString(calendar) ?? "");
    }

    private static CalDateTime Utc(DateTimeOffset time) =>
        new(time.UtcDateTime.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerSecond)), "UTC");

    /// <summary>An id as the text that people and the API know.</summary>
    private sealed class IdConverter : JsonConverter<AppointmentId>
    {
        public override AppointmentId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetGuid());

        public override void Write(Utf8JsonWriter writer, AppointmentId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
