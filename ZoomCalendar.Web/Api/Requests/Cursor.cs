using System.Buffers.Text;
using System.Globalization;
using System.Text;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Web.Api.Requests;

/// <summary>A place in a list, opaque to clients: what is added or removed elsewhere in the list moves nothing past it.</summary>
internal static class Cursor
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 500;

    public static string Of(DateTimeOffset start, AppointmentId id) => Encode($"{start.UtcTicks} {id.Value:N}");

    public static string Of(long id) => Encode(id.ToString(CultureInfo.InvariantCulture));

    public static (DateTimeOffset Start, AppointmentId Id)? Appointment(string cursor) =>
        Decode(cursor).Split(' ') is [var ticks, var id]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var start) && start <= DateTimeOffset.MaxValue.UtcTicks
        && Guid.TryParse(id, out var value)
            ? (new DateTimeOffset(start, TimeSpan.Zero), new AppointmentId(value))
            : null;

    public static long? Number(string cursor) =>
        long.TryParse(Decode(cursor), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <returns>Null: not a number from 1 to 500.</returns>
    public static int? Limit(string? text) =>
        string.IsNullOrEmpty(text)
            ? DefaultLimit
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit
            ? limit
            : null;

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string Decode(string cursor)
    {
        Span<byte> bytes = stackalloc byte[100];
        return cursor.Length <= 100 && cursor.All(char.IsAscii) && Base64Url.IsValid(cursor)
            && Base64Url.TryDecodeFromChars(cursor, bytes, out var written)
            ? Encoding.UTF8.GetString(bytes[..written])
            : "";
    }
}
