using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ZoomCalendar.Sandbox;

/// <summary>A Zoom user. The part of the e-mail address after the @ names the Zoom account it belongs to.</summary>
public sealed record SandboxUser
{
    public const string Password = "Zoom-Sandbox-1";

    public required string Email { get; init; }

    public required string Id { get; init; }

    public required string AccountId { get; init; }

    public required string FirstName { get; init; }

    public string LastName { get; init; } = "Zoom";

    public bool Licensed { get; init; } = true;

    /// <summary>May pre-approve the app for the whole Zoom account.</summary>
    public bool IsAdmin { get; init; }

    /// <summary>False makes Zoom answer 3161 to a create.</summary>
    public bool MayHost { get; init; } = true;

    /// <summary>True makes Zoom answer 1001 to everything.</summary>
    public bool Deleted { get; init; }

    /// <summary>Scopes that the next authorization of this user will not contain.</summary>
    public IReadOnlyList<string> WithheldScopes { get; init; } = [];

    public string Timezone { get; init; } = "Europe/London";

    /// <summary>Ids are derived from the e-mail address, so that they are equal in every sandbox.</summary>
    public static SandboxUser Create(string email, bool licensed = true, bool isAdmin = false)
    {
        var (name, domain) = Split(email);

        return new SandboxUser
        {
            Email = email,
            Id = IdOf(email),
            AccountId = IdFrom($"account:{domain}"),
            FirstName = string.Concat(name[..1].ToUpperInvariant(), name.AsSpan(1)),
            Licensed = licensed,
            IsAdmin = isAdmin,
        };
    }

    internal static string IdOf(string email) => IdFrom($"user:{email.Trim()}");

    private static (string Name, string Domain) Split(string email)
    {
        var at = email.IndexOf('@', StringComparison.Ordinal);

        return at > 0 && at < email.Length - 1
            ? (email[..at], email[(at + 1)..].ToLowerInvariant())
            : throw new ArgumentException($"'{email}' is not an email address.", nameof(email));
    }

    // 16 bytes are 22 characters, as Zoom's ids are.
    private static string IdFrom(string text) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToLowerInvariant())).AsSpan(0, 16));
}
