using System.Text.Json.Nodes;
using ZoomCalendar.Web.Api.Endpoints;
using ZoomCalendar.Web.Api.Requests;

namespace ZoomCalendar.Web.Api;

/// <summary>The examples in the API's document.</summary>
internal static class ApiExamples
{
    private const string Location = "019aa9d2-7c1e-7b11-9d1c-0a1f4e2d3c4b";
    private const string Calendar = "019aa9d2-7c20-7f44-8a5e-5d3c2b1a0f9e";
    private const string Contact = "019aa9d3-1f00-7c02-b3a1-6e5d4c3b2a19";
    private const string User = "019aa9d2-7c1f-7d22-8b6f-1a2b3c4d5e6f";

    public static JsonNode? Of(Type body) => body.Name switch
    {
        nameof(CreateAppointment) => new JsonObject
        {
            ["calendarId"] = Calendar,
            ["locationId"] = Location,
            ["contactId"] = Contact,
            ["startTime"] = "2026-11-23T09:00:00-06:00",
            ["title"] = "Intro call with Jo",
        },
        nameof(EditAppointment) => new JsonObject { ["startTime"] = "2026-11-23T10:00:00-06:00", ["appointmentStatus"] = "confirmed" },
        nameof(BlockSlot) => new JsonObject
        {
            ["locationId"] = Location,
            ["assignedUserId"] = User,
            ["title"] = "Dentist",
            ["startTime"] = "2026-11-23T13:00:00-06:00",
            ["endTime"] = "2026-11-23T14:00:00-06:00",
        },
        nameof(UpsertContact) => new JsonObject
        {
            ["locationId"] = Location,
            ["firstName"] = "Jo",
            ["lastName"] = "Field",
            ["email"] = "jo@example.com",
            ["timezone"] = "America/Chicago",
        },
        nameof(CreateContact) => new JsonObject
        {
            ["locationId"] = Location,
            ["name"] = "Jo Field",
            ["email"] = "jo@example.com",
            ["timezone"] = "America/Chicago"
        },
        nameof(UpdateContact) => new JsonObject { ["lastName"] = "Meadow", ["phone"] = "+1 312 555 0199" },
        nameof(SearchContacts) => new JsonObject
        {
            ["locationId"] = Location,
            ["pageLimit"] = 20,
            ["filters"] = new JsonArray(new JsonObject { ["field"] = "email", ["operator"] = "contains", ["value"] = "example.com" }),
        },
        nameof(CreateCalendarBody) => new JsonObject
        {
            ["locationId"] = Location,
            ["name"] = "Intro call",
            ["calendarType"] = "personal",
            ["slotDuration"] = 30,
            ["teamMembers"] = new JsonArray(new JsonObject
            {
                ["userId"] = User,
                ["locationConfigurations"] = new JsonArray(
                new JsonObject { ["kind"] = "zoom_conference" })
            }),
        },
        nameof(WriteCalendar) => new JsonObject { ["name"] = "Intro call", ["slotDuration"] = 45, ["appoinmentPerSlot"] = 1 },
        nameof(CreateWebhook) => new JsonObject
        {
            ["url"] = "https://example.com/hooks/calendar",
            ["events"] = new JsonArray(
            "AppointmentCreate", "LinkChanged")
        },
        _ => null,
    };

    public static JsonNode Error(int status) => status switch
    {
        StatusCodes.Status400BadRequest => Error(status, ApiErrors.Taken, "Bad Request"),
        StatusCodes.Status401Unauthorized => Error(status, "Invalid token: access token is invalid", "Unauthorized"),
        StatusCodes.Status403Forbidden => Error(status, "This token lacks the scope calendars/events.write.", "Forbidden"),
        StatusCodes.Status404NotFound => Error(status, "Calendar not found", "Not Found"),
        StatusCodes.Status429TooManyRequests => Error(status, ApiPipeline.TooMany, "Too Many Requests"),
        _ => Error(status, new JsonArray("startTime should not be empty"), "Unprocessable Entity"),
    };

    private static JsonObject Error(int status, JsonNode message, string error) => new()
    {
        ["statusCode"] = status,
        ["message"] = message,
        ["error"] = error,
        ["traceId"] = "0af7651916cd43dd8448eb211c80319c",
    };
}
