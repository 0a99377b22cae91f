using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ZoomCalendar.Core.Appointments;

namespace ZoomCalendar.Core.Messages;

/// <summary>What somebody knows of an appointment after a message: compared with how it stands, it says whether there is news for them.</summary>
internal static class SentState
{
    public static string Of(Appointment appointment, string? joinUrl, MessageReceiver receiver)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{appointment.IsActive}|{appointment.Start.UtcTicks}|{appointment.End.UtcTicks}|{appointment.HostId}|{appointment.Location.Kind}|{appointment.Location.Detail}|{(receiver is MessageReceiver.Host ? appointment.Title : "")}");
        var booker = receiver is MessageReceiver.Host ? $"{appointment.Booker.Name}|{appointment.Booker.Email}" : appointment.Booker.Name;
        return $"{Hash(text)} {(joinUrl is null ? "-" : Hash(joinUrl))} {Hash(booker)}";
    }

    public static bool HasLink(string sentState) => sentState.Split(' ') is [_, not "-", ..];

    /// <summary>What an earlier version wrote down ends before the booker and is compared up to there.</summary>
    public static bool IsSame(string sentState, string present) => sentState.Length > 0 && (sentState == present || present.StartsWith($"{sentState} ", StringComparison.Ordinal));

    // Links are not kept in clear for longer than it takes to send them.
    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0, 8);
}
