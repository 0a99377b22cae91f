using System.Security.Cryptography;
using System.Text;

namespace ZoomCalendar.Sandbox.Webhooks;

internal static class WebhookSignature
{
    public static string Of(string secret, long timestamp, string body) => $"v0={Hash(secret, $"v0:{timestamp}:{body}")}";

    public static string Hash(string secret, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));
}
