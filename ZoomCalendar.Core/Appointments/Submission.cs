using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// A form that may be submitted more than once. A hash of the content is stored with the form's id. The same content returns the first
/// appointment. Other content under the same id is a new request with an id derived from both, so that it also books once.
/// </summary>
/// <param name="Existing">What the same content booked before; null if nothing.</param>
/// <param name="Request">The request to book otherwise.</param>
internal sealed record Submission(AppointmentId? Existing, BookRequest Request)
{
    public const int HashLength = 43;

    public static async Task<Submission> ReadAsync(
        ZoomCalendarContext db, BookRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (request.SubmitId is not { } form)
        {
            return new Submission(null, request);
        }

        var sent = await db.Appointments.AsNoTracking()
            .Where(row => row.SubAccountId == actor.SubAccountId && (row.SubmitId == form || row.FirstSubmitId == form))
            .OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)
            .Select(row => new { row.Id, row.SubmitHash })
            .ToListAsync(cancellationToken);
        if (!IsForm(request))
        {
            // Only the id matters: an Idempotency-Key was compared with its request before, and a waiting list entry is one seat.
            return new Submission(sent.Count > 0 ? sent[0].Id : null, request);
        }

        var hash = HashOf(request);
        // Rows written by an earlier version have no hash.
        if (sent.Find(row => row.SubmitHash is null || row.SubmitHash == hash) is { } same)
        {
            return new Submission(same.Id, request);
        }

        return new Submission(null, sent.Count == 0
            ? request with { SubmitHash = hash }
            : request with { SubmitId = IdOf(form, hash), FirstSubmitId = form, SubmitHash = hash, Former = sent[^1].Id });
    }

    /// <summary>The id of other content under a form's id. The same content always gives the same id.</summary>
    public static Guid IdOf(Guid form, string hash) =>
        new(SHA256.HashData([.. form.ToByteArray(), .. System.Text.Encoding.UTF8.GetBytes(hash)]).AsSpan(0, 16));

    private static bool IsForm(BookRequest request) => request.Source is not BookingSource.Api && request.Offer is null;

    // Normalized first, so that an extra space is not other content.
    private static string HashOf(BookRequest request)
    {
        var booker = BookingInput.Tidy(request.Booker);
        return Base64Url.EncodeToString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new[]
        {
            request.CalendarId.ToString(),
            request.HostId?.ToString(),
            request.Start.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture),
            request.LengthMinutes?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            request.Status.ToString(),
            request.Override.ToString(),
            StorableText.OneLine(request.Title),
            BookingInput.Text(request.Notes),
            BookingInput.Text(request.LocationAnswer),
            booker.Name,
            booker.Email,
            booker.Phone,
            booker.TimeZone,
        })));
    }
}
