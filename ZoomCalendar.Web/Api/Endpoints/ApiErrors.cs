using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;

namespace ZoomCalendar.Web.Api.Endpoints;

/// <summary>Maps a use case's refusal to the platform's status codes.</summary>
internal static class ApiErrors
{
    public const string Taken = "The slot you have selected is no longer available.";
    public const string ChangedMeanwhile = "This was changed in the meantime. Read it again and repeat your change.";

    /// <summary>A program acts for staff, so it gets the sentence for staff.</summary>
    public static ApiResult Of(BookingOutcome outcome, DateTimeZone zone) => outcome.Refusal switch
    {
        Refusal.NotFound => ApiResult.NotFound(outcome.ForStaff.Text),
        Refusal.Forbidden or Refusal.ProofNeeded => ApiResult.Forbidden(outcome.ForStaff.Text),
        Refusal.Taken or Refusal.NotOffered =>
            ApiResult.BadRequest(Taken, outcome.ForStaff.Text, [.. outcome.Nearest.Select(start => ApiTime.Write(start, zone))]),
        Refusal.Changed => ApiResult.PreconditionFailed(ChangedMeanwhile),
        _ => ApiResult.Unprocessable(outcome.ForStaff.Text),
    };

    public static ApiResult Of(Refusal refusal, string message) => refusal switch
    {
        Refusal.NotFound => ApiResult.NotFound(message),
        Refusal.Forbidden or Refusal.ProofNeeded => ApiResult.Forbidden(message),
        Refusal.Changed => ApiResult.PreconditionFailed(ChangedMeanwhile),
        Refusal.Taken or Refusal.NotOffered => ApiResult.BadRequest(Taken, message),
        _ => ApiResult.Unprocessable(message),
    };
}
