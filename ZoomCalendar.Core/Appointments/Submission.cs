using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Appointments;

/// <summary>
/// One form, sent once or more: a fingerprint of what it holds travels with its id. The same content answers as before; other content under the
/// same id is a new request, with an id made of both, so that it, too, books once.
/// </summary>
/// <param name="Existing">What the same content booked before; null: nothing yet.</param>
/// <param name="Request">To be booked then.</param>
internal sealed record Submission(AppointmentId? Existing, BookRequest Request)
{
    public const int HashLength = 43;

    public static async Task<Submission> ReadAsync(ZoomCalendarContext db, BookRequest request, Actor actor, CancellationToken cancellationToken)
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
            // The id alone decides: an Idempotency-Key has been compared with its request already, and a place in line is one seat.
            return new Submission(sent.Count > 0 ? sent[0].Id : null, request);
        }

        var hash = HashOf(request);
        // What was booked by the version before has no fingerprint.
        if (sent.Find(row => row.SubmitHash is null || row.SubmitHash == hash) is { } same)
        {
            return new Submission(same.Id, request);
        }

        return new Submission(null, sent.Count == 0
            ? request with { SubmitHash = hash }
            : request with { SubmitId = IdOf(form, hash), FirstSubmitId = form, SubmitHash = hash, Former = sent[^1].Id });
    }

    /// <summary>The id of other content under a form's id: the same whenever that content is sent.</summary>
    public static Guid IdOf(Guid form, string hash) =>
        new(SHA256.HashData([.. form.ToByteArray(), .. System.Text.Encoding.UTF8.GetBytes(hash)]).AsSpan(0, 16));

    private static bool IsForm(BookRequest request) => request.Source is not BookingSource.Api && request.Offer is null;

    // Tidied first: a space more at the end of a name is no other content.
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
