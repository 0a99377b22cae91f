using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ZoomCalendar.Core.Appointments;

namespace ZoomCalendar.Core.Messages;

/// <summary>
/// A fingerprint of what a message tells about an appointment. Comparing it with the present state shows whether the receiver needs a new
/// message.
/// </summary>
internal static class SentState
{
    /// <param name="appointment">The appointment.</param>
    /// <param name="joinUrl">Its meeting's link; null: it has none.</param>
    /// <param name="passcode">The meeting's passcode, which a link need not contain; null or empty: it has none.</param>
    /// <param name="receiver">Who reads the message.</param>
    public static string Of(Appointment appointment, string? joinUrl, string? passcode, MessageReceiver receiver)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{appointment.IsActive}|{appointment.Start.UtcTicks}|{appointment.End.UtcTicks}|{appointment.HostId}|"
            + $"{appointment.Location.Kind}|{appointment.Location.Detail}|{(receiver is MessageReceiver.Host ? appointment.Title : "")}");
        var booker = receiver is MessageReceiver.Host ? $"{appointment.Booker.Name}|{appointment.Booker.Email}" : appointment.Booker.Name;
        // A passcode is short: alone, its hash could be guessed.
        var access = joinUrl is null || string.IsNullOrEmpty(passcode) ? null : $"{joinUrl} {passcode}";
        return string.Join(' ', Hash(text), HashOrNone(joinUrl), Hash(booker), HashOrNone(access));
    }

    public static bool HasLink(string sentState) => sentState.Split(' ') is [_, not "-", ..];

    /// <summary>
    /// Whether both tell the same. Fingerprints of an earlier version lack the booker or the passcode and are compared without.
    /// </summary>
    public static bool IsSame(string sentState, string present) =>
        sentState.Length > 0 && (sentState == present || present.StartsWith($"{sentState} ", StringComparison.Ordinal));

    private static string HashOrNone(string? text) => string.IsNullOrEmpty(text) ? "-" : Hash(text);

    // Hashed, because links are not stored in plain text longer than sending takes.
    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0, 8);
}
