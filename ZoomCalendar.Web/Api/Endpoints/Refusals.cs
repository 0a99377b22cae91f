using NodaTime;
using ZoomCalendar.Core.Appointments;

namespace ZoomCalendar.Web.Api.Endpoints;

/// <summary>A use case's refusal in the platform's status codes.</summary>
internal static class Refusals
{
    public const string Taken = "The slot you have selected is no longer available.";
    public const string ChangedMeanwhile = "This was changed in the meantime. Read it again and repeat your change.";

    public static ApiResult Of(BookingOutcome outcome, DateTimeZone zone) => outcome.Refusal switch
    {
        Refusal.NotFound => ApiResult.NotFound(outcome.Message),
        Refusal.Forbidden => ApiResult.Forbidden(outcome.Message),
        Refusal.Taken or Refusal.NotOffered => ApiResult.BadRequest(Taken, outcome.Message, [.. outcome.Nearest.Select(start => ApiTime.Write(start, zone))]),
        Refusal.Changed => ApiResult.PreconditionFailed(ChangedMeanwhile),
        _ => ApiResult.Unprocessable(outcome.Message),
    };

    public static ApiResult Of(Refusal refusal, string message) => refusal switch
    {
        Refusal.NotFound => ApiResult.NotFound(message),
        Refusal.Forbidden => ApiResult.Forbidden(message),
        Refusal.Changed => ApiResult.PreconditionFailed(ChangedMeanwhile),
        Refusal.Taken or Refusal.NotOffered => ApiResult.BadRequest(Taken, message),
        _ => ApiResult.Unprocessable(message),
    };
}
