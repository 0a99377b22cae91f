using System.Text.Json;
using ZoomCalendar.Sandbox.Meetings;

namespace ZoomCalendar.Sandbox.Api;

/// <summary>Zoom's error bodies with their exact text.</summary>
internal static class SandboxErrors
{
    public static readonly SandboxAnswer InvalidToken = Error(401, 124, "Invalid access token.");

    public static readonly SandboxAnswer ExpiredToken = Error(401, 124, "Access token is expired.");

    public static readonly SandboxAnswer SupersededToken = Error(
        401, 124, "Invalid access token. (4741: the token was revoked by a new authorization.)");

    public static readonly SandboxAnswer DisabledByAdmin = Error(400, 4738, "The token is disabled by admin.");

    public static readonly SandboxAnswer MayNotHost = Error(
        400, 3161, "Meeting hosting and scheduling capabilities are not allowed for your user account.");

    public static readonly SandboxAnswer NotRecognized = Error(404, 2300, "This API endpoint is not recognized.");

    public static readonly SandboxAnswer InvalidPageToken = Error(400, 300, "The next page token is invalid or expired.");

    public static readonly SandboxAnswer NoBody = Error(400, 300, "Request Body should be a valid JSON object.");

    public static SandboxAnswer MissingScope(string scope) => Error(400, 4711, $"Invalid access token, does not contain scopes:[{scope}].");

    public static SandboxAnswer NoUser(string id) => Error(404, 1001, $"User does not exist: {id}.");

    public static SandboxAnswer NoMeeting(string id) => Error(404, 3001, $"Meeting does not exist: {id}.");

    public static SandboxAnswer Invalid(IReadOnlyList<FieldError> errors) =>
        SandboxAnswer.Of(
            400, JsonSerializer.Serialize(new { Code = 300, Message = "Validation Failed.", Errors = errors }, SandboxJson.Zoom));

    private static SandboxAnswer Error(int status, int code, string message) =>
        SandboxAnswer.Of(status, JsonSerializer.Serialize(new { Code = code, Message = message }, SandboxJson.Zoom));
}
